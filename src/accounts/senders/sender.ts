import { operatorsEntry } from "../../auth/audit/audit-entry";
import { isTrusted } from "../../campaigns/proof/trusted-domain";
import { letSend } from "../../campaigns/sending/quarantine";
import type { Ctx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { releaseHeld } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import type { Sender } from "./sender-schema";
import * as store from "./sender-store";

const [WINDOW_MS, SHOWN] = [7 * DAY_MS, 100];

/** The members who sent campaign email in the last seven days, highest volume first. For the operator. */
export async function senders(ctx: Ctx): Promise<Sender[]> {
  const now = ctx.now().getTime();
  const [rows] = await ctx.db.batch([store.sendersSince(ctx.db, utcDay(now - WINDOW_MS), utcDay(now), SHOWN)]);
  const date = (time: number | null) => (time === null ? null : new Date(time));
  return rows.map(({ domains, subjects, ...row }) => ({
    ...row,
    is_verified: row.is_verified === 1,
    domains: (JSON.parse(domains) as { domain: string; proven: number }[]).map(({ domain, proven }) => ({
      domain,
      is_proven: proven === 1 || isTrusted(ctx.env, domain),
    })),
    subjects: JSON.parse(subjects) as string[],
    sending_paused_at: date(row.sending_paused_at),
    suspended_at: date(row.suspended_at),
  }));
}

/**
 * Resumes a member's campaign email after a pause for bounces or complaints. For the operator.
 * @throws 404
 */
export async function resumeSending(ctx: Ctx, memberId: number) {
  const [[member], , , released] = await commit(
    ctx,
    ...letSend(ctx.db, memberId),
    operatorsEntry(ctx, memberId, "Resumed the account's email sending", "/account"),
    releaseHeld(ctx.db, memberId, ctx.now()),
  );
  if (!member) throw notFound("member");
  ctx.later(hintMails(ctx.env, idsOf(released)));
  return { member_id: member.id, sending_paused_at: null };
}
