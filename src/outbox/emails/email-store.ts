import { and, eq, type SQL, sql } from "drizzle-orm";
import { type MailKind, mailDays, mails } from "../../../drizzle/schema";
import { listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";

export type { MailKind } from "../../../drizzle/schema";

/** Does nothing for recipients who are already suppressed. */
export const suppress = (db: Db, memberId: number, emailHashes: string[], now: Date): Statement =>
  db.run(sql`INSERT INTO suppressions (member_id, email_hash, date)
    SELECT ${memberId}, j.value, ${now.getTime()} FROM json_each(${JSON.stringify(emailHashes)}) j WHERE TRUE
    ON CONFLICT (member_id, email_hash) DO NOTHING`);

type New = { kind: MailKind; origin: string; now: Date };
type Limited = New & { event: string; since: Date; max: number };

/** Emails for the invitations that this participant sent at this time. */
export const insertInvitationMails = (
  db: Db,
  participantId: number,
  emails: string[],
  { origin, now }: Omit<New, "kind">,
) =>
  db.all<{
    id: number;
  }>(sql`INSERT INTO mails (cause, kind, member_id, campaign_id, participant_id, invitation_id, origin, next_attempt_at, date_added)
    SELECT 'invitation:' || i.id, 'invitation', p.member_id, p.campaign_id, p.id, i.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM json_each(${JSON.stringify(emails)}) j CROSS JOIN invitations i ON i.participant_id = ${participantId} AND i.email = j.value
    CROSS JOIN participants p ON p.id = i.participant_id
    WHERE i.date_invited = ${now.getTime()} ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** An email to an active or pending participant, if fewer than `max` of its kind were added since `since`. */
export const insertForParticipant = (
  db: Db,
  participantId: number,
  { kind, origin, now, event, since, max }: Limited,
) =>
  db.all<{
    id: number;
  }>(sql`INSERT INTO mails (cause, kind, member_id, campaign_id, participant_id, origin, next_attempt_at, date_added)
    SELECT ${`${kind}:${event}`}, ${kind}, p.member_id, p.campaign_id, p.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM participants p WHERE p.id = ${participantId} AND p.status IN ('active', 'pending') AND (
      SELECT count(*) FROM mails m WHERE m.participant_id = p.id AND +m.kind = ${kind} AND m.date_added > ${since.getTime()}) < ${max}
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** Asks each participant once where to send their tokens. */
export const insertWalletQuestions = (db: Db, participantIds: number[], origin: string, now: Date) =>
  db.all<{
    id: number;
  }>(sql`INSERT INTO mails (cause, kind, member_id, campaign_id, participant_id, origin, next_attempt_at, date_added)
    SELECT 'wallet:' || p.id || '.' || p.date_signedup, 'wallet', p.member_id, p.campaign_id, p.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM participants p WHERE p.id IN ${listed(participantIds)} AND p.status = 'active' AND p.wallet_address IS NULL
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** An email to a member, if fewer than `max` of its kind were added since `since`. */
export const insertForMember = (
  db: Db,
  who: { id: number } | { email: string },
  { kind, origin, now, event, since, max }: Limited,
) =>
  db.all<{ id: number }>(sql`INSERT INTO mails (cause, kind, member_id, origin, next_attempt_at, date_added)
    SELECT ${`${kind}:${event}`}, ${kind}, a.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM members a WHERE ${"id" in who ? sql`a.id = ${who.id}` : sql`a.email = ${who.email} AND a.test_of IS NULL`} AND (
      SELECT count(*) FROM mails m WHERE m.member_id = a.id AND m.kind = ${kind} AND m.date_added > ${since.getTime()} AND m.participant_id IS NULL) < ${max}
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** A condition of a statement, provided by another store. */
export type Condition = SQL;

/** An email to a verified member, if fewer than `max` of its kind were added since `since`. */
export const insertNotice = (
  db: Db,
  memberId: number,
  { kind, origin, now, event, since, max, detail, when = sql`TRUE` }: Limited & { detail: string; when?: Condition },
) =>
  db.all<{ id: number }>(sql`INSERT INTO mails (cause, kind, member_id, detail, origin, next_attempt_at, date_added)
    SELECT ${`${kind}:${detail}:${event}`}, ${kind}, a.id, ${detail}, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM members a WHERE a.id = ${memberId} AND a.is_verified AND ${when} AND (
      SELECT count(*) FROM mails m WHERE m.member_id = a.id AND m.kind = ${kind} AND m.date_added > ${since.getTime()} AND m.participant_id IS NULL) < ${max}
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/**
 * A test email to a person's own verified email, about a campaign of their current account, if fewer than `max` were
 * added since `since`.
 */
export const insertForTest = (
  db: Db,
  memberId: number,
  campaignId: number,
  personId: number,
  { of, origin, now, event, since, max }: Omit<Limited, "kind"> & { of: string },
) =>
  db.all<{
    id: number;
  }>(sql`INSERT INTO mails (cause, kind, member_id, campaign_id, origin, next_attempt_at, date_added)
    SELECT ${`test:${of}:${event}`}, 'test', a.id, c.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM members a CROSS JOIN campaigns c
    WHERE a.id = ${personId} AND a.is_verified AND c.id = ${campaignId} AND c.member_id = ${memberId} AND (
      SELECT count(*) FROM mails m WHERE m.member_id = a.id AND m.kind = 'test' AND m.date_added > ${since.getTime()} AND m.participant_id IS NULL) < ${max}
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** An email to a member's previous address. `address` is encrypted. */
export const insertForAddress = (
  db: Db,
  memberId: number,
  address: string,
  { kind, origin, now, event }: New & { event: string },
) =>
  db.all<{ id: number }>(sql`INSERT INTO mails (cause, kind, member_id, address, origin, next_attempt_at, date_added)
    SELECT ${`${kind}:${event}`}, ${kind}, id, ${address}, ${origin}, ${now.getTime()}, ${now.getTime()} FROM members WHERE id = ${memberId}
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** An email to someone who was just invited to a member's team. */
export const insertForInvited = (db: Db, memberId: number, email: string, { origin, now }: Omit<New, "kind">) =>
  db.all<{
    id: number;
  }>(sql`INSERT INTO mails (cause, kind, member_id, invitation_id, origin, next_attempt_at, date_added)
    SELECT 'team_invitation:' || i.id || ':' || i.date_invited, 'team_invitation', i.account_id, i.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM team_invitations i WHERE i.account_id = ${memberId} AND i.email = ${email} AND i.date_invited = ${now.getTime()}
    ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** The number of emails of a kind that a member triggered since `since`. */
export const countOfKind = (db: Db, memberId: number, kind: MailKind, since: Date) =>
  db
    .select({ total: sql<number>`count(*)`.as("total") })
    .from(mails)
    .where(
      and(
        eq(mails.member_id, memberId),
        eq(mails.kind, kind),
        sql`${mails.date_added} > ${since.getTime()} AND ${mails.participant_id} IS NULL`,
      ),
    );

/** The results of a member's campaign emails from that day (YYYY-MM-DD) on. Kept for 30 days. */
export const recordOf = (db: Db, memberId: number, fromDay: string) =>
  db
    .select({
      mails: sql<number>`coalesce(sum(mails), 0)`.as("mails"),
      bounces: sql<number>`coalesce(sum(bounces), 0)`.as("bounces"),
      complaints: sql<number>`coalesce(sum(complaints), 0)`.as("complaints"),
    })
    .from(mailDays)
    .where(and(eq(mailDays.member_id, memberId), sql`${mailDays.day} >= ${fromDay}`));

/** Deletes a deleted account's own emails. The purge deletes the rest. */
export const forgetMember = (db: Db, memberId: number): [Statement, Statement] => {
  const isGone = sql`NOT EXISTS (SELECT 1 FROM members WHERE id = ${memberId})`;
  return [
    db.run(sql`DELETE FROM mails WHERE member_id = ${memberId} AND participant_id IS NULL AND ${isGone}`),
    db.delete(mailDays).where(and(eq(mailDays.member_id, memberId), isGone)),
  ];
};

/**
 * Emails to the owners of webhooks that were disabled for failing or for replying with 410. One email per failing
 * period.
 */
export const insertForDisabled = (db: Db, webhookIds: number[], origin: string, now: Date): Statement =>
  db.run(sql`INSERT INTO mails (cause, kind, member_id, webhook_id, origin, next_attempt_at, date_added)
    SELECT 'webhook_disabled:' || w.id || ':' || w.failing_since, 'webhook_disabled', w.member_id, w.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM json_each(${JSON.stringify(webhookIds)}) j CROSS JOIN webhooks w ON w.id = j.value
    WHERE w.status = 'disabled' AND w.disabled_reason IN ('failing', 'gone') AND w.failing_since IS NOT NULL
    ON CONFLICT (cause) DO NOTHING`);

/** An email to the owner of a brand whose domain is no longer verified. Its cause contains the brand, for the link. */
export const insertForLostDomain = (
  db: Db,
  { id, domain }: { id: number; domain: string },
  origin: string,
  now: Date,
): Statement =>
  db.run(sql`INSERT INTO mails (cause, kind, member_id, detail, origin, next_attempt_at, date_added)
    SELECT 'domain_unproven:' || b.id || ':' || ${now.getTime()}, 'domain_unproven', b.member_id, b.domain, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM brands b WHERE b.id = ${id} AND b.domain = ${domain} AND b.proven_at IS NULL
    ON CONFLICT (cause) DO NOTHING`);

/**
 * Makes up to `max` of a member's held emails due, oldest first. The next round holds those that still may not be sent.
 */
export const releaseHeld = (db: Db, memberId: number, now: Date, max: number) =>
  db.all<{
    id: number;
  }>(sql`UPDATE mails SET held_for = NULL, next_attempt_at = ${now.getTime()}, hinted_until = NULL WHERE id IN (
    SELECT id FROM mails WHERE member_id = ${memberId} AND held_for IS NOT NULL ORDER BY id LIMIT ${max}) AND status = 'pending' RETURNING id`);
