import { seal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { breaksNotNull, commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, notFound } from "../../lib/errors";
import type { Page, PageQuery } from "../../lib/page";
import { purgeFirst } from "../../upkeep/purge";
import { addressesOf } from "./dns";
import { readLink } from "./endpoint-url";
import { newSecret } from "./signature";
import type { NewSecret, NewWebhook, Webhook, WebhookChange, WebhookWithSecret } from "./webhook-schema";
import * as store from "./webhook-store";

/** Every signup inserts a row for each webhook that wants it. */
const MAX_PER_MEMBER = 500;
const TWO_SECRETS_MS = 24 * 3600_000;

/**
 * `askedAt` is the request's URL, which names a host of ours even if it is not the public one.
 * @throws 400 `bad_link`, 404 if the campaign is not the member's, 403 `webhook_limit`
 */
export async function createWebhook(ctx: MemberCtx, askedAt: string, input: NewWebhook): Promise<WebhookWithSecret> {
  await refuseBadLink(ctx, askedAt, input.link);
  const plain = newSecret();
  const row = { ...input, secret: await sealed(ctx, plain), date_added: ctx.now() };
  try {
    const [[webhook]] = await commit(ctx, store.insertWebhook(ctx.db, ctx.actor.memberId, row, MAX_PER_MEMBER));
    if (!webhook) throw new AppError("internal");
    return { ...webhook, secret: plain };
  } catch (error) {
    if (breaksNotNull(error, "webhooks.member_id")) throw notFound("campaign");
    if (breaksNotNull(error, "webhooks.link"))
      throw new AppError("webhook_limit", `The account already has ${MAX_PER_MEMBER} webhooks.`);
    throw error;
  }
}

/** @throws 404 if the webhook is not the member's */
export async function webhookOf(ctx: MemberCtx, id: number): Promise<Webhook> {
  const [[webhook]] = await ctx.db.batch([store.webhookById(ctx.db, ctx.actor.memberId, id)]);
  if (!webhook) throw notFound("webhook");
  return webhook;
}

export async function webhooks(ctx: MemberCtx, page: PageQuery): Promise<Page<Webhook>> {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.webhooksPage(ctx.db, memberId, page),
    store.webhookCount(ctx.db, memberId),
  ]);
  return { rows, total: counted?.total ?? 0 };
}

/** @throws 404 if the webhook or the campaign is not the member's, 400 `bad_link` */
export async function changeWebhook(
  ctx: MemberCtx,
  askedAt: string,
  id: number,
  change: WebhookChange,
): Promise<Webhook> {
  if (change.link !== undefined) await refuseBadLink(ctx, askedAt, change.link);
  const { memberId } = ctx.actor;
  const [[changed], [webhook]] = await commit(
    ctx,
    store.updateWebhook(ctx.db, memberId, id, change),
    store.webhookById(ctx.db, memberId, id),
  );
  if (!webhook) throw notFound("webhook");
  if (!changed) throw notFound("campaign");
  return webhook;
}

/** Deletes a webhook and its deliveries. @throws 404 if the webhook is not the member's */
export async function deleteWebhook(ctx: MemberCtx, id: number) {
  const [[deleted]] = await commit(ctx, store.deleteWebhook(ctx.db, ctx.actor.memberId, id), ...purgeFirst(ctx));
  if (!deleted) throw notFound("webhook");
  return { id, deleted: true as const };
}

/** The old secret also signs for one day. @throws 404, or 409 while an earlier one still signs */
export async function rotateSecret(ctx: MemberCtx, id: number): Promise<NewSecret> {
  const plain = newSecret();
  const now = ctx.now();
  const previous_secret_expires = new Date(now.getTime() + TWO_SECRETS_MS);
  const { memberId } = ctx.actor;
  const [[rotated], [webhook]] = await commit(
    ctx,
    store.rotateSecret(ctx.db, memberId, id, await sealed(ctx, plain), now, previous_secret_expires),
    store.webhookById(ctx.db, memberId, id),
  );
  if (!webhook) throw notFound("webhook");
  if (!rotated)
    throw new AppError("conflict", "The secret was rotated less than 24 hours ago; both secrets still sign.");
  return { secret: plain, previous_secret_expires };
}

const sealed = (ctx: MemberCtx, plain: string) => seal(secret(ctx.env, "SEAL_SECRET"), plain);

/** An unreachable resolver does not refuse the URL, because the host is resolved again before every attempt. */
async function refuseBadLink(ctx: MemberCtx, askedAt: string, text: string) {
  const link = readLink(ctx.env, text, [ctx.origin, askedAt]);
  if ("refused" in link) throw badLink(link.refused);
  if (!link.isLocal && (await addressesOf(ctx.env, link.url.hostname)) === "private")
    throw badLink("must resolve to public addresses only");
}

const badLink = (message: string) =>
  new AppError("bad_link", `The URL ${message}.`, { details: [{ path: "link", message }] });
