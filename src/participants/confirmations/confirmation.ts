import { isOf } from "../../auth/token";
import { asWidget } from "../../campaigns/widget/widget";
import type { Ctx } from "../../lib/ctx";
import { shownDomain } from "../../lib/domain";
import { proveReview } from "../reviews/proof";
import { setStatus } from "../statuses";
import { readConfirmationToken } from "./confirmation-link";
import * as store from "./confirmation-store";

/**
 * The participant of a confirmation link, and whether their email is unconfirmed or a review asked about it. Null if
 * the link is invalid.
 */
export async function awaitedBy(ctx: Ctx, token: string) {
  const who = await readConfirmationToken(ctx.env, token, ctx.now());
  if (!who) return null;
  const [[row]] = await ctx.db.batch([store.awaited(ctx.db, who.campaign_id, who.participant_id)]);
  if (!row || !isOf(who.issued, row)) return null;
  const { id, campaign_id, campaign_name, brand_name, confirmation, is_asked } = row;
  return {
    id,
    campaign_id,
    campaign_name,
    brand_name: shownDomain(brand_name),
    widget: asWidget(row),
    is_joining: confirmation === "waiting",
    has_joined_by_it: confirmation !== null,
    is_waiting: confirmation === "waiting" || is_asked === 1,
  };
}
export type Person = NonNullable<Awaited<ReturnType<typeof awaitedBy>>>;

/**
 * Confirms the participant's email. This answers a review about them. If they were waiting for the confirmation, they
 * become active, which credits their referrer, or they are parked if the plan is full. A second call changes nothing.
 * Null if the link is invalid.
 */
export async function confirm(ctx: Ctx, token: string) {
  const person = await awaitedBy(ctx, token);
  if (!person?.is_waiting) return person;
  // Must come first, so rewards for joining are not held.
  await proveReview(ctx, person.id);
  if (person.is_joining) await setStatus(ctx, person, "active", { confirms: true });
  return { ...person, is_waiting: false };
}
