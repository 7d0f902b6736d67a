import { sql } from "drizzle-orm";
import type { Db } from "../../lib/db";

/** The operator's queries. They span all accounts. */

type Row = {
  member_id: number;
  email: string;
  name: string;
  is_verified: number;
  mails_today: number;
  mails: number;
  bounces: number;
  complaints: number;
  /** JSON. */
  domains: string;
  subjects: string;
  sending_paused_at: number | null;
  suspended_at: number | null;
};

const [DOMAINS, CAMPAIGNS] = [5, 5];

/** The members whose campaigns sent email since that day, highest volume first. */
export const sendersSince = (db: Db, sinceDay: string, today: string, limit: number) =>
  db.all<Row>(sql`SELECT d.*, m.email, m.name, m.is_verified, m.sending_paused_at, m.suspended_at,
      (SELECT json_group_array(json_object('domain', b.domain, 'proven', b.proven_at IS NOT NULL)) FROM (
        SELECT domain, proven_at FROM brands WHERE member_id = m.id ORDER BY id DESC LIMIT ${DOMAINS}) b) AS domains,
      (SELECT json_group_array(s.value) FROM (SELECT DISTINCT j.value FROM (
          SELECT json_array(campaign_entry_subject, reward_notify_subject, twoway_reward_notify_subject, admitted_notify_subject) AS subjects
          FROM campaigns WHERE member_id = m.id ORDER BY id DESC LIMIT ${CAMPAIGNS}) c CROSS JOIN json_each(c.subjects) j
        WHERE j.value IS NOT NULL AND j.value <> '') s) AS subjects
    FROM (SELECT member_id, sum(iif(day = ${today}, mails, 0)) AS mails_today, sum(mails) AS mails, sum(bounces) AS bounces,
        sum(complaints) AS complaints FROM mail_days WHERE day > ${sinceDay} GROUP BY member_id ORDER BY mails DESC LIMIT ${limit}) d
    CROSS JOIN members m ON m.id = d.member_id ORDER BY d.mails DESC`);
