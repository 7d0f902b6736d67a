import type { MemberCtx } from "../../lib/ctx";
import { breaksNotNull, commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { brandSlug, type CampaignRow, insertCampaign, insertParts } from "../campaign-store";
import { dropCampaignCopies } from "../copies";
import { refuseDisallowed } from "../reward/allowance";
import { asCampaign } from "./campaign";
import { firstLifecycle } from "./campaign-lifecycle";
import type { Campaign, NewDuplicate } from "./campaign-schema";
import * as store from "./duplicate-store";

const NAME_MAX = 200;
const COPY = " (copy)";
const copyName = (name: string) => `${name.slice(0, NAME_MAX - COPY.length)}${COPY}`;

/**
 * Creates a draft with a campaign's settings, texts, widget, landing page, reward, and rules. Participants, coupon
 * codes, the contest, webhooks, Turnstile keys, and the identity secret are not copied.
 * @throws 404 for another member's campaign or brand, 403 `paid_plan_required`, 400 `token_not_allowed`
 */
export async function duplicateCampaign(ctx: MemberCtx, id: number, input: NewDuplicate): Promise<Campaign> {
  const { memberId } = ctx.actor;
  const [[row], [widget], [reward]] = await ctx.db.batch(store.original(ctx.db, memberId, id));
  if (!row || !widget || !reward) throw notFound("campaign");
  const brandId = input.brand_id ?? row.brand_id;
  const { publish, reward_type } = row;
  await refuseDisallowed(ctx, { brandId, publish, reward: { reward_type } });
  const now = ctx.now();
  const { turnstile_secret, turnstile_site_key, identity, ...settings } = widget.settings;
  const { campaign_id: _, ...value } = reward;
  const fields = { ...copied(row, brandId), ...firstLifecycle({ status: input.status ?? "draft" }, now) };
  try {
    const [[created], , , , , , [brand]] = await commit(
      ctx,
      insertCampaign(ctx.db, memberId, brandId, { ...fields, name: input.name ?? copyName(row.name), date_added: now }),
      ...insertParts(ctx.db, settings, value),
      store.copyLander(ctx.db, memberId, id),
      store.copyRules(ctx.db, memberId, id, now),
      brandSlug(ctx.db, memberId, brandId),
    );
    if (!created) throw new AppError("internal");
    if (publish === "public") await dropCampaignCopies(ctx, [], brand?.slug);
    return asCampaign(created, now);
  } catch (error) {
    throw breaksNotNull(error, "campaigns.brand_id") ? notFound("brand") : error;
  }
}

/** `landing_url` is a page of the original brand, so a copy for another brand must not keep it. */
function copied(row: CampaignRow, brandId: number) {
  const { id, member_id, brand_id, date_added, is_suspended, landing_url, ...fields } = row;
  return { ...fields, landing_url: brandId === brand_id ? landing_url : null };
}
