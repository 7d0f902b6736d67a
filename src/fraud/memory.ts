import { type Arrival, type Facts, type Marks, weekOf } from "./sight.ts";

/** As many friends, neighbors, and sales are remembered, the latest. It bounds what a decision costs at any size. */
export const REMEMBERED = 48;
/** Weeks whose keys are kept. Older hashes can be compared with nothing. */
export const WEEKS = 5;

/** An earlier friend: hashes, and coarse facts. */
export type Friend = Marks &
  Pick<Facts, "at" | "origin" | "is_generated" | "is_foreign" | "took"> &
  Partial<Pick<Facts, "country" | "is_relay">> & {
    week: number;
    participant: number;
    is_held: boolean;
    /** They shared their own link since. */
    is_back?: boolean;
  };

/** A sale by a participant's link or code. */
export type Sale = { id: number; at: number; by_code: boolean; is_refunded: boolean };

/** An inviter's latest friends. Of one who came without an invitation, also the crowd around them and their own marks. */
export type Circle = {
  friends: Friend[];
  crowd?: string;
  own?: Pick<Friend, "week" | "stem"> & Pick<Facts, "has_full_name">;
  /** The weeks of friends who were erased since. */
  gone?: number[];
};

/** What came by an inviter's link and code. */
export type Trade = {
  sales: Sale[];
  clicks: number;
  /** Of the clicks: in hidden frames or images; without anybody clicking; from coupon sites. */
  hidden: number;
  unasked: number;
  deals: number;
  /** It was suspect already. */
  is_suspect: boolean;
};
export const newTrade = (): Trade => ({ sales: [], clicks: 0, hidden: 0, unasked: 0, deals: 0, is_suspect: false });

/** Someone who signed up in a network. */
export type Neighbor = Pick<Marks, "address" | "device" | "domain"> & {
  participant: number;
  inviter: number;
  /** Milliseconds from the page to its form. */
  took: number | null;
};
/** The latest signups in a network within a week. */
export type Crowd = { week: number; neighbors: Neighbor[] };

const keepLatest = <T>(list: T[], one: T) => {
  list.push(one);
  if (list.length > REMEMBERED) list.splice(0, list.length - REMEMBERED);
  return one;
};

/** The arrival as a friend. Null if the week's key is gone. */
export function friendOf(arrival: Arrival, participant: number, is_held: boolean): Friend | null {
  const marks = arrival.as(arrival.week);
  const { at, origin, is_generated, is_foreign, is_relay, country, took, week } = arrival;
  return (
    marks && { ...marks, at, origin, is_generated, is_foreign, is_relay, country, took, week, participant, is_held }
  );
}

/** The arrival as a neighbor in a crowd. Null if the week's key is gone. */
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

/** Forgets a friend who was erased, but for the week in which they came. */
export const eraseFriend = (circle: Circle, friend: Friend): Circle => ({
  ...circle,
  friends: circle.friends.filter((one) => one !== friend),
  gone: [...(circle.gone ?? []), friend.week].slice(-REMEMBERED),
});

export const addNeighbor = (crowd: Crowd, neighbor: Neighbor) => keepLatest(crowd.neighbors, neighbor);

export const addSale = (trade: Trade, sale: Sale) => keepLatest(trade.sales, sale);

/** The crowds in which a network's signups are: of this week and of the last one. */
export const crowdWeeks = (at: number) => [weekOf(at), weekOf(at) - 1];
