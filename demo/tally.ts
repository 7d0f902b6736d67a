import type { Api } from "./api.ts";
import type { expected } from "./files.ts";
import type { openReceiver } from "./receiver.ts";
import type { Line } from "./show.ts";

export type Stats = Record<
  "total_participants" | "total_referrals" | "total_rewards_given" | "rewards_pending",
  number
>;
type Reward = { participant_id: number; role: "referrer" | "invited"; coupon: string | null };
type Expected = ReturnType<typeof expected>;
type Files = { right: Expected; codes: string[]; moreCodes: string[]; goal: number };

/** Compares participants and rewards with the files, by email. */
export async function countPeople(api: Api, campaignId: number, { right, goal }: Files): Promise<Line[]> {
  const stats = await api.get<Stats>(`/campaigns/${campaignId}/stats`);
  const people = await api.all<{ id: number; email: string }>(
    `/participants?campaign_id=${campaignId}`,
    "participants",
  );
  const rewards = await api.all<Reward>(`/rewards?campaign_id=${campaignId}`, "rewards");
  const emailOf = new Map(people.map((p) => [p.id, p.email]));
  const earned = (role: string) =>
    rewards.filter((r) => r.role === role).map((r) => emailOf.get(r.participant_id) ?? "nobody");
  const wrong = difference(right.inviters, earned("referrer")) + difference(right.invited, earned("invited"));
  return [
    line("people", right.people, stats.total_participants, "rows of people.csv"),
    line("referrals", right.invited.length, stats.total_referrals, "rows that name a referrer"),
    line(
      "referrer rewards",
      right.inviters.length,
      earned("referrer").length,
      `people named as referrer in ${goal} rows or more`,
    ),
    line("friend rewards", right.invited.length, earned("invited").length, "= referrals"),
    line("rewards for the wrong person", 0, wrong, "compared name by name"),
  ];
}

/**
 * `before` are the campaign's stats before the second upload; `filled` is the number of rewards that the upload
 * reported as fulfilled.
 */
export async function countCoupons(
  api: Api,
  campaignId: number,
  { right, codes, moreCodes }: Files,
  { before, filled }: { before: Stats; filled: number },
): Promise<Line[]> {
  const stats = await api.get<Stats>(`/campaigns/${campaignId}/stats`);
  const pool = await api.get<{ available: number }>(`/campaigns/${campaignId}/coupons`);
  const rewards = await api.all<Reward>(`/rewards?campaign_id=${campaignId}`, "rewards");
  const given = rewards.flatMap((r) => r.coupon ?? []);
  const ours = new Set([...codes, ...moreCodes]);
  return [
    line("coupon codes given at first", right.given, before.total_rewards_given, `the ${codes.length} of coupons.csv`),
    line(
      "rewards waiting for a code",
      right.waiting,
      before.rewards_pending,
      `${right.rewards} rewards - ${right.given}`,
    ),
    line("fulfilled by the second upload", right.filled, filled, "all that were waiting"),
    line("rewards still waiting", right.waiting - right.filled, stats.rewards_pending, ""),
    line("unused coupon codes", right.left, pool.available, `${ours.size} codes - ${right.rewards} rewards`),
    line("coupon codes given in total", right.given + right.filled, given.length, "codes of all rewards"),
    line("coupon codes given twice", 0, given.length - new Set(given).size, ""),
    line("coupon codes never uploaded", 0, given.filter((code) => !ours.has(code)).length, ""),
  ];
}

/** Compares what the receiver saw with the product's log and with the files. */
export function countWebhooks(
  receiver: Awaited<ReturnType<typeof openReceiver>>,
  logged: number,
  { events, allEvents }: Expected,
): Line[] {
  return [
    line("events sent", allEvents, logged, "the sum of:"),
    ...Object.entries(events).map(([type, count]) => line(`  ${type}`, count, receiver.accepted(type), "")),
    line("deliveries verified", allEvents, receiver.accepted(), "by the standardwebhooks package"),
    line("rejected, then retried", receiver.refused(), receiver.refusedAndCame(), "one event in eight, by its id"),
    line("invalid signatures", 0, receiver.forged(), ""),
    line("duplicates", 0, receiver.duplicates(), "events accepted more than once"),
    line("lost", 0, allEvents - receiver.accepted(), "events that never arrived"),
  ];
}

const line = (what: string, expected: number, seen: number, how: string): Line => ({ what, expected, seen, how });

/** The number of entries that two lists do not share. */
function difference(a: string[], b: string[]) {
  const left = new Map<string, number>();
  for (const entry of a) left.set(entry, (left.get(entry) ?? 0) + 1);
  for (const entry of b) left.set(entry, (left.get(entry) ?? 0) - 1);
  return [...left.values()].reduce((sum, n) => sum + Math.abs(n), 0);
}
