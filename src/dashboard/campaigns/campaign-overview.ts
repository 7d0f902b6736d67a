import { campaignHead } from "../../campaigns/campaign-head";
import { linkOfCampaign } from "../../campaigns/ownership";
import { asRewardSettings, storedReward } from "../../campaigns/reward/reward-settings";
import { senderOfCampaign } from "../../campaigns/sending/campaign-sender";
import { withheldFor } from "../../campaigns/sending/may-send";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import { notFound } from "../../lib/errors";
import { leadersOf } from "../../participants/leaderboard";
import * as store from "./campaign-overview-store";

export const DAYS_SHOWN = 30;
const LEADERS_SHOWN = 5;
const EVENTS_SHOWN = 10;

export type Happening = { participant_id: number; name: string; at: Date } & (
  | { what: "signup"; invited: boolean }
  | { what: "reward"; role: "referrer" | "invited"; status: "pending" | "fulfilled" | "revoked" }
);
export type Totals = Awaited<ReturnType<typeof store.totals>>[number];

/** Everything on a campaign's overview page, in one round trip: stored counters and the ends of indexes. @throws 404 */
export async function campaignOverview(ctx: MemberCtx, id: number) {
  const { memberId } = ctx.actor;
  const today = ctx.now().getTime();
  const days = Array.from({ length: 2 * DAYS_SHOWN }, (_, i) => utcDay(today - (2 * DAYS_SHOWN - 1 - i) * DAY_MS));
  const [[campaign], [totals], [reward], [link], happened, leaders, signups, rewards, [sender]] = await ctx.db.batch([
    campaignHead(ctx, id),
    store.totals(ctx.db, memberId, id),
    storedReward(ctx.db, memberId, id),
    linkOfCampaign(ctx, id),
    store.daysSince(ctx.db, memberId, id, days[0] ?? ""),
    leadersOf(ctx, id, LEADERS_SHOWN),
    store.lastSignups(ctx.db, memberId, id, EVENTS_SHOWN),
    store.lastRewards(ctx.db, memberId, id, EVENTS_SHOWN),
    senderOfCampaign(ctx, id),
  ]);
  if (!campaign || !totals || !reward || !sender) throw notFound("campaign");
  const byDay = new Map(happened.map((row) => [row.day, row]));
  const perDay = days.map((day) => ({ day, signups: 0, clicks: 0, ...byDay.get(day) }));
  return {
    campaign,
    totals,
    reward: asRewardSettings(reward),
    sending: { withheld: withheldFor(ctx.env, sender), is_confirmed_by_email: sender.double_opt_in },
    takes_tokens: link?.in_vnoc === true,
    days: perDay.slice(DAYS_SHOWN),
    daysBefore: perDay.slice(0, DAYS_SHOWN),
    leaders,
    happenings: timeline(signups, rewards),
  };
}

type Signups = Awaited<ReturnType<typeof store.lastSignups>>;
type Rewards = Awaited<ReturnType<typeof store.lastRewards>>;

/** Newest first. At the same moment, a reward comes above the signup that earned it. */
const timeline = (signups: Signups, rewards: Rewards): Happening[] =>
  [
    ...rewards.map(({ email, name, ...row }) => ({ what: "reward" as const, name: called(name, email), ...row })),
    ...signups.map(({ email, name, invited_by, ...row }) => ({
      what: "signup" as const,
      name: called(name, email),
      invited: invited_by !== null,
      ...row,
    })),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, EVENTS_SHOWN);

/** Erased participants have neither a name nor an email. */
const called = (name: string | null, email: string | null) => name || email || "Erased participant";
