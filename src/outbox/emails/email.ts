import { seal } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import type { Db } from "../../lib/db";
import { type Env, secret } from "../../lib/env";
import { idsOf } from "../queue";
import { hintMails } from "./email-outbox";
import type { MailKind } from "./email-store";
import * as store from "./email-store";

export type { MailKind } from "./email-store";

/** The daily limit of one kind of email to one person. Anyone who knows the email can request them. */
const PER_DAY = 3;

/**
 * Statements for the transactions that trigger emails. They return the emails' IDs, for `hintMails` after the commit.
 * Without a hint, the sweep finds the emails within a minute.
 */
export const invitationMails = (ctx: Pick<Ctx, "db" | "origin">, participantId: number, emails: string[], now: Date) =>
  store.insertInvitationMails(ctx.db, participantId, emails, { origin: ctx.origin, now });

/**
 * Notifies the owners of webhooks that were disabled for failing or for replying with 410, once. The sweep sends the
 * emails.
 */
export const disabledWebhookMails = (db: Db, webhookIds: number[], origin: string, now: Date) =>
  store.insertForDisabled(db, webhookIds, origin, now);

/** Belongs in the transaction that ends a brand's domain verification. The sweep sends the email. */
export const lostDomainMail = store.insertForLostDomain;

/** The number of held emails that one change releases immediately. The others are checked again within hours. */
const RELEASED_MAX = 1000;

/** Belongs in a transaction that may resolve the reason why a member's emails are on hold. Returns the emails' IDs. */
export const releaseHeld = (db: Db, memberId: number, now: Date) => store.releaseHeld(db, memberId, now, RELEASED_MAX);

/** Belongs in the transaction that creates a member or requests another verification email. */
export const verificationMail = (ctx: Ctx | MemberCtx, who: { id: number } | { email: string }) =>
  store.insertForMember(ctx.db, who, limited(ctx, "verify_member"));

/** The daily limit of a campaign's test emails per person. */
const TESTS_PER_DAY = 20;

/** Belongs in the transaction that requests a test email. Sends it to the person who requests it. */
export const testMail = (ctx: MemberCtx, campaignId: number, personId: number, of: string) =>
  store.insertForTest(ctx.db, ctx.actor.memberId, campaignId, personId, {
    ...limited(ctx, "test"),
    of,
    max: TESTS_PER_DAY,
  });

/** Belongs in the transaction that changes a member's email. Notifies the old one, which is passed encrypted. */
export const addressChangedMail = (ctx: MemberCtx, sealedAddress: string) =>
  store.insertForAddress(ctx.db, ctx.actor.memberId, sealedAddress, limited(ctx, "email_changed"));
export const sealedAddress = (env: Env, address: string) => seal(secret(env, "SEAL_SECRET"), address);

/**
 * Belongs in the transaction of a change that the member should know about, in case they did not make it. Only verified
 * addresses get notices, up to three of a kind per day. `when` is a condition that sees the effect of the statements
 * before it.
 */
export const memberNotice = (
  ctx: Ctx | MemberCtx,
  kind: NoticeKind,
  memberId: number,
  detail: string,
  when?: store.Condition,
) => store.insertNotice(ctx.db, memberId, { ...limited(ctx, kind), detail, when });

type NoticeKind = Extract<MailKind, "password_changed" | "key_created" | "second_factor_changed" | "new_sign_in">;

/** Belongs in the transaction that invites someone to the account's team. */
export const teamInvitationMail = (ctx: MemberCtx, email: string, now: Date) =>
  store.insertForInvited(ctx.db, ctx.actor.memberId, email, { origin: ctx.origin, now });

/** The number of team invitations sent in the last day. */
export const teamInvitationsToday = (ctx: MemberCtx) =>
  store.countOfKind(ctx.db, ctx.actor.memberId, "team_invitation", new Date(ctx.now().getTime() - DAY_MS));

/**
 * The query for the number of emails that a member's campaigns sent since then, with their bounces and complaints, as
 * one row. Kept for 30 days.
 */
export const emailRecord = (db: Db, memberId: number, since: Date) => store.recordOf(db, memberId, utcDay(since));

/** Belongs at the end of the transaction that deletes an account. */
export const forgetMailsOf = (ctx: MemberCtx) => store.forgetMember(ctx.db, ctx.actor.memberId);

/** Sends a link to set a new password, if a member has this email. */
export async function mailPasswordReset(ctx: Ctx, email: string): Promise<void> {
  const [written] = await ctx.db.batch([store.insertForMember(ctx.db, { email }, limited(ctx, "reset_password"))]);
  await hintMails(ctx.env, idsOf(written));
}

/**
 * Sends a participant an email that someone requested for their address: up to three of its kind per day.
 * @returns false if they had three
 */
export async function mailParticipant(ctx: Ctx, kind: "magic_link" | "confirm", participantId: number) {
  const [written] = await ctx.db.batch([store.insertForParticipant(ctx.db, participantId, limited(ctx, kind))]);
  const ids = idsOf(written);
  await hintMails(ctx.env, ids);
  return ids.length > 0;
}

/** Asks each participant by email, once, where to send the tokens that they earned. */
export async function mailWalletQuestions(
  ctx: Pick<Ctx, "db" | "env" | "now">,
  participantIds: number[],
): Promise<void> {
  if (participantIds.length === 0) return;
  const origin = ctx.env.PUBLIC_URL ?? "";
  const [written] = await ctx.db.batch([store.insertWalletQuestions(ctx.db, participantIds, origin, ctx.now())]);
  await hintMails(ctx.env, idsOf(written));
}

/** Records recipients who do not want a member's emails: they unsubscribed, or the member reported it. */
export const noteUnwanted = (ctx: Pick<Ctx, "db" | "now">, memberId: number, emailHashes: string[]) =>
  store.suppress(ctx.db, memberId, emailHashes, ctx.now());

function limited(ctx: Pick<Ctx, "now" | "origin" | "requestEvent">, kind: MailKind) {
  const now = ctx.now();
  const since = new Date(now.getTime() - DAY_MS);
  return { kind, origin: ctx.origin, now, since, max: PER_DAY, event: ctx.requestEvent };
}
