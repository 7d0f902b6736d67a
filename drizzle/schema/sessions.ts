import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { flag, time } from "./columns";

/** A person's role in another member's account. An account's own member is its owner. */
export const roles = ["owner", "editor", "viewer"] as const;

const member = () =>
  integer()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/** What an app that a person connected may do. */
export const grantScopes = ["read", "write"] as const;

/** A signed-in browser, or an app that a person connected. Only the token's SHA-256 is stored. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    token_hash: text().notNull().unique(),
    person_id: member(),
    /** The account they work in: their own, or one that they were invited to. */
    account_id: member(),
    /** Whether they work in the account's test mode. */
    is_test: flag().notNull().default(false),
    agent: text(),
    /** A connected app's scopes, its own name, and the host that it proved or that gets its tokens. Null for browsers. */
    scopes: text({ mode: "json" }).$type<(typeof grantScopes)[number][]>(),
    app_name: text(),
    app_host: text(),
    date_signedin: time().notNull(),
    last_seen_at: time().notNull(),
    expires_at: time().notNull(),
  },
  (t) => [
    index("sessions_of_person").on(t.person_id),
    index("sessions_of_account").on(t.account_id),
    index("sessions_expiry").on(t.expires_at),
  ],
);

/** The other people who may work in an account. WITHOUT ROWID. */
export const memberships = sqliteTable(
  "memberships",
  {
    account_id: member(),
    person_id: member(),
    role: text({ enum: roles }).notNull(),
    /** The brands that the person sees. Null: all of them, as every owner does. */
    brand_ids: text({ mode: "json" }).$type<number[]>(),
    date_added: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account_id, t.person_id] }), index("memberships_of_person").on(t.person_id)],
);

/** Invitations to an account that were not accepted yet. */
export const teamInvitations = sqliteTable(
  "team_invitations",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    account_id: member(),
    email: text().notNull(),
    role: text({ enum: roles }).notNull(),
    brand_ids: text({ mode: "json" }).$type<number[]>(),
    date_invited: time().notNull(),
  },
  (t) => [uniqueIndex("team_invitations_once").on(t.account_id, t.email)],
);

/** How a change was made: in the dashboard, by the API, or by the operator of the installation. */
export const auditWays = ["dashboard", "api", "operator"] as const;

/** Changes in an account, and their authors: an API key or a person. Null if the person was deleted. */
export const auditEntries = sqliteTable(
  "audit_entries",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    account_id: member(),
    person_id: integer().references(() => members.id, { onDelete: "set null" }),
    /** The start of the key, as the list of keys shows it. */
    key_prefix: text(),
    via: text({ enum: auditWays }).notNull(),
    /** The label of the change, like `Created a brand`, and the path of the request. */
    action: text().notNull(),
    path: text().notNull(),
    date: time().notNull(),
  },
  (t) => [index("audit_entries_of_account").on(t.account_id), index("audit_entries_of_person").on(t.person_id)],
);
