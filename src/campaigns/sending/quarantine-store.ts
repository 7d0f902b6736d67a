import { eq, sql } from "drizzle-orm";
import { mailDays, members } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

type Limits = { mails: number; complaints: number; complaintShare: number; bounces: number; bounceShare: number };

/** Pauses the members whose emails have these provider IDs. Searches all accounts, for the queue. */
export const pauseSenders = (db: Db, providerIds: string[], sinceDay: string, now: Date, most: Limits): Statement =>
  db.run(sql`UPDATE members SET sending_paused_at = ${now.getTime()} WHERE sending_paused_at IS NULL
    AND id IN (SELECT m.member_id FROM json_each(${JSON.stringify(providerIds)}) j CROSS JOIN mails m ON m.provider_id = j.value)
    AND EXISTS (SELECT 1 FROM (SELECT sum(mails) AS mails, sum(bounces) AS bounces, sum(complaints) AS complaints
      FROM mail_days WHERE member_id = members.id AND day > ${sinceDay})
    WHERE mails >= ${most.mails} AND (
      (complaints >= ${most.complaints} AND complaints > ${most.complaintShare} * mails)
      OR (bounces >= ${most.bounces} AND bounces > ${most.bounceShare} * mails)))`);

/** Resumes a member's sending, for the operator. */
export const letSend = (db: Db, memberId: number) =>
  [
    db.update(members).set({ sending_paused_at: null }).where(eq(members.id, memberId)).returning({ id: members.id }),
    db.update(mailDays).set({ bounces: 0, complaints: 0 }).where(eq(mailDays.member_id, memberId)),
  ] as const;
