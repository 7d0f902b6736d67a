import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";
import { flag, time } from "./columns";

export const contestWeightings = ["entries", "uniform"] as const;

/** By id only: a name is read from the participant, so that it goes when the person is erased. `index` is the line in the list. */
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
    /** Sealed (see lib/crypto); the commitment is its SHA-256, published from `committed_at` on. */
    seed: text().notNull(),
    commitment: text().notNull(),
    committed_at: time().notNull(),
    /** The draw that won the race to be the only one. */
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

/** The drawn-from list in pieces of text, one line per entrant: `participant_id:entries`. WITHOUT ROWID. */
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
