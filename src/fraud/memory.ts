import { type Arrival, type Facts, type Marks, weekOf } from "./sight.ts";

/** How many of the latest friends, neighbors, and sales are kept. This bounds the cost of a decision at any size. */
const REMEMBERED = 48;
/** How many weeks a key is kept. Hashes older than that cannot be compared. */
export const WEEKS = 5;

/** An earlier friend, as hashes and coarse facts. */
export type Friend = Marks &
  Pick<Facts, "at" | "origin" | "is_generated" | "is_foreign" | "took"> &
  Partial<Pick<Facts, "country" | "is_relay">> & {
    week: number;
    participant: number;
    is_held: boolean;
    /** Whether they have shared their own link since. */
    is_back?: boolean;
  };

/** A sale through a participant's link or code. */
export type Sale = { id: number; at: number; by_code: boolean; is_refunded: boolean };

/**
 * An inviter's latest friends. For an inviter who joined without an invitation, also their own marks and the crowd
 * around them.
 */
export type Circle = {
  friends: Friend[];
  crowd?: string;
  own?: Pick<Friend, "week" | "stem"> & Pick<Facts, "has_full_name">;
  /** The weeks of friends who have been erased. */
  gone?: number[];
};

/** Clicks and sales through an inviter's link and code. */
export type Trade = {
  sales: Sale[];
  clicks: number;
  /** Clicks in hidden frames or images, clicks that nobody made, and clicks from coupon sites. */
  hidden: number;
  unasked: number;
  deals: number;
  /** Whether it was suspect before. */
  is_suspect: boolean;
};
export const newTrade = (): Trade => ({ sales: [], clicks: 0, hidden: 0, unasked: 0, deals: 0, is_suspect: false });

/** A signup in a network. */
export type Neighbor = Pick<Marks, "address" | "device" | "domain"> & {
  participant: number;
  inviter: number;
  /** Milliseconds between opening the page and sending its form. */
  took: number | null;
};
/** The latest signups in a network within one week. */
export type Crowd = { week: number; neighbors: Neighbor[] };

const keepLatest = <T>(list: T[], one: T) => {
  list.push(one);
  if (list.length > REMEMBERED) list.splice(0, list.length - REMEMBERED);
  return one;
};

/** The arrival as a friend. Null if the week's key was destroyed. */
export function friendOf(arrival: Arrival, participant: number, is_held: boolean): Friend | null {
  const marks = arrival.as(arrival.week);
  const { at, origin, is_generated, is_foreign, is_relay, country, took, week } = arrival;
  return (
    marks && { ...marks, at, origin, is_generated, is_foreign, is_relay, country, took, week, participant, is_held }
  );
}

/** The arrival as a neighbor in a crowd. Null if the week's key was destroyed. */
export function neighborOf(arrival: Arrival, week: number, participant: number, inviter: number): Neighbor | null {
  const marks = arrival.as(week);
  if (!marks) return null;
  const { address, device, domain } = marks;
  return { participant, inviter, address, device, domain, took: arrival.took };
}

export function addFriend(circle: Circle, friend: Friend) {
  circle.friends = circle.friends.filter(({ week }) => week > friend.week - WEEKS);
  if (circle.gone) circle.gone = circle.gone.filter((week) => week > friend.week - WEEKS);
  keepLatest(circle.friends, friend);
}

/** Forgets an erased friend except for the week they joined in. */
export const eraseFriend = (circle: Circle, friend: Friend): Circle => ({
  ...circle,
  friends: circle.friends.filter((one) => one !== friend),
  gone: [...(circle.gone ?? []), friend.week].slice(-REMEMBERED),
});

export const addNeighbor = (crowd: Crowd, neighbor: Neighbor) => keepLatest(crowd.neighbors, neighbor);

export const addSale = (trade: Trade, sale: Sale) => keepLatest(trade.sales, sale);

/** The crowds of a network that count: this week's and last week's. */
export const crowdWeeks = (at: number) => [weekOf(at), weekOf(at) - 1];
