import type { MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import { createWebhook } from "../webhooks/webhook";
import type { Contact, ContactQuery, NewHook, ZapierAccount } from "./zapier-schema";
import * as store from "./zapier-store";

/** The account that the credential belongs to. */
export async function account(ctx: MemberCtx): Promise<ZapierAccount> {
  const [[member]] = await ctx.db.batch([store.memberById(ctx.db, ctx.actor.memberId)]);
  if (!member) throw new AppError("unauthenticated");
  return { authenticated: true, member };
}

/** The response of the polling trigger: participants by ID, newest first. @throws 404 for another member's campaign */
export async function contacts(ctx: MemberCtx, { campaign_id, ...page }: ContactQuery): Promise<Contact[]> {
  const { memberId } = ctx.actor;
  const people = store.contactsPage(ctx.db, memberId, campaign_id, page);
  if (campaign_id == null) return (await ctx.db.batch([people]))[0];
  const [[campaign], rows] = await ctx.db.batch([store.campaignOfMember(ctx.db, memberId, campaign_id), people]);
  if (!campaign) throw notFound("campaign");
  return rows;
}

/** A REST hook subscription is a webhook for one event type. @throws 400 `bad_link`, 404, 403 `webhook_limit` */
export const subscribe = (ctx: MemberCtx, askedAt: string, { hookUrl, campaign_id, event }: NewHook) =>
  createWebhook(ctx, askedAt, {
    link: hookUrl,
    campaign_id: campaign_id ?? null,
    events: [event ?? "participant.signup"],
    message: "Zapier",
  });
