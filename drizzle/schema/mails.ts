import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { counter, time } from "./columns";

export const mailKinds = [
  "entry",
  "reward",
  "twoway_reward",
  "admitted",
  "wallet",
  "invitation",
  "magic_link",
  "confirm",
  "verify_member",
  "reset_password",
  "webhook_disabled",
  "email_changed",
  "team_invitation",
  "password_changed",
  "key_created",
  "second_factor_changed",
  "new_sign_in",
  "domain_unproven",
  "test",
  "friend_joined",
  "one_to_go",
  "reminder",
  "recap",
  "notification",
  "proof",
] as const;
export type MailKind = (typeof mailKinds)[number];

/**
 * `sending`: handed to the provider, whose response is not recorded yet. `bounced` and `complained`: sent, with
 * later news from the provider.
 */
export const mailStatuses = ["pending", "sending", "sent", "failed", "suppressed", "bounced", "complained"] as const;

/**
 * The outbox of emails: one row per cause, inserted with it. Rows refer to people by id, and the email is composed when
 * it is sent. The row in D1 decides; queue messages are only hints. A participant's emails are deleted with the
 * participant; the others belong to the member.
 */
export const mails = sqliteTable(
  "mails",
  {
    id: integer().primaryKey(),
    /** `<kind>:<id of the subject>`. Being unique, it prevents a second email for the same cause. */
    cause: text().notNull().unique(),
    kind: text({ enum: mailKinds }).notNull(),
    /** The member who owns the email, or who requested the test. */
    member_id: integer().notNull(),
    campaign_id: integer(),
    /**
     * The recipient, or the sender of an invitation. Null for emails to the member or to someone they invite to the
     * team.
     */
    participant_id: integer(),
    invitation_id: integer(),
    reward_id: integer(),
    webhook_id: integer(),
    /** Scheme and host of the request that caused it. Links start with PUBLIC_URL; only local installations use this. */
    origin: text().notNull(),
    status: text({ enum: mailStatuses }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    next_attempt_at: time(),
    /** Until then, a queue message is probably on its way, and the sweep skips the row. */
    hinted_until: time(),
    /** Until then, a consumer is sending it. Only the holder of `lease` may record the result. */
    leased_until: time(),
    lease: text(),
    /**
     * A keyed hash of the email address, and when the email was last handed to the provider. They limit the emails
     * per address.
     */
    recipient: text(),
    date_tried: time(),
    /** A keyed hash of the recipient's mailbox, the same for all members. It limits the emails per mailbox. */
    mailbox: text(),
    /** Why the email waits although it is due, and for how long at most (see `campaigns/sending`). */
    held_for: text(),

    /** Encrypted (see lib/crypto): a person's previous email address, for the email about the change. */
    address: text(),
    /**
     * The subject of a notice to a member: the start of a key, or a browser. For `friend_joined`, the friend's id;
     * for a notification, its facts as JSON (`delivery/notifications`). Never a participant's data.
     */
    detail: text(),
    /** Why it has not been sent or has bounced: our own reason or the provider's code, never the provider's text. */
    error: text(),
    /** The provider's id of the email, which its later news refers to. `test`: of test mode, not sent. */
    provider_id: text(),
    date_added: time().notNull(),
    date_sent: time(),
  },
  (t) => [
    index("mails_due").on(t.next_attempt_at).where(sql`status = 'pending'`),
    index("mails_sending").on(t.leased_until).where(sql`status = 'sending'`),
    index("mails_of_participant").on(t.participant_id).where(sql`participant_id IS NOT NULL`),
    index("mails_of_member").on(t.member_id, t.kind, t.date_added).where(sql`participant_id IS NULL`),
    index("mails_held").on(t.member_id).where(sql`held_for IS NOT NULL`),
    index("mails_in").on(t.mailbox, t.date_tried).where(sql`mailbox IS NOT NULL`),
    index("mails_to").on(t.recipient, t.date_tried).where(sql`recipient IS NOT NULL`),
    index("mails_by_provider_id").on(t.provider_id).where(sql`provider_id IS NOT NULL`),
    index("mails_of_tests").on(t.member_id, t.id).where(sql`provider_id = 'test'`),
    index("mails_failed").on(t.date_added, t.error).where(sql`status IN ('failed', 'bounced', 'complained')`),
  ],
);

/**
 * The number of emails handed to the provider on a day (YYYY-MM-DD in UTC) for a member's campaigns, and of bounces and
 * complaints reported on that day. WITHOUT ROWID.
 */
export const mailDays = sqliteTable(
  "mail_days",
  {
    member_id: integer().notNull(),
    day: text().notNull(),
    mails: integer().notNull(),
    bounces: counter(),
    complaints: counter(),
  },
  (t) => [primaryKey({ columns: [t.member_id, t.day] }), index("mail_days_of").on(t.day)],
);

/** People who unsubscribed from a member's campaigns, by a keyed hash of their email. WITHOUT ROWID. */
export const suppressions = sqliteTable(
  "suppressions",
  { member_id: integer().notNull(), email_hash: text().notNull(), date: time().notNull() },
  (t) => [primaryKey({ columns: [t.member_id, t.email_hash] })],
);

export const blockReasons = ["hard_bounce", "soft_bounce", "complaint"] as const;

/** Mailboxes that get no campaign email from anyone, by a keyed hash of their canonical address. */
export const blockedMailboxes = sqliteTable("blocked_mailboxes", {
  mailbox: text().primaryKey(),
  reason: text({ enum: blockReasons }).notNull(),
  /** How often it has been blocked for this reason. */
  times: integer().notNull().default(1),
  /** Null: permanently. */
  until: time(),
  date: time().notNull(),
});
