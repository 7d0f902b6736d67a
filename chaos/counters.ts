import type { Campaign } from "./campaign.ts";
import type { History } from "./history.ts";
import type { Tables } from "./tables.ts";
import { countBy, type Verdict, verdict } from "./verdict.ts";

type ApiStats = Record<
  | "total_participants"
  | "total_referrals"
  | "total_shares"
  | "total_clicks"
  | "total_impressions"
  | "total_rewards_given"
  | "rewards_pending"
  | "coupons_available",
  number
> & { daily_signups: Record<string, number> };

/** The campaign's final numbers, as the API reports them. */
export async function readApi({ api, id }: Campaign) {
  return {
    stats: await api.get<ApiStats>(`/campaigns/${id}/stats`),
    coupons: await api.get<{ total: number; available: number }>(`/campaigns/${id}/coupons?limit=1`),
    leaderboard: await api.all<{ participant_id: number; referral_count: number; rank: number }>(
      `/campaigns/${id}/leaderboard?`,
      "leaderboard",
    ),
  };
}
type ApiView = Awaited<ReturnType<typeof readApi>>;

/** Compares stored counters with counts of the rows, in the database and through the API. */
export function checkCounters(api: ApiView, history: History, tables: Tables): Verdict[] {
  const { participants, rewards, coupons, stats, days, shares, scores } = tables;
  const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
  const inDays = (column: string) => sum(days.map((day) => day[column] ?? 0));
  const friends = countBy(
    participants.filter((p) => p.invited_by !== null),
    (p) => p.invited_by,
  );
  const counted = {
    participants: participants.length,
    referrals: sum([...friends.values()]),
    shares: sum(participants.map((p) => p.share_count)),
    clicks: sum(participants.map((p) => p.click_count)),
    given: rewards.filter((w) => w.status === "fulfilled").length,
    waiting: rewards.filter((w) => w.status === "pending").length,
    left: coupons.filter((k) => k.reward_id === null && k.id > (stats.last_coupon_id ?? 0)).length,
  };
  const lines: [string, number, ...(number | undefined)[]][] = [
    [
      "total_participants",
      counted.participants,
      stats.total_participants,
      inDays("signups"),
      api.stats.total_participants,
      sum(Object.values(api.stats.daily_signups)),
    ],
    [
      "total_referrals",
      counted.referrals,
      stats.total_referrals,
      inDays("referrals"),
      api.stats.total_referrals,
      sum(participants.map((p) => p.referral_count)),
    ],
    ["total_shares", counted.shares, stats.total_shares, inDays("shares"), api.stats.total_shares],
    [
      "total_clicks",
      counted.clicks,
      stats.total_clicks,
      inDays("clicks"),
      api.stats.total_clicks,
      sum(shares.map((s) => s.clicks)),
    ],
    ["total_impressions", inDays("impressions"), stats.total_impressions, api.stats.total_impressions],
    ["rewards_fulfilled", counted.given, stats.rewards_fulfilled, api.stats.total_rewards_given],
    ["rewards_pending", counted.waiting, stats.rewards_pending, api.stats.rewards_pending],
    ["coupons_total", coupons.length, stats.coupons_total, api.coupons.total],
    ["coupons_available", counted.left, stats.coupons_available, api.stats.coupons_available, api.coupons.available],
  ];
  const ranked = participants.filter((p) => p.referral_count > 0 || p.click_count > 0);
  const histogram = countBy(ranked, (p) => `${p.referral_count}/${p.click_count}`);
  const kept = new Map(scores.map((s) => [`${s.referral_count}/${s.click_count}`, s.participants]));

  return [
    verdict(
      "counters that differ from the rows",
      lines.filter(([, count, ...others]) => others.some((other) => other !== count)),
    ),
    verdict(
      "participants with a wrong referral_count",
      participants.filter((p) => p.referral_count !== (friends.get(p.id) ?? 0)),
    ),
    verdict(
      "scores that are wrong in the histogram",
      [...new Set([...histogram.keys(), ...kept.keys()])].filter((score) => histogram.get(score) !== kept.get(score)),
    ),
    verdict("ranks that differ from the counts", wrongRanks(api, tables)),
    verdict("clicks that nobody made", counted.clicks > history.clicks.length ? [counted.clicks] : []),
    verdict("impressions counted twice", wrongImpressions(history, stats.total_impressions ?? 0)),
  ];
}

function wrongRanks({ leaderboard }: ApiView, { participants }: Tables) {
  const score = (p: { referral_count: number; click_count: number }) => p.referral_count * 1e9 + p.click_count;
  const scores = new Map(participants.map((p) => [p.id, score(p)]));
  const sorted = [...scores.values()].sort((a, b) => b - a);
  const rankOf = new Map<number, number>();
  for (const [i, value] of sorted.entries()) if (!rankOf.has(value)) rankOf.set(value, i + 1);
  return leaderboard.filter((entry) => rankOf.get(scores.get(entry.participant_id) ?? -1) !== entry.rank);
}

/** A kill may lose the last minute's impressions, and impressions without a response may or may not be counted. */
function wrongImpressions({ impressions }: History, counted: number) {
  const possible = impressions.filter((outcome) => outcome !== "failed").length;
  return counted > possible ? [{ possible, counted }] : [];
}
