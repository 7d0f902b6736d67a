import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "./columns";

export const mailKinds = [
  "entry",
  "reward",
  "twoway_reward",
  "invitation",
  "magic_link",
  "confirm",
  "verify_member",
  "reset_password",
  "webhook_disabled",
  "email_changed",
  "team_invitation",
  "test",
] as const;
export type MailKind = (typeof mailKinds)[number];

/** `sending`: handed to the provider, whose answer is not recorded yet. */
export const mailStatuses = ["pending", "sending", "sent", "failed", "suppressed"] as const;

/**
 * The outbox of mail: one row per cause, born with it. A row names people by id, and the mail is written when it is sent. D1 is
 * the truth; queue messages are hints. Participants take their mails along; the others are the member's own.
 */
export const mails = sqliteTable(
  "mails",
  {
    id: integer().primaryKey(),
    /** `<kind>:<id of what it is about>`: nothing is written twice to a person for one cause. */
    cause: text().notNull().unique(),
    kind: text({ enum: mailKinds }).notNull(),
    /** Whose it is; of a test, who asked for it. */
    member_id: integer().notNull(),
    campaign_id: integer(),
    /** To whom it goes; of an invitation, from whom. Null: it goes to the member, or to whom the member asks into his team. */
    participant_id: integer(),
    invitation_id: integer(),
    reward_id: integer(),
    webhook_id: integer(),
    /** Scheme and host that its links start with. */
    origin: text().notNull(),
    status: text({ enum: mailStatuses }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    next_attempt_at: time(),
    /** A queue message is believed to be under way until then; the sweep leaves the row alone. */
    hinted_until: time(),
    /** A consumer is at work on it until then, and only the holder of `lease` may record what came of it. */
    leased_until: time(),
    lease: text(),
    /** A keyed hash of the address, and when the mail was last handed over: mails to one address are counted by it. */
    recipient: text(),
    date_tried: time(),
    /** Sealed (see lib/crypto): the address of a person that is not his any more, for the mail that tells him so. */
    address: text(),
    /** Why it did not go, or not yet: a word, never a provider's text. */
    error: text(),
    date_added: time().notNull(),
    date_sent: time(),
  },
  (t) => [
    index("mails_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("mails_sending").on(t.leased_until).where(sql`status = 'sending'`),
    index("mails_of_participant").on(t.participant_id).where(sql`participant_id IS NOT NULL`),
    index("mails_of_member").on(t.member_id, t.kind, t.date_added).where(sql`participant_id IS NULL`),
    index("mails_to").on(t.recipient, t.date_tried).where(sql`recipient IS NOT NULL`),
  ],
);

/** How many mails of a member's campaigns were handed over on a day (YYYY-MM-DD in UTC). WITHOUT ROWID. */
export const mailDays = sqliteTable(
  "mail_days",
  { member_id: integer().notNull(), day: text().notNull(), mails: integer().notNull() },
  (t) => [primaryKey({ columns: [t.member_id, t.day] })],
);

/** Who wants no more mail from a member's campaigns, by a keyed hash of the address. WITHOUT ROWID. */
export const suppressions = sqliteTable(
  "suppressions",
  { member_id: integer().notNull(), email_hash: text().notNull(), date: time().notNull() },
  (t) => [primaryKey({ columns: [t.member_id, t.email_hash] })],
);
