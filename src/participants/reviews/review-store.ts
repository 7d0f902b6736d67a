import { type SQL, sql } from "drizzle-orm";
import { isKept, type ReviewReason, type ReviewRow, type reviewStates } from "../../../drizzle/schema";
import type { FraudMode } from "../../fraud/assess.ts";
import { IS_ASKED, reviewOf } from "../../ledger/records/review-id";
import { worthOf } from "../../ledger/rewards/cash";
import type { Db, Statement } from "../../lib/db";
import { offset } from "../../lib/page";
import type { ReviewQuery } from "./review-schema";

type State = (typeof reviewStates)[number];

/** A review with its participants and held rewards. */
export type ListedReview = Omit<
  ReviewRow,
  "reasons" | "date_opened" | "decides_at" | "date_decided" | "settles_at" | "is_holding"
> & {
  reasons: string;
  is_holding: 0 | 1;
  date_opened: number;
  decides_at: number | null;
  date_decided: number | null;
  settles_at: number | null;
  referrer_name: string | null;
  referrer_email: string | null;
  name: string | null;
  email: string | null;
  /** The referrer's own held rewards, then the friend's. */
  referrers_held: number;
  referrers_amount: number;
  held_rewards: number;
  held_amount: number;
  currency: string;
};

/** Rewards held for reviews, by participant. A referrer's are read only once, however many reviews they have. */
const HELD = sql.raw(`held AS MATERIALIZED (
    SELECT w.participant_id, count(*) AS n, coalesce(sum(${worthOf("w")}), 0) AS amount
    FROM (SELECT referrer_id AS id FROM found UNION SELECT participant_id FROM found) q
    CROSS JOIN rewards w INDEXED BY rewards_in_review ON w.participant_id = q.id
    WHERE w.in_review = 1 AND w.status = 'pending' GROUP BY w.participant_id)`);

const withPeople = (db: Db, found: SQL) =>
  db.all<ListedReview>(sql`WITH found AS MATERIALIZED (${found}), ${HELD}
    SELECT v.*, r.name AS referrer_name, r.email AS referrer_email, p.name, p.email, c.currency,
      coalesce(a.n, 0) AS referrers_held, coalesce(a.amount, 0) AS referrers_amount,
      coalesce(a.n, 0) + coalesce(b.n, 0) AS held_rewards, coalesce(a.amount, 0) + coalesce(b.amount, 0) AS held_amount
    FROM found v LEFT JOIN participants r ON r.id = v.referrer_id LEFT JOIN participants p ON p.id = v.participant_id
    LEFT JOIN campaigns c ON c.id = v.campaign_id LEFT JOIN held a ON a.participant_id = v.referrer_id
    LEFT JOIN held b ON b.participant_id = v.participant_id AND v.participant_id <> v.referrer_id ORDER BY v.id DESC`);

const matching = (memberId: number, { state = "open", campaign_id, referrer_id }: ReviewQuery) => {
  const rest = sql`AND v.state = ${state} AND ${isKept(sql`v.campaign_id`)}`;
  if (referrer_id !== undefined)
    return sql`reviews v INDEXED BY reviews_of_referrer WHERE v.referrer_id = ${referrer_id} AND +v.member_id = ${memberId}
      ${campaign_id === undefined ? sql`` : sql`AND +v.campaign_id = ${campaign_id}`} ${rest}`;
  return campaign_id === undefined
    ? sql`reviews v INDEXED BY reviews_of_member WHERE v.member_id = ${memberId} ${rest}`
    : sql`reviews v INDEXED BY reviews_of_campaign WHERE v.campaign_id = ${campaign_id} AND +v.member_id = ${memberId} ${rest}`;
};

/** A page of reviews, latest participants first. */
export const reviewsPage = (db: Db, memberId: number, query: ReviewQuery) =>
  withPeople(
    db,
    sql`SELECT v.* FROM ${matching(memberId, query)} ORDER BY v.id DESC LIMIT ${query.limit} OFFSET ${offset(query)}`,
  );

export const reviewCount = (db: Db, memberId: number, query: ReviewQuery, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 FROM ${matching(memberId, query)} LIMIT ${max})`,
  );

export const reviewById = (db: Db, memberId: number, id: number) =>
  withPeople(
    db,
    sql`SELECT v.* FROM reviews v WHERE v.id = ${id} AND v.member_id = ${memberId} AND ${isKept(sql`v.campaign_id`)}`,
  );

/** A referrer's reviews that a decision changes, oldest first. */
export const changeable = (db: Db, memberId: number, referrerId: number, state: State, now: Date, max: number) =>
  db.all<{
    id: number;
  }>(sql`SELECT v.id FROM reviews v INDEXED BY reviews_of_referrer WHERE v.referrer_id = ${referrerId} AND +v.member_id = ${memberId}
    AND ${mayBecome(state, now)} AND ${isKept(sql`v.campaign_id`)} ORDER BY v.id LIMIT ${max}`);

/** An open review can be decided. A decided one can be reopened until it is settled. */
const mayBecome = (state: State, now: Date) =>
  state === "open" ? sql`v.state IN ('approved', 'denied') AND v.settles_at > ${now.getTime()}` : sql`v.state = 'open'`;

type Change = { state: State; by: string; note: string | null; at: Date; settles_at: Date | null };

/**
 * `named` is the review that the person decided. Their referrer's other reviews follow only if it is now in that state.
 */
export const decide = (
  db: Db,
  memberId: number,
  id: number,
  { state, by, note, at, settles_at }: Change,
  named = id,
): Statement =>
  db.run(sql`UPDATE reviews AS v SET state = ${state}, date_decided = ${state === "open" ? null : at.getTime()}, by = ${by},
      note = coalesce(${note}, v.note), settles_at = ${settles_at?.getTime() ?? null},
      recounts_at = ${state === "open" ? at.getTime() : sql`v.recounts_at`}
    WHERE v.id = ${id} AND v.member_id = ${memberId} AND ${mayBecome(state, at)} AND ${isKept(sql`v.campaign_id`)}
      ${named === id ? sql`` : sql`AND EXISTS (SELECT 1 FROM reviews n WHERE n.id = ${named} AND n.state = ${state})`}`);

/** Whether this request put the review into its state. A condition for its event, after `decide`. */
export const isDecided = (id: number, { state, at }: Change) =>
  state === "open"
    ? sql`EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${id} AND v.state = 'open' AND v.recounts_at = ${at.getTime()})`
    : sql`EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${id} AND v.state = ${state} AND v.date_decided = ${at.getTime()})`;

/** Updates an open review after the friend it asked has confirmed their address. */
export const prove = (db: Db, id: number, { score, reasons }: { score: number; reasons: ReviewReason[] }): Statement =>
  db.run(sql`UPDATE reviews AS v SET proof = 'given', score = ${score}, reasons = ${JSON.stringify(reasons)}
    WHERE v.id = ${id} AND ${sql.raw(IS_ASKED)}`);

/** The review that asked a friend, with its campaign's setting. No row if it is already decided. */
export const askedOf = (db: Db, participantId: number) =>
  db.all<
    Pick<ReviewRow, "id" | "member_id" | "campaign_id" | "referrer_id"> & { reasons: string; fraud_mode: FraudMode }
  >(sql`SELECT v.id, v.member_id, v.campaign_id, v.referrer_id, v.reasons, c.fraud_mode FROM reviews v CROSS JOIN campaigns c ON c.id = v.campaign_id
    WHERE v.id = ${reviewOf(participantId)} AND ${sql.raw(IS_ASKED)}`);
