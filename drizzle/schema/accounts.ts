import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, suspension, time } from "./columns";

/** The plans, inserted by a migration. `campaigns_participants` and `no_of_domains` are maximums; 0 means unlimited. */
export const plans = sqliteTable("plans", {
  id: integer().primaryKey(),
  name: text().notNull(),
  price_cents: integer().notNull(),
  campaigns_participants: integer().notNull(),
  no_of_domains: integer().notNull(),
  unit: text().notNull(),
  no_unit: integer().notNull(),
  days: integer().notNull(),
});

export const members = sqliteTable(
  "members",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    email: text().notNull().unique(),
    name: text().notNull(),
    password_hash: text().notNull(),
    /** Part of API tokens. Raising it invalidates all earlier ones. */
    token_epoch: integer().notNull().default(0),
    is_verified: flag().notNull().default(false),
    plan_id: integer()
      .notNull()
      .default(1)
      .references(() => plans.id),
    plan_expiry: time(),
    photo: text(),
    /** An IANA name. Null until the member chooses one. */
    time_zone: text(),
    num_of_logins: integer().notNull().default(0),
    date_signedup: time().notNull(),
    /** Set by the operator. Nothing in a suspended account works. */
    ...suspension,
    /** Since when campaign email is paused because too many emails bounced or were reported as spam. */
    sending_paused_at: time(),
    /** Whether everyone in the account needs a second factor. */
    needs_second_factor: flag().notNull().default(false),
    /** The operator's invitation that the account was created with. Each works once. */
    registration: text(),
    /**
     * The account that this row is the test mode of. Null for real accounts. It has no sign-in. Not a foreign key, because
     * SQLite cannot add one that cascades.
     */
    test_of: integer(),
    /** When the next weekly digest is due. 0 until the job first sees the account. */
    digest_at: integer().notNull().default(0),
    /** When its people are next notified of open reviews. Null: none was opened since. A trigger sets it with a new review. */
    reviews_due_at: time(),
    /** When they were last notified. */
    reviews_told_at: time(),
  },
  (t) => [
    index("members_reviews_due").on(t.reviews_due_at).where(sql`reviews_due_at IS NOT NULL`),
    index("members_digest").on(t.digest_at).where(sql`test_of IS NULL`),
    uniqueIndex("members_registration").on(t.registration).where(sql`registration IS NOT NULL`),
    uniqueIndex("members_test_of").on(t.test_of).where(sql`test_of IS NOT NULL`),
  ],
);

export const keyKinds = ["secret", "publishable"] as const;
export const keyModes = ["live", "test"] as const;
export const keyScopes = ["read", "write", "signup"] as const;

/**
 * `hash` is the SHA-256 of a classic key, or the keyed hash of a named one. The key itself is not stored. Columns that are null for a
 * classic key are set for a named one.
 */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    hash: text().notNull().unique(),
    prefix: text().notNull(),
    /**
     * The member who created it. It ends with their role in the account. Null for keys from before this column. Not a
     * foreign key, because ids are never reused.
     */
    maker_id: integer(),
    date_generated: time().notNull(),
    last_used_at: time(),
    revoked_at: time(),
    name: text(),
    kind: text({ enum: keyKinds }),
    mode: text({ enum: keyModes }),
    scopes: text({ mode: "json" }).$type<(typeof keyScopes)[number][]>(),
    /** The websites that a publishable key works on. Null for other keys. */
    allowed_origins: text({ mode: "json" }).$type<string[]>(),
    expires_at: time(),
    /** When another key replaced it. It keeps working until `expires_at`. */
    rolled_at: time(),
  },
  (t) => [
    index("api_keys_of_member").on(t.member_id),
    index("api_keys_revoked").on(t.revoked_at).where(sql`revoked_at IS NOT NULL`),
    index("api_keys_rolled").on(t.rolled_at).where(sql`rolled_at IS NOT NULL`),
  ],
);

/** A member's authenticator app. It counts once it is confirmed. */
export const authenticators = sqliteTable("authenticators", {
  member_id: integer()
    .primaryKey()
    .references(() => members.id, { onDelete: "cascade" }),
  /** Encrypted (see lib/crypto). */
  secret: text().notNull(),
  date_added: time().notNull(),
  date_confirmed: time(),
  /** The 30-second step of the last code that was accepted. Older codes, and the same code again, are refused. */
  last_step: integer().notNull().default(0),
});

/** Codes that replace a lost authenticator app. Each works once; only its keyed hash is stored. */
export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    hash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.hash] })],
);

/** Where a member has signed in from: a keyed hash of their network and type of browser. */
export const knownPlaces = sqliteTable(
  "known_places",
  {
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    hash: text().notNull(),
    last_seen_at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.hash] })],
);
