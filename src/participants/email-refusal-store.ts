import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../lib/db";

type Hashes = { recipient: string; mailbox: string };

/** Emails in test mode reach no mailbox, so no block stops them. */
const isTest = (memberId: number): SQL =>
  sql`EXISTS (SELECT 1 FROM members a WHERE a.id = ${memberId} AND a.test_of IS NOT NULL)`;

export const refusalOf = (db: Db, memberId: number, { recipient, mailbox }: Hashes, now: Date) =>
  db.all<{ refusal: "unsubscribed" | "unreachable" | null }>(sql`SELECT CASE
    WHEN EXISTS (SELECT 1 FROM suppressions s WHERE s.member_id = ${memberId} AND s.email_hash = ${recipient}) THEN 'unsubscribed'
    WHEN EXISTS (SELECT 1 FROM blocked_mailboxes b WHERE b.mailbox = ${mailbox} AND (b.until IS NULL OR b.until > ${now.getTime()}))
      AND NOT ${isTest(memberId)} THEN 'unreachable' END AS refusal`);
