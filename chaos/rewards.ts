import { FRIENDS_FOR_A_REWARD } from "./campaign.ts";
import type { History } from "./history.ts";
import type { Received } from "./receiver.ts";
import type { Tables } from "./tables.ts";
import { countBy, missing, repeated, type Verdict, verdict } from "./verdict.ts";

/** Recomputes the rewards from the referrals, and compares the owner of each code across all sources. */
export function checkRewards(
  { signups, uploads }: History,
  received: Received[],
  { participants, rewards, coupons, events, stats }: Tables,
): Verdict[] {
  const invited = participants.filter((p) => p.invited_by !== null);
  const friends = countBy(invited, (p) => p.invited_by);
  const earned = new Set([
    ...participants.filter((p) => (friends.get(p.id) ?? 0) >= FRIENDS_FOR_A_REWARD).map((p) => `${p.id} referrer`),
    ...invited.map((p) => `${p.id} invited`),
  ]);
  const actual = rewards.map((w) => `${w.participant_id} ${w.role}`);
  const given = coupons.filter((k) => k.reward_id !== null);
  const codesOf = countBy(given, (k) => k.reward_id);
  const fulfilled = countBy(
    events.filter((e) => e.type === "reward.fulfilled"),
    (e) => e.reward_id,
  );
  const told = [...signups.flatMap((s) => s.told), ...received.flatMap(codeIn)];
  const inDatabase = new Map(given.map((k) => [k.code, k.reward_id]));
  const uploaded = new Set(uploads.filter((u) => u.outcome !== "failed").flatMap((u) => u.codes));

  return [
    verdict("earned rewards that are missing", missing(earned, new Set(actual))),
    verdict("rewards that nobody earned", missing(actual, earned)),
    verdict("duplicate rewards", repeated(actual)),
    verdict(
      "rewards without exactly one code",
      rewards.filter((w) => w.status !== "fulfilled" || codesOf.get(w.id) !== 1),
    ),
    verdict(
      "codes given to a reward that does not exist",
      missing(codesOf.keys(), new Set<number | null>(rewards.map((w) => w.id))),
    ),
    verdict("duplicate codes", repeated(coupons.map((k) => k.code.toLowerCase()))),
    verdict(
      "codes that nobody uploaded",
      missing(
        coupons.map((k) => k.code),
        uploaded,
      ),
    ),
    verdict(
      "codes of acknowledged uploads that were lost",
      missing(
        uploads.filter((u) => u.outcome === "ok").flatMap((u) => u.codes),
        new Set(coupons.map((k) => k.code)),
      ),
    ),
    verdict(
      "codes shown to the wrong participant",
      told.filter(({ reward, code }) => inDatabase.get(code) !== reward),
    ),
    verdict(
      "codes given out of order",
      coupons.filter((k) => (k.reward_id !== null) !== k.id <= (stats.last_coupon_id ?? 0)),
    ),
    verdict(
      "fulfilled rewards without exactly one event",
      rewards.filter((w) => fulfilled.get(w.id) !== 1),
    ),
  ];
}

/** The code in a webhook, if any. */
export function codeIn({ body, isValid }: Received) {
  const { type, data } = isValid ? JSON.parse(body) : { type: "", data: {} };
  return type === "reward.fulfilled" && data.coupon ? [{ reward: Number(data.id), code: String(data.coupon) }] : [];
}
