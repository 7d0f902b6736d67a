import { and, asc, desc, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import {
  campaignStats,
  campaigns,
  coupons,
  couponUploads,
  ownCampaign,
  ownerOfReward,
  participants,
} from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import type { Source } from "../../lib/updates-store";
import { codeKey } from "./code-list";
import type { CouponFilter, CouponQuery } from "./coupon-schema";

/** The pool's totals and the head of its tape. No row if the campaign is not the member's. */
export const poolOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      total: campaignStats.coupons_total,
      available: campaignStats.coupons_available,
      head: campaignStats.last_coupon_id,
    })
    .from(campaigns)
    .innerJoin(campaignStats, eq(campaignStats.campaign_id, campaigns.id))
    .where(and(eq(campaigns.id, campaignId), eq(campaigns.member_id, memberId)));

/** The participant who has the code. */
const OWNER = sql.raw(ownerOfReward("coupons.reward_id"));

const headOfTape = (memberId: number, campaignId: number) =>
  sql`(SELECT s.last_coupon_id FROM campaign_stats s JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.campaign_id = ${campaignId} AND c.member_id = ${memberId})`;

/** Newest first, or oldest first after an ID. Codes above the head of the tape are available. */
export function couponsPage(db: Db, memberId: number, campaignId: number, query: CouponQuery) {
  const head = headOfTape(memberId, campaignId);
  const side = sideOf(head);
  return selectCoupons(db, head)
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

/** Whose codes `updated_since` reads. */
export const sourceOf = (memberId: number, campaignId: number): Source => ({
  list: "coupons",
  owner: ownCampaign(memberId, campaignId),
});

/** The codes of a page of `updated_since`. */
export function updatedCoupons(db: Db, memberId: number, campaignId: number, query: CouponQuery, rows: SQL) {
  const head = headOfTape(memberId, campaignId);
  return selectCoupons(db, head)
    .innerJoin(sql`${rows} f`, sql`f.id = ${coupons.id} AND f.counts`)
    .where(and(sql`+${coupons.campaign_id} = ${campaignId}`, query.status ? sideOf(head)[query.status] : undefined))
    .orderBy(sql`f.stream, f.at, f.id`)
    .limit(query.limit);
}

const sideOf = (head: SQL) => ({ available: gt(coupons.id, head), assigned: lte(coupons.id, head) });

const selectCoupons = (db: Db, head: SQL) =>
  db
    .select({
      id: coupons.id,
      code: coupons.code,
      status: sql<"available" | "assigned">`iif(${coupons.id} > ${head}, 'available', 'assigned')`.as("status"),
      participant_id: sql<number | null>`${OWNER}`.as("participant_id"),
      date_assigned: coupons.date_assigned,
    })
    .from(coupons);

/** Like `couponsPage`, with the participant of each code. A single code is found by its index, case-insensitively. */
export function listedCoupons(db: Db, memberId: number, campaignId: number, { code, ...query }: CouponFilter) {
  const head = headOfTape(memberId, campaignId);
  const side = sideOf(head);
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
      status: sql<"available" | "assigned">`iif(${coupons.id} > ${head}, 'available', 'assigned')`.as("status"),
      participant_id: sql<number | null>`${OWNER}`.as("participant_id"),
      name: sql<string | null>`${participants.name}`.as("name"),
      email: sql<string | null>`${participants.email}`.as("email"),
      date_assigned: sql<Date | null>`${coupons.date_assigned}`.mapWith(coupons.date_assigned).as("date_assigned"),
    })
    .from(coupons)
    .leftJoin(participants, sql`${participants.id} = ${OWNER}`)
    .where(sql`${coupons.id} IN ${onPage}`)
    .orderBy(desc(coupons.id));
}

/**
 * How many of the last `max` given codes were given after `since`, when the first of these was, and when the campaign
 * was created. Codes are given in the order of their IDs, so the last ones are just below the head of the tape.
 */
export const givenLately = (db: Db, memberId: number, campaignId: number, since: Date, max: number) =>
  db.all<{ given: number; first: number | null; date_added: number }>(sql`SELECT count(l.date_assigned) AS given,
    min(l.date_assigned) AS first, (SELECT date_added FROM campaigns WHERE id = ${campaignId}) AS date_added
    FROM (SELECT date_assigned FROM coupons WHERE campaign_id = ${campaignId} AND id <= ${headOfTape(memberId, campaignId)}
      ORDER BY id DESC LIMIT ${max}) l
    WHERE l.date_assigned > ${since.getTime()}`);

export const couponOf = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .select({ id: coupons.id })
    .from(coupons)
    .where(and(eq(coupons.id, id), eq(coupons.campaign_id, sql`${ownCampaign(memberId, campaignId)}`)));

/** How many of these codes, in the form in which they are compared, the campaign has. */
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
