import { and, desc, eq, ne, sql } from "drizzle-orm";
import { conversions, isRewardOf, mails, participants } from "../../../drizzle/schema";
import { ruleNumber } from "../../ledger/rewards/grant";
import type { Db } from "../../lib/db";

export type Facts = {
  campaign_name: string;
  brand_name: string;
  goal_type: "signup" | "visit";
  num_signups: number;
  num_visits: number | null;
  confirmation: "waiting" | "confirmed" | null;
  date_invited: number | null;
  status_changed: number | null;
  rank: number | null;
  inviter_id: number | null;
  inviter_name: string | null;
  inviter_email: string | null;
  first_id: number | null;
  first_name: string | null;
  first_email: string | null;
};

/** What the API does not return about a participant: their rank, their referrer, and the referrer's referrer. */
export const factsOf = (db: Db, memberId: number, id: number) =>
  db.all<Facts>(sql`SELECT c.name AS campaign_name, coalesce(b.name, b.domain) AS brand_name, c.goal_type, c.num_signups, c.num_visits, p.confirmation, p.date_invited,
      (SELECT e.date FROM events e WHERE e.campaign_id = p.campaign_id AND e.id = p.status_event) AS status_changed,
      iif(p.status = 'active' AND (p.referral_count > 0 OR p.click_count > 0), 1 + (SELECT coalesce(sum(s.participants), 0) FROM scores s
        WHERE s.campaign_id = p.campaign_id AND (s.referral_count, s.click_count) > (p.referral_count, p.click_count)), NULL) AS rank,
      r.id AS inviter_id, r.name AS inviter_name, r.email AS inviter_email,
      f.id AS first_id, f.name AS first_name, f.email AS first_email
    FROM participants p JOIN campaigns c ON c.id = p.campaign_id JOIN brands b ON b.id = c.brand_id
    LEFT JOIN participants r ON r.id = p.invited_by LEFT JOIN participants f ON f.id = r.invited_by
    WHERE p.id = ${id} AND p.member_id = ${memberId}`);

/** The friends that a participant referred, newest first. */
export const broughtBy = (db: Db, memberId: number, id: number, limit: number) =>
  db
    .select({
      id: participants.id,
      name: participants.name,
      email: participants.email,
      status: participants.status,
      referral_count: participants.referral_count,
      date_signedup: participants.date_signedup,
      date_invited: participants.date_invited,
    })
    .from(participants)
    .where(
      and(
        eq(participants.invited_by, id),
        sql`+${participants.member_id} = ${memberId}`,
        ne(participants.status, "erased"),
      ),
    )
    .orderBy(desc(participants.id))
    .limit(limit);

/** How many friends are checked for the latest conversion. */
const FRIENDS_LOOKED = 20;

/** The newest conversion of a participant or of one of their newest friends. */
export const latestConversion = (db: Db, memberId: number, id: number) =>
  db
    .select({
      id: conversions.id,
      campaign_id: conversions.campaign_id,
      participant_id: conversions.participant_id,
      outcome: conversions.outcome,
      decisions: conversions.decisions,
    })
    .from(conversions)
    .where(
      and(
        sql`${conversions.id} = (SELECT max((SELECT max(k.id) FROM conversions k WHERE k.participant_id = x.id)) FROM (
          SELECT ${id} AS id UNION ALL SELECT id FROM (
            SELECT f.id FROM participants f WHERE f.invited_by = ${id} ORDER BY f.id DESC LIMIT ${FRIENDS_LOOKED})) x)`,
        eq(conversions.member_id, memberId),
      ),
    );

export const mailsTo = (db: Db, memberId: number, id: number, limit: number) =>
  db
    .select({
      kind: mails.kind,
      status: mails.status,
      error: mails.error,
      held_for: mails.held_for,
      date_added: mails.date_added,
      date_sent: mails.date_sent,
    })
    .from(mails)
    .where(and(eq(mails.participant_id, id), sql`+${mails.member_id} = ${memberId}`))
    .orderBy(desc(mails.id))
    .limit(limit);

type Sent = {
  id: number;
  type: string;
  status: "pending" | "delivered" | "failed";
  webhook_id: number;
  link: string;
  tried_at: string | null;
};

const NUMBER = sql.raw(ruleNumber("w"));

/**
 * Deliveries about a participant's signup and rewards. Events have no index by participant, but the IDs of these events
 * are known.
 */
export const deliveriesAbout = (db: Db, memberId: number, id: number, limit: number) =>
  db.all<Sent>(sql`SELECT d.id, d.type, d.status, d.webhook_id, w.link, json_extract(d.attempts, '$[#-1].at') AS tried_at FROM webhooks w INDEXED BY webhooks_of_member
    CROSS JOIN (SELECT signup_event AS event FROM participants WHERE id = ${id} AND member_id = ${memberId}
      UNION ALL SELECT v.id FROM rewards w CROSS JOIN events v ON v.campaign_id = w.campaign_id AND v.reward_id = w.id
        AND v.id IN (w.earn_event || '_r' || ${NUMBER}, w.earn_event || '_r' || ${NUMBER} || '_' || w.participant_id)
        WHERE ${sql.raw(isRewardOf("w.id", String(id)))}) e
    CROSS JOIN deliveries d ON d.webhook_id = w.id AND d.event_id = e.event
    WHERE w.member_id = ${memberId} LIMIT ${limit}`);
