import { isNull, type SQL, sql } from "drizzle-orm";
import { isRewardOf, purges } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

/** Maximum number of deletions per round. */
const DELETIONS_MAX = 200;

/** Unfinished deletions: a member's, newest first, or everyone's, oldest first. */
const leftOf = (memberId: number | undefined) =>
  memberId === undefined
    ? sql`(SELECT kind, subject_id, member_id FROM purges WHERE date_purged IS NULL ORDER BY date_deleted LIMIT ${DELETIONS_MAX})`
    : sql`(SELECT kind, subject_id, member_id FROM purges WHERE date_purged IS NULL AND member_id = ${memberId}
        ORDER BY date_deleted DESC LIMIT ${DELETIONS_MAX})`;

/** The remaining rows of a table. Each is found by an index that begins with the deleted ID. */
type Rows = { table: string; key: string; kind: "campaign" | "webhook" | "member"; by: string };
const ROWS: Rows[] = [
  { table: "rewards", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "coupons", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "coupon_uploads", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "refunds", key: "campaign_id, event_name, external_id, refund_id", kind: "campaign", by: "campaign_id" },
  {
    table: "payout_lines",
    key: "payout_id, campaign_id, participant_id, currency",
    kind: "campaign",
    by: "campaign_id",
  },
  { table: "transfers", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "vetoes", key: "campaign_id", kind: "campaign", by: "campaign_id" },
  { table: "veto_calls", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "reviews", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "input_events", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "input_aliases", key: "campaign_id, alias", kind: "campaign", by: "campaign_id" },
  { table: "conversions", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "invitations", key: "id", kind: "campaign", by: "campaign_id" },
  { table: "scores", key: "campaign_id, referral_count, click_count", kind: "campaign", by: "campaign_id" },
  { table: "deliveries", key: "id", kind: "webhook", by: "webhook_id" },
  { table: "fraud_entries", key: "id", kind: "member", by: "member_id" },
  { table: "suppressions", key: "member_id, email_hash", kind: "member", by: "member_id" },
];

/** Rows that can only be found through their participant. They are deleted before it. */
const OF_PARTICIPANTS = [
  { table: "visits", key: "participant_id, day, visitor" },
  { table: "shares", key: "participant_id, social_type" },
  { table: "mails", key: "id" },
  { table: "credits", key: "participant_id, reward_id, event" },
  { table: "redemptions", key: "participant_id, redemption_id" },
  { table: "rule_counts", key: "participant_id, rule_id" },
  { table: "aliases", key: "campaign_id, code" },
  { table: "participant_versions", key: "participant_id, until" },
];

/**
 * Whether a participant still has such rows. Participants are deleted last, because a later signup may get the same ID
 * and would inherit what remains, including coupon codes.
 */
const HAS_ROWS = [
  ...OF_PARTICIPANTS.map(({ table }) => `EXISTS (SELECT 1 FROM ${table} WHERE participant_id = participants.id)`),
  "EXISTS (SELECT 1 FROM invitations WHERE participant_id = participants.id)",
  `EXISTS (SELECT 1 FROM rewards WHERE ${isRewardOf("id", "participants.id")})`,
  `EXISTS (SELECT 1 FROM coupons WHERE ${isRewardOf("reward_id", "participants.id")})`,
].join(" OR ");

const of = (alias: string, key: string) =>
  sql.raw(
    key
      .split(", ")
      .map((column) => `${alias}.${column}`)
      .join(", "),
  );

const deleteRows = (db: Db, left: SQL, { table, key, kind, by }: Rows, max: number): Statement =>
  db.run(sql`DELETE FROM ${sql.raw(table)} WHERE (${sql.raw(key)}) IN (SELECT ${of("r", key)} FROM ${left} gone
    CROSS JOIN ${sql.raw(table)} r ON r.${sql.raw(by)} = gone.subject_id WHERE gone.kind = ${kind} LIMIT ${max})`);

/**
 * Deletes at most `max` rows of each table, in one transaction with the statements around it. Every round leaves the
 * data consistent, and the next one continues. A deletion with no rows left is marked as purged.
 */
export function purgeRound(db: Db, memberId: number | undefined, now: Date, max: number): Statement[] {
  const left = leftOf(memberId);
  const people = sql`(SELECT p.id FROM ${left} gone CROSS JOIN participants p INDEXED BY participants_of_campaign
    ON p.campaign_id = gone.subject_id WHERE gone.kind = 'campaign' LIMIT ${max})`;
  const told = sql`(SELECT e.campaign_id, e.id, gone.member_id FROM ${left} gone CROSS JOIN events e ON e.campaign_id = gone.subject_id
    WHERE gone.kind = 'campaign' LIMIT ${max})`;
  const isLeft = (table: string, by: string, id: string) =>
    sql`EXISTS (SELECT 1 FROM ${sql.raw(table)} WHERE ${sql.raw(by)} = ${sql.raw(id)})`;
  return [
    ...OF_PARTICIPANTS.map(({ table, key }) =>
      db.run(sql`DELETE FROM ${sql.raw(table)} WHERE (${sql.raw(key)}) IN (SELECT ${of("r", key)} FROM ${people} people
        CROSS JOIN ${sql.raw(table)} r ON r.participant_id = people.id LIMIT ${max})`),
    ),
    ...ROWS.map((rows) => deleteRows(db, left, rows, max)),
    db.run(sql`DELETE FROM participants WHERE id IN ${people} AND NOT (${sql.raw(HAS_ROWS)})`),
    // Account-wide webhooks also received these events. Deliveries have no index by campaign.
    db.run(sql`DELETE FROM deliveries WHERE id IN (SELECT d.id FROM ${told} told CROSS JOIN webhooks w ON w.member_id = told.member_id
      CROSS JOIN deliveries d ON d.webhook_id = w.id AND d.event_id = told.id)`),
    db.run(sql`DELETE FROM events WHERE (campaign_id, id) IN (SELECT campaign_id, id FROM ${told})`),
    db.run(sql`UPDATE purges SET date_purged = ${now.getTime()}
      WHERE (kind, subject_id) IN (SELECT kind, subject_id FROM ${left}) AND NOT ${sql.join(
        [
          sql`(kind = 'campaign' AND ${isLeft("participants", "campaign_id", "subject_id")})`,
          sql`(kind = 'campaign' AND ${isLeft("events", "campaign_id", "subject_id")})`,
          ...ROWS.map(({ table, kind, by }) => sql`(kind = ${kind} AND ${isLeft(table, by, "subject_id")})`),
        ],
        sql` AND NOT `,
      )}`),
  ];
}

/** Unfinished deletions, oldest first. Runs across all accounts, for the operator and the cron. */
export const underWay = (db: Db, limit: number) =>
  db
    .select({ kind: purges.kind, subject_id: purges.subject_id, date_deleted: purges.date_deleted })
    .from(purges)
    .where(isNull(purges.date_purged))
    .orderBy(purges.date_deleted)
    .limit(limit);

/** Deletes the records of deletions that were purged before this date. */
export const dropRecords = (db: Db, before: Date, max: number): Statement =>
  db.run(sql`DELETE FROM purges WHERE (kind, subject_id) IN (SELECT kind, subject_id FROM purges
    WHERE date_purged < ${before.getTime()} LIMIT ${max})`);
