import { seal } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import type { Db } from "../../lib/db";
import { type Env, secret } from "../../lib/env";
import { hintMails } from "./email-hint";
import type { MailKind } from "./email-store";
import * as store from "./email-store";

export type { MailKind } from "./email-store";

const DAY_MS = 86_400_000;
/** Of one kind to one person, asked for by whoever knows the address. */
const PER_DAY = 3;

/**
 * Mails for the transactions that cause them. Each answers the ids of its mails, for `hintMails` after the commit; without a hint
 * the sweep finds them a minute later.
 */
export const invitationMails = (ctx: Pick<Ctx, "db" | "origin">, participantId: number, emails: string[], now: Date) =>
  store.insertInvitationMails(ctx.db, participantId, emails, { origin: ctx.origin, now });

/** Tells the owners of webhooks that were disabled for failing, once. The sweep sends it. */
export const disabledWebhookMails = (db: Db, webhookIds: number[], origin: string, now: Date) =>
  store.insertForDisabled(db, webhookIds, origin, now);

/** For the transaction that makes a new member, or asks once more. */
export const verificationMail = (ctx: Ctx | MemberCtx, who: { id: number } | { email: string }) =>
  store.insertForMember(ctx.db, who, limited(ctx, "verify_member"));

/** Tests of a campaign's mails, to one person. */
const TESTS_PER_DAY = 20;

/** For the transaction that asks for a test of a mail of a campaign, to whoever asks. */
export const testMail = (ctx: MemberCtx, campaignId: number, personId: number, of: string) =>
  store.insertForTest(ctx.db, ctx.actor.memberId, campaignId, personId, {
    ...limited(ctx, "test"),
    of,
    max: TESTS_PER_DAY,
  });

/** For the transaction that changes a member's address: tells whoever reads the old one, which is handed over sealed. */
export const addressChangedMail = (ctx: MemberCtx, sealedAddress: string) =>
  store.insertForAddress(ctx.db, ctx.actor.memberId, sealedAddress, limited(ctx, "email_changed"));
export const sealedAddress = (env: Env, address: string) => seal(secret(env, "SEAL_SECRET"), address);

/** For the transaction that asks somebody into the account's team. */
export const teamInvitationMail = (ctx: MemberCtx, email: string, now: Date) =>
  store.insertForInvited(ctx.db, ctx.actor.memberId, email, { origin: ctx.origin, now });

/** How many were asked into the account's team within a day. */
export const teamInvitationsToday = (ctx: MemberCtx) =>
  store.countOfKind(ctx.db, ctx.actor.memberId, "team_invitation", new Date(ctx.now().getTime() - DAY_MS));

/** For the transaction in which an account goes, after it. */
export const forgetMailsOf = (ctx: MemberCtx) => store.forgetMember(ctx.db, ctx.actor.memberId);

/** Sends whoever has this address, if anybody has, a link to set a new password. */
export async function mailPasswordReset(ctx: Ctx, email: string): Promise<void> {
  const [written] = await ctx.db.batch([store.insertForMember(ctx.db, { email }, limited(ctx, "reset_password"))]);
  await hintMails(ctx.env, idsOf(written));
}

/** Sends a participant a mail of this kind that somebody asked for who says to be him: at most three a day. */
export async function mailParticipant(ctx: Ctx, kind: "magic_link" | "confirm", participantId: number): Promise<void> {
  const [written] = await ctx.db.batch([store.insertForParticipant(ctx.db, participantId, limited(ctx, kind))]);
  await hintMails(ctx.env, idsOf(written));
}

/** Notes that an address wants no more of a member's mail. */
export const noteUnwanted = (ctx: Ctx, memberId: number, emailHash: string) =>
  store.suppress(ctx.db, memberId, emailHash, ctx.now());

export const idsOf = (rows: { id: number }[]) => rows.map((row) => row.id);

function limited(ctx: Pick<Ctx, "now" | "origin" | "requestEvent">, kind: MailKind) {
  const now = ctx.now();
  const since = new Date(now.getTime() - DAY_MS);
  return { kind, origin: ctx.origin, now, since, max: PER_DAY, event: ctx.requestEvent };
}
