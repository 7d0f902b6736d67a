import type { RewardRow } from "../../../drizzle/schema";
import { type CampaignChoice, campaignChoices } from "../../campaigns/campaign-choice";
import { ownedCampaign } from "../../campaigns/ownership";
import { toReward } from "../../ledger/records/earned-reward";
import type { Reward, RewardStep } from "../../ledger/records/reward-schema";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { offset } from "../../lib/page";
import * as amounts from "../../participants/rewards/reward-amount-store";
import * as lists from "../../participants/rewards/reward-list-store";
import { actOnRewards, type RewardOutcome, withEntries } from "../../participants/rewards/reward-records";
import * as store from "../../participants/rewards/reward-store";
import { type View, viewsOf } from "../views/view";
import type { RewardListQuery } from "./reward-list-query";

type RewardTotals = { held: number; pending: number; fulfilled: number; revoked: number; expired: number };

/** A reward, who earned it, and where. Name and email are null if the participant was erased. */
export type ListedReward = Reward & {
  note: string | null;
  campaign_name: string | null;
  brand_name: string | null;
  name: string | null;
  email: string | null;
};

type Row = RewardRow & Pick<ListedReward, "note" | "campaign_name" | "brand_name" | "name" | "email">;

const toListed = ({ note, campaign_name, brand_name, name, email, ...row }: Row): ListedReward => ({
  ...toReward(row),
  note,
  campaign_name,
  brand_name,
  name,
  email,
});

/** `isCut`: there are more than `total`. Sorted by amount (`isSorted`), the list has only the newest rewards then. */
export type RewardList = {
  rows: ListedReward[];
  total: number;
  isCut: boolean;
  isSorted: boolean;
  totals: RewardTotals;
  choices: CampaignChoice[];
  views: View[];
};

/** How far to count beyond a page if no total is stored. The pager only needs to know that there are more pages. */
const COUNTED_BEYOND = 1000;

/** A page of rewards with its totals and filter choices. @throws 404 if the campaign is not the member's */
export async function rewardList(ctx: MemberCtx, filters: RewardListQuery): Promise<RewardList> {
  const { memberId, brandIds: seen } = ctx.actor;
  const query = { ...filters, seen };
  const isSorted = amounts.isByAmount(query);
  const isKept = !isSorted && query.participant_id === undefined && query.reward_type === undefined;
  const counted = isKept ? 0 : offset(query) + query.limit + COUNTED_BEYOND;
  const [rows, [kept], [found], campaign, choices, views] = await ctx.db.batch([
    isSorted ? amounts.rewardsByAmount(ctx.db, memberId, query) : lists.listedRewards(ctx.db, memberId, query),
    lists.keptTotals(ctx.db, memberId, query),
    isSorted ? amounts.countByAmount(ctx.db, memberId, query) : lists.filteredCount(ctx.db, memberId, query, counted),
    ownedCampaign(ctx, query.campaign_id ?? 0),
    campaignChoices(ctx),
    viewsOf(ctx, "rewards"),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  const totals = kept ?? { held: 0, pending: 0, fulfilled: 0, revoked: 0, expired: 0 };
  const all = query.status ? totals[query.status] : Object.values(totals).reduce((sum, n) => sum + n, 0);
  const total = isKept ? all : (found?.total ?? 0);
  const isCut = isSorted
    ? found !== undefined && "is_cut" in found && found.is_cut === 1
    : !isKept && total === counted;
  return { rows: rows.map(toListed), total, isCut, isSorted, totals, choices, views };
}

export type RewardPage = Awaited<ReturnType<typeof rewardPage>>;

/** A reward, who earned it, and its history. @throws 404 */
export async function rewardPage(ctx: MemberCtx, id: number) {
  const [[row], entries] = await ctx.db.batch([
    lists.listedReward(ctx.db, ctx.actor.memberId, id),
    store.entriesOf(ctx.db, ctx.actor.memberId, id),
  ]);
  if (!row) throw notFound("reward");
  return { ...withEntries(row, entries), ...toListed(row) };
}

const STEPS = { approved: "approve", fulfilled: "fulfill", revoked: "revoke" } as const;

/** Approves, pays, or revokes rewards independently. `refused` is the reason why one did not change. */
export async function stepRewards(
  ctx: MemberCtx,
  ids: number[],
  { status, note }: RewardStep,
): Promise<RewardOutcome[]> {
  const { results } = await actOnRewards(ctx, { ids, action: STEPS[status], note });
  return results.map(({ id, error }) => ({ reward_id: id, refused: error }));
}

const SLICE = 1000;

/** Where a slice ended. */
export type RewardPlace = Pick<Row, "date_earned" | "id">;

/** A slice of the rewards that match a filter, by date, after the previous slice. */
export async function rewardSlice(ctx: MemberCtx, filters: RewardListQuery, last: RewardPlace | undefined) {
  const query = { ...filters, seen: ctx.actor.brandIds };
  const [rows] = await ctx.db.batch([lists.rewardsAfter(ctx.db, ctx.actor.memberId, query, last, SLICE)]);
  return { rows: rows.map(toListed), next: rows.length < SLICE ? null : (rows.at(-1) ?? null) };
}

/** @throws 404 if the filter's campaign is not the member's */
export async function demandCampaign(ctx: MemberCtx, { campaign_id }: Pick<RewardListQuery, "campaign_id">) {
  if (campaign_id === undefined) return;
  const [campaign] = await ctx.db.batch([ownedCampaign(ctx, campaign_id)]);
  if (campaign.length === 0) throw notFound("campaign");
}
