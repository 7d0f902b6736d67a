import { sql } from "drizzle-orm";
import type { Db, Statement } from "../../lib/db";

export type Nudged = {
  id: number;
  member_id: number;
  reminds: 0 | 1;
  recaps: 0 | 1;
  reminded_to: number;
  recapped_to: number | null;
  recapped_in: string | null;
};

/** Campaigns that are due. Searches all accounts. */
export const due = (db: Db, now: Date, most: number) =>
  db.all<Nudged>(sql`SELECT id, member_id, instr(friend_emails, '"reminder"') > 0 AS reminds, instr(friend_emails, '"recap"') > 0 AS recaps,
    reminded_to, recapped_to, recapped_in
    FROM campaigns WHERE nudge_at IS NOT NULL AND nudge_at <= ${now.getTime()} ORDER BY nudge_at LIMIT ${most}`);

type Ages = { from: Date; to: Date };

/** The next participants who are due for a reminder, by ID, and whether they should get one. */
export const toRemind = (db: Db, campaignId: number, after: number, { from, to }: Ages, most: number) =>
  db.all<{
    id: number;
    is_idle: 0 | 1;
  }>(sql`SELECT id, status = 'active' AND is_visitor AND share_count = 0 AND referral_count = 0
      AND date_signedup > ${from.getTime()} AS is_idle FROM participants
    WHERE campaign_id = ${campaignId} AND id > ${after} AND date_signedup <= ${to.getTime()} ORDER BY id LIMIT ${most}`);

/** The next participants of the campaign, by ID, and their credited referrers. */
export const joinedAfter = (db: Db, campaignId: number, after: number, most: number) =>
  db.all<{
    id: number;
    inviter: number | null;
  }>(sql`SELECT id, iif(credit_event IS NULL OR status <> 'active', NULL, invited_by) AS inviter
    FROM participants WHERE campaign_id = ${campaignId} AND id > ${after} ORDER BY id LIMIT ${most}`);

export const lastOf = (db: Db, campaignId: number) =>
  db.all<{ id: number }>(sql`SELECT coalesce(max(id), 0) AS id FROM participants WHERE campaign_id = ${campaignId}`);

type Batch = { kind: "reminder" | "recap"; mark: string; origin: string; now: Date };

/**
 * Adds one email for each of these participants who is active. `mark` distinguishes it from earlier emails of its kind.
 */
export const insertNudges = (
  db: Db,
  campaignId: number,
  ids: number[],
  { kind, mark, origin, now }: Batch,
): Statement =>
  db.run(sql`INSERT INTO mails (cause, kind, member_id, campaign_id, participant_id, origin, next_attempt_at, date_added)
    SELECT ${`${kind}:`} || p.id || ${mark}, ${kind}, p.member_id, p.campaign_id, p.id, ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM json_each(${JSON.stringify(ids)}) j CROSS JOIN participants p ON p.id = j.value AND p.campaign_id = ${campaignId} AND p.status = 'active'
    WHERE TRUE ON CONFLICT (cause) DO NOTHING`);

type Progress = { nudge_at: Date; reminded_to: number; recapped_to: number | null; recapped_in: string | null };

/** Records the job's progress. A campaign that was turned off in the meantime stays off. */
export const noteProgress = (db: Db, campaignId: number, at: Progress): Statement =>
  db.run(sql`UPDATE campaigns SET nudge_at = iif(nudge_at IS NULL, NULL, ${at.nudge_at.getTime()}), reminded_to = ${at.reminded_to},
    recapped_to = ${at.recapped_to}, recapped_in = ${at.recapped_in} WHERE id = ${campaignId}`);
