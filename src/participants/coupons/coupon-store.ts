import { and, asc, desc, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import {
  campaignStats,
  campaigns,
  coupons,
  couponUploads,
  members,
  ownCampaign,
  ownerOfReward,
  participants,
} from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import type { Source } from "../../lib/updates-store";
import { codeKey } from "./code-list";
import type { CouponFilter, CouponQuery, CouponStatus } from "./coupon-schema";

/** The pool's totals, the head of its tape, and the account's time zone. No row for another member's campaign. */
export const poolOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      total: campaignStats.coupons_total,
      available: campaignStats.coupons_available,
      expired: campaignStats.coupons_expired,
      head: campaignStats.last_coupon_id,
      zone: members.time_zone,
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .innerJoin(members, eq(members.id, campaigns.member_id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** The participant who has the code. */
const OWNER = sql.raw(ownerOfReward("coupons.reward_id"));

const headOfTape = (memberId: number, campaignId: number) =>
  sql`(SELECT s.last_coupon_id FROM campaign_stats s JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.campaign_id = ${campaignId} AND c.member_id = ${memberId})`;

/** Newest first, or oldest first after an ID. */
export function couponsPage(db: Db, memberId: number, campaignId: number, query: CouponQuery, now: Date) {
  const head = headOfTape(memberId, campaignId);
  const side = sideOf(head, now);
  return selectCoupons(db, head, now)
    .where(
      and(
        eq(coupons.campaign_id, campaignId),
        query.status ? side[query.status] : undefined,
        query.after === undefined ? undefined : gt(coupons.id, query.after),
      ),
    )
    .orderBy(query.after === undefined ? desc(coupons.id) : asc(coupons.id))
    .limit(query.limit)
    .offset(offset(query));
}

/** The source of codes for `updated_since`. */
export const sourceOf = (memberId: number, campaignId: number): Source => ({
  list: "coupons",
  owner: ownCampaign(memberId, campaignId),
});

/** The codes on a page of `updated_since`. */
export function updatedCoupons(db: Db, memberId: number, campaignId: number, query: CouponQuery, now: Date, rows: SQL) {
  const head = headOfTape(memberId, campaignId);
  return selectCoupons(db, head, now)
    .innerJoin(sql`${rows} f`, sql`f.id = ${coupons.id} AND f.counts`)
    .where(
      and(sql`+${coupons.campaign_id} = ${campaignId}`, query.status ? sideOf(head, now)[query.status] : undefined),
    )
    .orderBy(sql`f.stream, f.at, f.id`)
    .limit(query.limit);
}

/**
 * Whether a code expired before it was assigned. A moment later, the ledger removes it from the count and sets
 * `date_expired`.
 */
const hasExpired = (now: Date) =>
  sql`(coupons.reward_id IS NULL AND (coupons.date_expired IS NOT NULL OR coalesce(coupons.valid_until < ${now.getTime()}, 0)))`;

/** Codes above the head of the tape are available. It skips expired ones. */
const statusOf = (head: SQL, now: Date) =>
  sql<CouponStatus>`iif(${hasExpired(now)}, 'expired', iif(${coupons.id} > ${head}, 'available', 'assigned'))`.as(
    "status",
  );

const sideOf = (head: SQL, now: Date) => ({
  available: and(sql`coupons.date_expired IS NULL`, gt(coupons.id, head), sql`NOT ${hasExpired(now)}`),
  assigned: and(sql`coupons.date_expired IS NULL`, lte(coupons.id, head), sql`NOT ${hasExpired(now)}`),
  expired: sql`coupons.date_expired IS NOT NULL`,
});

const selectCoupons = (db: Db, head: SQL, now: Date) =>
  db
    .select({
      id: coupons.id,
      code: coupons.code,
      status: statusOf(head, now),
      participant_id: sql<number | null>`${OWNER}`.as("participant_id"),
      date_assigned: coupons.date_assigned,
      valid_until: coupons.valid_until,
    })
    .from(coupons);

/** Like `couponsPage`, with each code's participant. A single code is found by its index, ignoring case. */
export function listedCoupons(
  db: Db,
  memberId: number,
  campaignId: number,
  { code, ...query }: CouponFilter,
  now: Date,
) {
  const head = headOfTape(memberId, campaignId);
  const side = sideOf(head, now);
  const onPage = db
    .select({ id: coupons.id })
    .from(coupons)
    .where(
      and(
        eq(coupons.campaign_id, campaignId),
        sql`${head} IS NOT NULL`,
        code === undefined ? undefined : eq(coupons.code_key, codeKey(code)),
        query.status ? side[query.status] : undefined,
      ),
    )
    .orderBy(desc(coupons.id))
    .limit(query.limit)
    .offset(offset(query));
  return db
    .select({
      id: sql<number>`${coupons.id}`.as("id"),
      code: sql<string>`${coupons.code}`.as("code"),
      status: statusOf(head, now),
      participant_id: sql<number | null>`${OWNER}`.as("participant_id"),
      name: sql<string | null>`${participants.name}`.as("name"),
      email: sql<string | null>`${participants.email}`.as("email"),
      date_assigned: sql<Date | null>`${coupons.date_assigned}`.mapWith(coupons.date_assigned).as("date_assigned"),
      last_day: sql<string | null>`${coupons.last_day}`.as("last_day"),
      valid_until: sql<Date | null>`${coupons.valid_until}`.mapWith(coupons.valid_until).as("valid_until"),
    })
    .from(coupons)
    .leftJoin(participants, sql`${participants.id} = ${OWNER}`)
    .where(sql`${coupons.id} IN ${onPage}`)
    .orderBy(desc(coupons.id));
}

/**
 * How many of the last `max` assigned codes were assigned after `since`, when the first of these was, and when the
 * campaign was created. Codes are assigned by ID, so the latest ones are just below the head of the tape.
 */
export const givenLately = (db: Db, memberId: number, campaignId: number, since: Date, max: number) =>
  db.all<{ given: number; first: number | null; date_added: number }>(sql`SELECT count(l.date_assigned) AS given,
    min(l.date_assigned) AS first, (SELECT date_added FROM campaigns WHERE id = ${campaignId}) AS date_added
    FROM (SELECT date_assigned FROM coupons INDEXED BY coupons_tape
      WHERE campaign_id = ${campaignId} AND date_expired IS NULL AND id <= ${headOfTape(memberId, campaignId)} ORDER BY id DESC LIMIT ${max}) l
    WHERE l.date_assigned > ${since.getTime()}`);

export const couponOf = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .select({ id: coupons.id })
    .from(coupons)
    .where(and(eq(coupons.id, id), eq(coupons.campaign_id, sql`${ownCampaign(memberId, campaignId)}`)));

/** How many of these codes, in normalized form, the campaign has. */
export const knownCodes = (db: Db, memberId: number, campaignId: number, keys: string[]) =>
  db.all<{ n: number }>(sql`SELECT count(*) AS n FROM json_each(${JSON.stringify(keys)}) j
    CROSS JOIN coupons k ON k.campaign_id = ${ownCampaign(memberId, campaignId)} AND k.code_key = j.value`);

const UPLOADS_SHOWN = 20;

/** The last uploads that added codes, newest first. */
export const uploadsOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      id: couponUploads.id,
      name: couponUploads.name,
      added: couponUploads.added,
      date_added: couponUploads.date_added,
    })
    .from(couponUploads)
    .where(and(eq(couponUploads.campaign_id, sql`${ownCampaign(memberId, campaignId)}`), gt(couponUploads.added, 0)))
    .orderBy(desc(couponUploads.id))
    .limit(UPLOADS_SHOWN);

export const uploadOf = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .select({ id: couponUploads.id })
    .from(couponUploads)
    .where(and(eq(couponUploads.id, id), eq(couponUploads.campaign_id, sql`${ownCampaign(memberId, campaignId)}`)));
