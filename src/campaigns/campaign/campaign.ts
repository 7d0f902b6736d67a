import pLimit from "p-limit";
import { campaignMails } from "../../../drizzle/schema/campaigns";
import { forgetLedger } from "../../ledger/client";
import { campaignStatus } from "../../ledger/records/lifecycle";
import type { MemberCtx } from "../../lib/ctx";
import { breaksCheck, breaksNotNull, commit } from "../../lib/db";
import { AppError, invalid, notFound } from "../../lib/errors";
import type { Page } from "../../lib/page";
import { purgeFirst } from "../../upkeep/purge";
import * as store from "../campaign-store";
import { asContest, storedContest } from "../contest/contest";
import { dropCampaignCopies } from "../copies";
import { noteFall, settleGoal } from "../goals/goal";
import { asLander, storedLander } from "../lander/lander";
import { nudgedAt } from "../nudged";
import { refuseDisallowed } from "../reward/allowance";
import { asRewardSettings, asRow, changeStoredReward, storedReward } from "../reward/reward-settings";
import { keepPlaces } from "../used-places-store";
import { asWidget, changeStoredWidget, sealedChange, storedWidget } from "../widget/widget";
import { changedLifecycle, firstLifecycle, isLifecycle, type LifecycleChange } from "./campaign-lifecycle";
import type { Campaign, CampaignChange, CampaignDetail, CampaignFilter, NewCampaign } from "./campaign-schema";

const FORGOTTEN_AT_ONCE = 20;

/** @throws 404 for another member's brand, 403 `paid_plan_required`, 400 `token_not_allowed` */
export async function createCampaign(ctx: MemberCtx, input: NewCampaign): Promise<Campaign> {
  const { brand_id, url_id, widget = {}, reward = {}, status, starts_at, ends_at, ...fields } = input;
  const brandId = brand_id ?? url_id;
  if (brandId === undefined) throw invalid("brand_id", "is required");
  const reward_type = fields.reward_type ?? reward.reward_type;
  await refuseDisallowed(ctx, { brandId, publish: fields.publish, reward: { ...reward, reward_type } });
  const now = ctx.now();
  const lifecycle = firstLifecycle({ status, starts_at, ends_at }, now);
  const nudged = nudgedAt(fields, now);
  const row = { default_emails: [...campaignMails], ...fields, ...nudged, ...lifecycle, reward_type, date_added: now };
  try {
    const [[created], , , , [brand]] = await commit(
      ctx,
      store.insertCampaign(ctx.db, ctx.actor.memberId, brandId, row),
      ...store.insertParts(ctx.db, await sealedChange(ctx, widget), asRow(reward)),
      store.brandSlug(ctx.db, ctx.actor.memberId, brandId),
    );
    if (!created) throw new AppError("internal");
    if (created.publish === "public") await dropCampaignCopies(ctx, [], brand?.slug);
    return asCampaign(created, now);
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * A campaign with all its settings.
 * @throws 404
 */
export async function campaignDetail(ctx: MemberCtx, id: number): Promise<CampaignDetail> {
  return asDetail(ctx, await ctx.db.batch(detail(ctx, id)));
}

/** Several campaigns with all their settings. Missing ones are left out. */
export async function campaignDetails(ctx: MemberCtx, ids: number[]): Promise<CampaignDetail[]> {
  const [first, ...further] = ids.flatMap((id) => detail(ctx, id));
  if (!first) return [];
  const read: unknown[] = await ctx.db.batch([first, ...further]);
  const parts = read.length / ids.length;
  // Results are in statement order, so each campaign's results are adjacent.
  const each = ids.map((_, i) => read.slice(i * parts, (i + 1) * parts) as unknown as Detail);
  return each.filter(([[row]]) => row).map((results) => asDetail(ctx, results));
}

/** Another member's brand returns no campaigns. */
export async function campaigns(ctx: MemberCtx, filter: CampaignFilter): Promise<Page<Campaign>> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const listed = { brandId: filter.brand_id ?? filter.url_id, status: filter.status, now };
  const [rows, [counted]] = await ctx.db.batch([
    store.campaignsPage(ctx.db, memberId, listed, filter),
    store.campaignCount(ctx.db, memberId, listed),
  ]);
  return { rows: rows.map((row) => asCampaign(row, now)), total: counted?.total ?? 0 };
}

/**
 * @throws 404, 403 `paid_plan_required`, 400 `token_not_allowed` or for an unreachable goal, 409 for a status that
 * cannot follow the current one
 */
export async function changeCampaign(ctx: MemberCtx, id: number, input: CampaignChange): Promise<CampaignDetail> {
  const { memberId } = ctx.actor;
  const { brand_id, url_id, widget = {}, reward = {}, status, starts_at, ends_at, ...fields } = input;
  const brandId = brand_id ?? url_id;
  const lifecycle = await lifecycleOf(ctx, id, { status, starts_at, ends_at });
  const reward_type = fields.reward_type ?? reward.reward_type;
  await refuseDisallowed(ctx, { campaignId: id, brandId, publish: fields.publish, reward: { ...reward, reward_type } });
  try {
    const [[fall], , , , ...read] = await commit(
      ctx,
      noteFall(ctx, id, fields),
      store.updateCampaign(ctx.db, memberId, id, brandId, {
        ...fields,
        ...nudgedAt(fields, ctx.now()),
        ...lifecycle,
        reward_type,
      }),
      changeStoredWidget(ctx.db, memberId, id, await sealedChange(ctx, widget)),
      changeStoredReward(ctx, id, reward),
      ...detail(ctx, id),
    );
    const changed = asDetail(ctx, read);
    const [, [stored]] = read;
    if (fall) ctx.later(settleGoal(ctx, id));
    await dropCampaignCopies(ctx, [id], stored?.slug);
    return changed;
  } catch (error) {
    throw refusal(error);
  }
}

/** The new values of a campaign's lifecycle. Reads the campaign only if the lifecycle changes. @throws 404, 409, 400 */
async function lifecycleOf(ctx: MemberCtx, id: number, change: LifecycleChange) {
  if (!isLifecycle(change)) return {};
  const [[row]] = await ctx.db.batch([store.campaignById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("campaign");
  return changedLifecycle(row, change, ctx.now());
}

/**
 * Deletes the campaign. It disappears immediately, and its remaining rows are purged in the background.
 * @throws 404
 */
export async function deleteCampaign(ctx: MemberCtx, id: number) {
  const { memberId } = ctx.actor;
  const [[widget], , , [deleted]] = await commit(
    ctx,
    storedWidget(ctx.db, memberId, id),
    ...keepPlaces(ctx.db, memberId, { campaign: id }, ctx.now()),
    store.deleteCampaign(ctx.db, memberId, id),
    ...purgeFirst(ctx),
  );
  if (!deleted) throw notFound("campaign");
  await forgetCampaigns(ctx, [id], widget?.slug);
  return { id, deleted: true as const };
}

/** Deletes the campaigns' ledgers and cached copies. Call this after the database deleted the campaigns. */
export async function forgetCampaigns(ctx: MemberCtx, ids: number[], slug: string | undefined) {
  const atOnce = pLimit(FORGOTTEN_AT_ONCE);
  ctx.later(Promise.all(ids.map((id) => atOnce(() => forgetLedger(ctx, id)))));
  await dropCampaignCopies(ctx, ids, slug);
}

const detail = (ctx: MemberCtx, id: number) => {
  const { memberId } = ctx.actor;
  return [
    store.campaignById(ctx.db, memberId, id),
    storedWidget(ctx.db, memberId, id),
    storedReward(ctx.db, memberId, id),
    storedLander(ctx.db, memberId, id),
    storedContest(ctx.db, memberId, id),
    store.couponCounts(ctx.db, memberId, id),
  ] as const;
};

type Results<T extends readonly unknown[]> = { [K in keyof T]: Awaited<T[K]> };

type Detail = Results<ReturnType<typeof detail>>;

function asDetail(ctx: MemberCtx, results: Detail): CampaignDetail {
  const [[row], [widget], [reward], [lander], [contest], [coupons]] = results;
  if (!row || !widget || !reward || !lander || !coupons) throw notFound("campaign");
  return {
    ...asCampaign(row, ctx.now()),
    widget: asWidget(widget),
    reward: asRewardSettings(reward),
    lander: asLander(lander),
    contest: contest ? asContest(ctx, contest) : null,
    coupons,
  };
}

export const asCampaign = (row: store.CampaignRow, now: Date): Campaign => ({
  ...row,
  url_id: row.brand_id,
  status: campaignStatus(row, now),
});

/** Converts the database's constraint errors to API errors. */
function refusal(error: unknown): unknown {
  if (breaksNotNull(error, "campaigns.brand_id")) return notFound("brand");
  if (breaksNotNull(error, "campaigns.currency"))
    return new AppError("conflict", "The campaign has rules or conversions, so its currency cannot change.");
  for (const setting of ["waitlist_enabled", "waitlist_places_per_friend"])
    if (breaksNotNull(error, `campaigns.${setting}`))
      return new AppError("conflict", `The campaign has participants, so ${setting} cannot change.`);
  if (breaksCheck(error, "campaigns_goal")) return invalid("num_visits", "must be at least 1 if goal_type is visit");
  return error;
}
