import { type Assessment, assessArrival, assessSales, type FraudMode, type Listed } from "./assess.ts";
import { tellsWhoAsked } from "./device.ts";
import type { Factors } from "./feedback.ts";
import {
  addFriend,
  addNeighbor,
  addSale,
  type Circle,
  type Crowd,
  crowdWeeks,
  eraseFriend,
  type Friend,
  friendOf,
  type Neighbor,
  neighborOf,
  newTrade,
  type Sale,
  type Trade,
} from "./memory.ts";
import { type ClickSight, isDealSite } from "./sale-signals.ts";
import { type Arrival, arrivalOf, type Hash, type Marks, type Sight } from "./sight.ts";

/** Where a campaign's memory is stored, as text by key. */
type Shelf = {
  get: (key: string) => string | undefined;
  put: (key: string, text: string) => void;
  drop: (key: string) => void;
};

export type Rules = { mode: FraudMode; listed?: Listed; factors?: Factors };

/** An assessed arrival. The caller must call `keep` or `drop`. */
export type Noted = {
  assessment: Assessment;
  /** Whether the request shows anything about the visitor. */
  is_seen: boolean;
  /**
   * Remembers the participant for later arrivals. `back` lists earlier friends of the inviter who have been active
   * since.
   */
  keep: (participant: number, back?: number[]) => void;
  /** Forgets the arrival. */
  drop: () => void;
};

const CIRCLE = "fraud_circle:";
const TRADE = "fraud_trade:";
const CROWD = "fraud_crowd:";

/** Ordinary clicks are written in batches of this size. */
const CLICKS_AT_ONCE = 8;
/** How many inviters have their clicks counted in memory. */
const TRADES_IN_MEMORY = 500;

/** A signup that is not committed yet. */
type Pending = {
  inviter: number;
  friend: Friend;
  has_full_name: boolean;
  crowd: string | null;
  neighbor: Neighbor | null;
};

/**
 * A campaign's memory of signups and sales. Its size is bounded per inviter and per network. It holds hashes whose keys
 * are destroyed after a few weeks. The ledger keeps it in its own storage; the benchmark keeps it in a map.
 */
export class Watch {
  readonly #shelf: Shelf;
  readonly #hash: Hash;
  readonly #pending = new Set<Pending>();
  readonly #trades = new Map<number, Trade>();
  constructor(shelf: Shelf, hash: Hash) {
    this.#shelf = shelf;
    this.#hash = hash;
  }

  /** Assesses a signup. `inviter` is 0 if nobody invited them, which is never suspect. */
  arrive(sight: Sight, inviter: number, rules: Rules): Noted {
    const arrival = arrivalOf(sight, this.#hash);
    const keys = crowdsOf(arrival);
    const circle = inviter === 0 ? { friends: [] } : this.#circle(inviter);
    const crowds = keys.map(({ key, week }) => this.#crowd(key, week));
    for (const other of this.#pending) {
      if (other.inviter === inviter && inviter !== 0) circle.friends.push(other.friend);
      const at = keys.findIndex(({ key }) => key === other.crowd);
      if (other.neighbor) crowds[at]?.neighbors.push(other.neighbor);
    }
    const assessment = assessArrival(arrival, inviter, circle, crowds, inviter === 0 ? { mode: "off" } : rules);
    const pending = this.#await(arrival, inviter, keys[0], assessment.is_suspect);
    return {
      assessment: { ...assessment, also: assessment.also.filter((id) => id > 0) },
      is_seen: arrival.is_seen,
      keep: (participant, back = []) => {
        if (pending) this.#keep(pending, participant, assessment.also, back);
      },
      drop: () => void (pending && this.#pending.delete(pending)),
    };
  }

  /** Lets concurrent signups see each other, although they have no participants yet. */
  #await(arrival: Arrival, inviter: number, place: Place | undefined, is_held: boolean): Pending | null {
    const friend = arrival.is_seen ? friendOf(arrival, 0, is_held) : null;
    if (!friend) return null;
    const neighbor = place ? neighborOf(arrival, place.week, 0, inviter) : null;
    const pending = { inviter, friend, has_full_name: arrival.has_full_name, crowd: place?.key ?? null, neighbor };
    this.#pending.add(pending);
    return pending;
  }

  #keep(pending: Pending, participant: number, also: number[], back: number[]) {
    this.#pending.delete(pending);
    const { inviter, friend, crowd: key, neighbor } = pending;
    if (key !== null && neighbor !== null) {
      const crowd = this.#crowd(key, friend.week);
      addNeighbor(crowd, { ...neighbor, participant });
      this.#shelf.put(key, JSON.stringify(crowd));
    }
    if (inviter === 0) {
      const { week, stem } = friend;
      const own = { ...this.#circle(participant), own: { week, stem, has_full_name: pending.has_full_name } };
      return this.#putCircle(participant, key === null ? own : { ...own, crowd: key });
    }
    const circle = this.#circle(inviter);
    for (const one of circle.friends) {
      if (also.includes(one.participant)) one.is_held = true;
      if (back.includes(one.participant)) one.is_back = true;
    }
    addFriend(circle, { ...friend, participant });
    this.#putCircle(inviter, circle);
  }

  /** Records a click on an inviter's link. */
  click(inviter: number, sight: ClickSight, at: number, rules: Rules): Assessment {
    const trade = this.#trade(inviter);
    const isHidden = sight.dest !== null && sight.dest !== "document";
    const isUnasked = !isHidden && sight.site === "cross-site" && !sight.by_person && tellsWhoAsked(sight.agent);
    const isDeal = isDealSite(sight.referrer);
    trade.clicks += 1;
    trade.hidden += isHidden ? 1 : 0;
    trade.unasked += isUnasked ? 1 : 0;
    trade.deals += isDeal ? 1 : 0;
    const isNotable = isHidden || isUnasked || isDeal || trade.clicks % CLICKS_AT_ONCE === 1;
    return this.#traded(inviter, trade, at, rules, isNotable);
  }

  /** Records a sale through an inviter's link or code. */
  sell(inviter: number, sale: Pick<Sale, "id" | "at" | "by_code">, rules: Rules): Assessment {
    const trade = this.#trade(inviter);
    if (!trade.sales.some(({ id }) => id === sale.id)) addSale(trade, { ...sale, is_refunded: false });
    return this.#traded(inviter, trade, sale.at, rules);
  }

  /** Records a full refund of a sale. */
  refund(inviter: number, id: number, at: number, rules: Rules): Assessment {
    const trade = this.#trade(inviter);
    for (const sale of trade.sales) if (sale.id === id) sale.is_refunded = true;
    return this.#traded(inviter, trade, at, rules);
  }

  /** Whether the inviter's sales just became suspect for the first time. */
  isNews(inviter: number, { is_suspect }: Assessment): boolean {
    const trade = this.#trade(inviter);
    if (!is_suspect || trade.is_suspect) return false;
    trade.is_suspect = true;
    this.#shelf.put(TRADE + inviter, JSON.stringify(trade));
    return true;
  }

  /** Erases what is remembered about a participant, a friend of `inviter`. */
  forget(participant: number, inviter: number | null) {
    const own = this.#circle(participant);
    this.#trades.delete(participant);
    this.#shelf.drop(CIRCLE + participant);
    this.#shelf.drop(TRADE + participant);
    if (own.crowd !== undefined) this.#leave(own.crowd, participant);
    if (inviter === null) return;
    const circle = this.#circle(inviter);
    const friend = circle.friends.find((one) => one.participant === participant);
    if (!friend) return;
    this.#putCircle(inviter, eraseFriend(circle, friend));
    this.#leave(keyOf(friend.week, friend), participant);
  }

  #leave(key: string | null, participant: number) {
    const text = key === null ? undefined : this.#shelf.get(key);
    if (key === null || text === undefined) return;
    const crowd: Crowd = JSON.parse(text);
    crowd.neighbors = crowd.neighbors.filter((neighbor) => neighbor.participant !== participant);
    this.#shelf.put(key, JSON.stringify(crowd));
  }

  #traded(inviter: number, trade: Trade, at: number, { mode, listed, factors }: Rules, isNotable = true) {
    if (isNotable) this.#shelf.put(TRADE + inviter, JSON.stringify(trade));
    return assessSales(trade, at, mode, listed, factors);
  }

  #trade(inviter: number): Trade {
    const known = this.#trades.get(inviter);
    if (known) return known;
    const text = this.#shelf.get(TRADE + inviter);
    const trade: Trade = text === undefined ? newTrade() : JSON.parse(text);
    const [oldest] = this.#trades.keys();
    if (this.#trades.size >= TRADES_IN_MEMORY && oldest !== undefined) this.#trades.delete(oldest);
    this.#trades.set(inviter, trade);
    return trade;
  }

  #circle(inviter: number): Circle {
    const text = this.#shelf.get(CIRCLE + inviter);
    return text === undefined ? { friends: [] } : JSON.parse(text);
  }

  #putCircle(inviter: number, circle: Circle) {
    this.#shelf.put(CIRCLE + inviter, JSON.stringify(circle));
  }

  #crowd(key: string, week: number): Crowd {
    const text = this.#shelf.get(key);
    return text === undefined ? { week, neighbors: [] } : JSON.parse(text);
  }
}

type Place = { key: string; week: number };

/** The key of a network's crowd in a week. Null for a relay. */
const keyOf = (week: number, { network, address }: Pick<Marks, "network" | "address">) =>
  (network ?? address) === null ? null : `${CROWD}${week}:${network ?? address}`;

/** The crowds of the arrival's network, this week's first. */
function crowdsOf(arrival: Arrival): Place[] {
  return crowdWeeks(arrival.at).flatMap((week) => {
    const marks = arrival.as(week);
    const key = marks && keyOf(week, marks);
    return key ? [{ key, week }] : [];
  });
}
