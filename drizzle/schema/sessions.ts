import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { time } from "./columns";

/** What somebody may do in an account that is not his own. The account's own member is its owner. */
export const roles = ["owner", "editor", "viewer"] as const;

const member = () =>
  integer()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/** A browser that is signed in. Of the token only the SHA-256 is stored. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    token_hash: text().notNull().unique(),
    /** Who is signed in. */
    person_id: member(),
    /** The account that he is looking at: his own, or one that he was invited into. */
    account_id: member(),
    agent: text(),
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

/** WITHOUT ROWID. Who else may work in an account. */
export const memberships = sqliteTable(
  "memberships",
  {
    account_id: member(),
    person_id: member(),
    role: text({ enum: roles }).notNull(),
    date_added: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account_id, t.person_id] }), index("memberships_of_person").on(t.person_id)],
);

/** Who was asked into an account and has not answered. */
export const teamInvitations = sqliteTable(
  "team_invitations",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    account_id: member(),
    email: text().notNull(),
    role: text({ enum: roles }).notNull(),
    date_invited: time().notNull(),
  },
  (t) => [uniqueIndex("team_invitations_once").on(t.account_id, t.email)],
);

/** What was changed in an account, by whom: a person, who is a null once he is gone, or a key of the API. */
export const auditEntries = sqliteTable(
  "audit_entries",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    account_id: member(),
    person_id: integer().references(() => members.id, { onDelete: "set null" }),
    /** The beginning of the key, as the list of keys shows it. */
    key_prefix: text(),
    /** The route of the change, like `POST /brands/:brandId`, and the path that it was made on. */
    action: text().notNull(),
    path: text().notNull(),
    date: time().notNull(),
  },
  (t) => [index("audit_entries_of_account").on(t.account_id), index("audit_entries_of_person").on(t.person_id)],
);
