import type { MemberCtx } from "../ctx";
import { breaksCheck, breaksNotNull, commit } from "../lib/db";
import { AppError, invalid, notFound } from "../lib/errors";
import type { Page } from "../lib/page";
import { type Campaign, type CampaignFilter, type NewCampaign, TOKEN_REWARD } from "./schema";
import * as store from "./store";

export type { CampaignRow } from "./store";

/** @throws 404 for a brand that is not the member's, 403 `paid_plan_required`, 400 `token_not_allowed`. */
export async function createCampaign(ctx: MemberCtx, input: NewCampaign): Promise<Campaign> {
  const { memberId } = ctx.actor;
  const { brand_id, url_id, ...fields } = input;
  const brandId = brand_id ?? url_id;
  if (brandId === undefined) throw invalid("brand_id", "is required");
  if (fields.publish === "public" || fields.reward_type === TOKEN_REWARD) {
    const [[payer], [brand]] = await ctx.db.batch([
      store.memberPays(ctx.db, memberId, ctx.now()),
      store.brandLink(ctx.db, memberId, brandId),
    ]);
    if (!brand) throw notFound("brand");
    if (fields.reward_type === TOKEN_REWARD && !brand.in_vnoc) throw new AppError("token_not_allowed");
    if (fields.publish === "public" && !payer) throw new AppError("paid_plan_required");
  }
  try {
    const [[row]] = await commit(
      ctx,
      store.insertCampaign(ctx.db, memberId, brandId, { ...fields, date_added: ctx.now() }),
      ...store.insertParts(ctx.db),
    );
    if (!row) throw new AppError("internal");
    return asCampaign(row);
  } catch (error) {
    throw refusal(error);
  }
}

/** @throws 404 for a campaign that is not the member's. */
export async function campaignOf(ctx: MemberCtx, id: number): Promise<Campaign> {
  const [[row]] = await ctx.db.batch([store.campaignById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("campaign");
  return asCampaign(row);
}

/** A brand that is not the member's has no campaigns here. */
export async function campaigns(ctx: MemberCtx, filter: CampaignFilter): Promise<Page<Campaign>> {
  const { memberId } = ctx.actor;
  const brandId = filter.brand_id ?? filter.url_id;
  const [rows, [counted]] = await ctx.db.batch([
    store.campaignsPage(ctx.db, memberId, brandId, filter),
    store.campaignCount(ctx.db, memberId, brandId),
  ]);
  return { rows: rows.map(asCampaign), total: counted?.total ?? 0 };
}

const asCampaign = (row: store.CampaignRow): Campaign => ({ ...row, url_id: row.brand_id });

/** What the database refused, told to the caller. */
function refusal(error: unknown): unknown {
  if (breaksNotNull(error, "campaigns.brand_id")) return notFound("brand");
  if (breaksCheck(error, "campaigns_goal")) return invalid("num_visits", "must be at least 1 when goal_type is visit");
  return error;
}
