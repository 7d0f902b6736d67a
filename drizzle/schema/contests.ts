import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";
import { counter, flag, time } from "./columns";

export const contestWeightings = ["entries", "uniform"] as const;
export type ContestWeighting = (typeof contestWeightings)[number];

/**
 * Winners are stored by id only. Their names are read from the participants, so erasing a participant removes the
 * name here, too. `index` is the line in the list of entrants.
 */
export type Winner = { participant_id: number; index: number; entries: number };

export const contests = sqliteTable(
  "contests",
  {
    campaign_id: integer()
      .primaryKey()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    contest_name: text().notNull(),
    description: text(),
    start_date: time().notNull(),
    end_date: time().notNull(),
    max_winners: integer().notNull().default(1),
    max_display: integer().notNull().default(10),
    weighting: text({ enum: contestWeightings }).notNull().default("entries"),
    is_on: flag().notNull().default(true),
    /** Encrypted (see lib/crypto). The commitment is the seed's SHA-256, published since `committed_at`. */
    seed: text().notNull(),
    commitment: text().notNull(),
    committed_at: time().notNull(),
    /** The campaign's first contest is number 1, the next one 2. */
    number: integer().notNull().default(1),
    /** The hash of the record of the campaign's contest before this one, as `contest/record.ts` computes it. */
    previous_hash: text(),
    /** The campaign's highest participant id when the commitment was made: everyone up to it was known. */
    known_participant: integer(),
    /** How often the dates or the number of winners were changed after the start, and when last. */
    changes: counter(),
    changed_at: time(),
    /** Id of the one draw that counts, if several were attempted at once. */
    draw_event: text(),
    drawn_at: time(),
    revealed_seed: text(),
    entrants_hash: text(),
    entrants_count: integer(),
    total_entries: integer(),
    winners: text({ mode: "json" }).$type<Winner[]>().notNull().default([]),
  },
  (t) => [index("contests_due").on(t.end_date).where(sql`drawn_at IS NULL AND is_on = 1`)],
);

/** The list of entrants, in pieces of text with a line per entrant: `participant_id:entries`. WITHOUT ROWID. */
export const contestEntrants = sqliteTable(
  "contest_entrants",
  {
    campaign_id: integer()
      .notNull()
      .references(() => contests.campaign_id, { onDelete: "cascade" }),
    part: integer().notNull(),
    list: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.part] })],
);

/**
 * Contests that were removed, drawn or not. A trigger copies each row when it is deleted, so no draw can disappear
 * and be repeated unseen. No foreign keys: a draw stays on record when its campaign is deleted. From then on it holds
 * ids and numbers only. An undrawn contest keeps no seed.
 */
export const pastContests = sqliteTable(
  "past_contests",
  {
    campaign_id: integer().notNull(),
    number: integer().notNull(),
    brand_id: integer(),
    /** The campaign's visibility when the contest was removed. */
    is_public: flag().notNull().default(false),
    contest_name: text(),
    description: text(),
    start_date: time().notNull(),
    end_date: time().notNull(),
    max_winners: integer().notNull(),
    weighting: text({ enum: contestWeightings }).notNull(),
    commitment: text().notNull(),
    committed_at: time().notNull(),
    previous_hash: text(),
    known_participant: integer(),
    changes: counter(),
    changed_at: time(),
    drawn_at: time(),
    revealed_seed: text(),
    entrants_hash: text(),
    entrants_count: integer(),
    total_entries: integer(),
    winners: text({ mode: "json" }).$type<Winner[]>().notNull().default([]),
    removed_at: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaign_id, t.number] }),
    index("past_contests_of_brand").on(t.brand_id, t.drawn_at).where(sql`drawn_at IS NOT NULL`),
  ],
);

/** The lists of entrants of past contests, in the pieces of `contest_entrants`. */
export const pastEntrants = sqliteTable(
  "past_entrants",
  { campaign_id: integer().notNull(), number: integer().notNull(), part: integer().notNull(), list: text().notNull() },
  (t) => [primaryKey({ columns: [t.campaign_id, t.number, t.part] })],
);
