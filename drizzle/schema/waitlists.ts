import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";
import { counter, time } from "./columns";

const ofCampaign = () =>
  integer()
    .notNull()
    .references(() => campaigns.id, { onDelete: "cascade" });

/** How many wait in each range of `participants.waitlist_key`. A position is the sum of the buckets before. */
export const waitlistBuckets = sqliteTable(
  "waitlist_buckets",
  { campaign_id: ofCampaign(), bucket: integer().notNull(), waiting: integer().notNull() },
  (t) => [primaryKey({ columns: [t.campaign_id, t.bucket] })],
);

/** Batches that are admitted from a waitlist, round by round. The ledger does the rounds, and the cron any that were left. */
export const releases = sqliteTable(
  "releases",
  {
    id: integer().primaryKey(),
    campaign_id: ofCampaign(),
    /** The event ID of the request, so a repeated request admits nobody else. */
    key: text().notNull(),
    /** At most this many. Null for everyone who matches. */
    quota: integer(),
    min_referrals: integer(),
    signed_up_before: time(),
    participant_ids: text({ mode: "json" }).$type<number[]>(),
    admitted: counter(),
    /** The participants of the latest round. */
    round: text().notNull().default("[]"),
    /** How far the rounds of a release with conditions have searched. */
    cursor_key: integer(),
    cursor_ticket: integer(),
    origin: text().notNull(),
    date_added: time().notNull(),
    date_finished: time(),
  },
  (t) => [
    uniqueIndex("releases_of_campaign").on(t.campaign_id, t.key),
    index("releases_open").on(t.id).where(sql`date_finished IS NULL`),
  ],
);
