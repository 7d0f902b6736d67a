import { operatorsEntry } from "../../auth/audit/audit-entry";
import { COPIES_DROPPED_MAX, dropCampaignCopies } from "../../campaigns/copies";
import { imageCopy } from "../../campaigns/images/image";
import type { Ctx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { dropCached } from "../../lib/edge";
import { notFound } from "../../lib/errors";
import { releaseHeld } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import type { Suspension, SuspensionChange } from "./suspension-schema";
import * as store from "./suspension-store";

const IMAGES_DROPPED_MAX = 200;

/**
 * Suspends a member, or lifts the suspension. For the operator. From the next request on, nothing of the account works:
 * keys, sessions, widgets, pages, links, images, emails, and webhooks. Nothing is deleted.
 * @throws 404
 */
export const suspendMember = (ctx: Ctx, id: number, change: SuspensionChange): Promise<Applied> =>
  apply(ctx, id, { change, what: "member", id, said: "the account", path: "/account" });

/**
 * Suspends a brand with its campaigns, or lifts the suspension.
 * @throws 404
 */
export async function suspendBrand(ctx: Ctx, id: number, change: SuspensionChange): Promise<Applied> {
  const [[account]] = await ctx.db.batch([store.accountOfBrand(ctx.db, id)]);
  return apply(ctx, account?.member_id, { change, what: "brand", id, said: "a brand", path: `/brands/${id}` });
}

/**
 * Suspends an image, or lifts the suspension. Other data centers may serve cached copies for ten minutes.
 * @throws 404
 */
export async function suspendImage(ctx: Ctx, key: string, change: SuspensionChange): Promise<Applied> {
  const [[account]] = await ctx.db.batch([store.accountOfImage(ctx.db, key)]);
  return apply(ctx, account?.member_id, { change, what: "image", id: key, said: "an image", path: `/images/${key}` });
}

type Applied = Suspension & { member_id: number };
type Asked = {
  change: SuspensionChange;
  what: "member" | "brand" | "image";
  id: number | string;
  /** The name of the subject in the audit log, and its page there. */
  said: string;
  path: string;
};

async function apply(ctx: Ctx, memberId: number | undefined, asked: Asked): Promise<Applied> {
  const { change, what, id, said, path } = asked;
  const [[account]] = await ctx.db.batch([store.account(ctx.db, memberId ?? 0)]);
  if (memberId === undefined || !account) throw notFound(what);
  const { suspended, reason } = change;
  const now = ctx.now();
  const action = `${suspended ? "Suspended" : "Lifted the suspension of"} ${said}${suspended && reason ? `: ${reason}` : ""}`;
  const [[row], , , , released, campaigns, images] = await commit(
    ctx,
    store.suspend(ctx.db, what, id, { at: suspended ? now : null, reason }),
    store.carryOverToTwin(ctx.db, memberId),
    store.carryOver(ctx.db, memberId),
    operatorsEntry(ctx, memberId, action, path),
    releaseHeld(ctx.db, memberId, now),
    store.campaignsOf(ctx.db, memberId, COPIES_DROPPED_MAX),
    store.imagesOf(ctx.db, memberId, IMAGES_DROPPED_MAX),
  );
  if (!row) throw notFound(what);
  ctx.later(hintMails(ctx.env, idsOf(released)));
  const slugs = [...new Set(campaigns.map(({ slug }) => slug))];
  await dropCampaignCopies(ctx, idsOf(campaigns), ...slugs);
  await dropCached(
    ctx,
    images.map(({ key }) => imageCopy(key)),
  );
  return { ...row, suspended_at: row.suspended_at === null ? null : new Date(row.suspended_at) };
}
