import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { campaigns } from "./campaigns";
import { counter, flag, time } from "./columns";

/** How a member reads files with these columns. `columns` is a hash of their names; `roles` says what each one holds. */
export const importLayouts = sqliteTable(
  "import_layouts",
  {
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    columns: text().notNull(),
    roles: text({ mode: "json" }).$type<(string | null)[]>().notNull(),
    dates: text({ enum: ["day", "month"] }),
    /** The encoding of its files that are not in Unicode. */
    encoding: text(),
    date_changed: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.columns] })],
);

/** An import that added participants, so it can be undone. */
export const imports = sqliteTable(
  "imports",
  {
    id: integer().primaryKey(),
    campaign_id: integer()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    /** The IDs of its signups' events begin with this. */
    key: text().notNull(),
    /** Whether it sent emails or webhooks about its participants. */
    is_told: flag().notNull(),
    /** Its participants are among these IDs. */
    first_id: integer().notNull(),
    last_id: integer().notNull(),
    date_added: time().notNull(),
    /** While it is being undone: participants with lower IDs are still to be checked. */
    undo_before: integer(),
    date_undone: time(),
    /** How many of its participants remained when it was undone. */
    kept: counter(),
  },
  (t) => [
    uniqueIndex("imports_once").on(t.campaign_id, t.key),
    index("imports_open").on(t.id).where(sql`undo_before IS NOT NULL AND date_undone IS NULL`),
  ],
);

export const importKinds = ["participants", "coupons"] as const;
export const importStates = ["running", "done", "undone"] as const;

/**
 * An import over the API. Its rows are in `import_parts` until they are imported. The results of each part are there, too, so
 * a part that is imported twice counts once.
 */
export const importJobs = sqliteTable(
  "import_jobs",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    campaign_id: integer()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    kind: text({ enum: importKinds }).notNull(),
    status: text({ enum: importStates }).notNull(),
    rows: integer().notNull(),
    /** Identifies the upload for every part. Null for codes. */
    token: text(),
    /** The key in `imports` or `coupon_uploads`. */
    key: text().notNull(),
    sends_emails: flag().notNull(),
    sends_webhooks: flag().notNull(),
    /** Until then, a run is working on it. */
    leased_until: time(),
    date_added: time().notNull(),
    date_done: time(),
  },
  (t) => [
    index("import_jobs_of_member").on(t.member_id),
    index("import_jobs_of_campaign").on(t.campaign_id),
    index("import_jobs_running").on(t.id).where(sql`status = 'running'`),
  ],
);

/** Up to 1,000 rows of an import. `rows` is null once they are imported. */
export const importParts = sqliteTable(
  "import_parts",
  {
    import_id: integer()
      .notNull()
      .references(() => importJobs.id, { onDelete: "cascade" }),
    part: integer().notNull(),
    rows: text(),
    /** The number of rows per outcome, and the first rows that were not added, by line. */
    counts: text({ mode: "json" }).$type<Record<string, number>>(),
    problems: text({ mode: "json" }).$type<{ line: number; outcome: string; message: string }[]>(),
  },
  (t) => [primaryKey({ columns: [t.import_id, t.part] })],
);
