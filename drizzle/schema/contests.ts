import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";
import { flag, time } from "./columns";

export const contestWeightings = ["entries", "uniform"] as const;

/**
 * Winners are stored by id only. Their names are read from the participants, so that erasing a participant removes the
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
