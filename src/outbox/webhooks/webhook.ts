import { seal, unseal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { breaksNotNull, breaksUnique, commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, notFound } from "../../lib/errors";
import type { Page, PageQuery } from "../../lib/page";
import { purgeFirst } from "../../upkeep/purge";
import { addressesOf } from "./dns";
import { type Link, readLink, targetOf } from "./endpoint-url";
import { newSecret } from "./signature";
import type { NewSecret, NewWebhook, Webhook, WebhookChange, WebhookWithSecret } from "./webhook-schema";
import * as store from "./webhook-store";

/**
 * Every signup inserts a row for each webhook that gets it, and one visitor must not flood someone's host. `perHost`
 * counts the webhooks of one scope, because an event matches the webhooks of one campaign and of the account.
 */
const LIMITS = { all: 500, unverified: 5, perHost: 25 };
/** Local endpoints exist only in development and belong to nobody else. */
const LOCAL_LIMITS = { all: 500, unverified: 500, perHost: 500 };
/** For this long after a rotation, the old secret also signs. */
export const TWO_SECRETS_MS = 24 * 3600_000;

/**
 * There is only one webhook with the same URL, scope, and events: creating it again enables and returns it with its
 * secret. `askedAt` is the request's URL: its host is ours, even if it is not the public one.
 * @throws 400 `bad_link`, 404 for another member's campaign, 403 `webhook_limit`
 */
export async function createWebhook(ctx: MemberCtx, askedAt: string, input: NewWebhook): Promise<WebhookWithSecret> {
  const link = await readableLink(ctx, askedAt, input.link);
  const { memberId } = ctx.actor;
  const limits = link.isLocal ? LOCAL_LIMITS : LIMITS;
  const row = {
    ...input,
    target: targetOf(link),
    is_unproven: !link.isLocal,
    secret: await sealed(ctx, newSecret()),
    date_added: ctx.now(),
  };
  try {
    const [, , [webhook]] = await commit(
      ctx,
      store.insertWebhook(ctx.db, memberId, row, link.url.origin, limits),
      store.enableSame(ctx.db, memberId, row),
      store.sameWebhook(ctx.db, memberId, row),
    );
    if (!webhook) throw new AppError("internal");
    return { ...webhook, secret: await unseal(secret(ctx.env, "SEAL_SECRET"), webhook.secret) };
  } catch (error) {
    if (breaksNotNull(error, "webhooks.member_id")) throw notFound("campaign");
    if (breaksNotNull(error, "webhooks.link")) throw await limitReached(ctx, limits);
    throw error;
  }
}

async function limitReached(ctx: MemberCtx, { all, unverified, perHost }: store.Limits) {
  const [[member]] = await ctx.db.batch([store.isVerifiedMember(ctx.db, ctx.actor.memberId)]);
  return new AppError(
    "webhook_limit",
    member?.is_verified
      ? `An account can have ${all} webhooks, and ${perHost} with the same host and campaign.`
      : `An account can have ${unverified} webhooks until its email address is verified. Open the link in the email we sent you.`,
  );
}

/** @throws 404 for another member's webhook */
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

/**
 * @throws 404 for another member's webhook or campaign, 400 `bad_link`, 409 if another webhook has the same URL, scope,
 * and events
 */
export async function changeWebhook(
  ctx: MemberCtx,
  askedAt: string,
  id: number,
  change: WebhookChange,
): Promise<Webhook> {
  const link = change.link === undefined ? null : await readableLink(ctx, askedAt, change.link);
  const { memberId } = ctx.actor;
  const [[changed], [webhook]] = await commit(
    ctx,
    store.updateWebhook(ctx.db, memberId, id, { ...change, ...(link && { target: targetOf(link) }) }),
    store.webhookById(ctx.db, memberId, id),
  ).catch((error) => {
    throw breaksUnique(error, "index 'webhooks_once'") ? new AppError("conflict", IS_THERE) : error;
  });
  if (!webhook) throw notFound("webhook");
  if (!changed) throw notFound("campaign");
  return webhook;
}

/** Deletes a webhook and its deliveries. @throws 404 for another member's webhook */
export async function deleteWebhook(ctx: MemberCtx, id: number) {
  const [[deleted]] = await commit(ctx, store.deleteWebhook(ctx.db, ctx.actor.memberId, id), ...purgeFirst(ctx));
  if (!deleted) throw notFound("webhook");
  return { id, deleted: true as const };
}

/** The old secret also signs for one day. @throws 404, 409 while an earlier one still signs */
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
    throw new AppError(
      "conflict",
      "The secret was rotated less than 24 hours ago, and both secrets still sign. End the old one first.",
    );
  return { secret: plain, previous_secret_expires };
}

/** Ends the old secret's grace period, in case it has leaked. @throws 404 */
export async function endPreviousSecret(ctx: MemberCtx, id: number): Promise<Webhook> {
  const { memberId } = ctx.actor;
  const [, [webhook]] = await commit(
    ctx,
    store.endPreviousSecret(ctx.db, memberId, id),
    store.webhookById(ctx.db, memberId, id),
  );
  if (!webhook) throw notFound("webhook");
  return webhook;
}

const IS_THERE = "Another webhook of this account has the same URL, campaign, and events.";

const sealed = (ctx: MemberCtx, plain: string) => seal(secret(ctx.env, "SEAL_SECRET"), plain);

/**
 * An endpoint's URL, if we deliver to it. We accept it if the resolver is unreachable, because the host is resolved
 * again before every attempt.
 * @throws 400 `bad_link`
 */
export async function readableLink(ctx: MemberCtx, askedAt: string, text: string): Promise<Link> {
  const link = readLink(ctx.env, text, [ctx.origin, askedAt]);
  if ("refused" in link) throw badLink(link.refused);
  if (!link.isLocal && (await addressesOf(ctx.env, link.url.hostname)) === "private")
    throw badLink("must resolve to public addresses only");
  return link;
}

const badLink = (message: string) =>
  new AppError("bad_link", `The URL ${message}.`, { details: [{ path: "link", message }] });
