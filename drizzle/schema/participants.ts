import { getTableColumns, type InferSelectModel, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { counter, flag, stamp, time } from "./columns";

/** `erased` rows stay, so the referrer keeps the credit. The API replies with 404 for them. */
export const participantStatuses = ["active", "pending", "blocked", "erased"] as const;

/**
 * Double opt-in: `waiting` (and status `pending`) until the email is confirmed. Null if the campaign did not ask for
 * it.
 */
export const confirmations = ["waiting", "confirmed"] as const;

// No foreign keys: there may be millions of rows, and a cascade would delete them in one statement. The purge deletes
// them (`purges`).
const ofCampaign = () => integer().notNull();
const ofParticipant = () => integer().notNull();

export const participants = sqliteTable(
  "participants",
  {
    id: integer().primaryKey(),
    member_id: integer().notNull(),
    campaign_id: ofCampaign(),
    email: text(),
    /** The email without `+tag`, and without dots at gmail.com. Detects people who refer themselves, or collect rewards in many campaigns. */
    email_canonical: text(),
    /**
     * A keyed hash of `email_canonical`, which remains when the participant is erased: a mailbox credits a referrer once
     * per campaign. Null for signups before this rule.
     */
    mailbox: text(),
    name: text(),
    status: text({ enum: participantStatuses }).notNull().default("active"),
    date_signedup: time().notNull(),
    invited_by: integer(),
    invited_social: integer(),
    date_invited: time(),
    referral_url: text(),
    external_id: text(),
    /** A word that friends type at checkout, and the form in which it is compared. */
    checkout_code: text(),
    checkout_key: text(),
    metadata: text({ mode: "json" }).$type<Record<string, unknown>>(),
    ip_hash: text(),
    /** The browser's language at signup, if we have texts in it. Null for signups without a browser. */
    language: text(),
    /** A keyed hash of the form that a visitor signed up with, which gets the same response if it is sent again. */
    form: text(),
    referral_count: counter(),
    visit_count: counter(),
    click_count: counter(),
    /**
     * Channels shared on: copied, posted, or clicked. It starts at 0. The column's default is from an earlier rule, when
     * the direct link counted from the signup on.
     */
    share_count: integer().notNull().default(1),
    /** The requests that created the participant, attributed them to a referrer, and credited that referrer. */
    signup_event: text().notNull(),
    invite_event: text(),
    credit_event: text(),
    /**
     * The last change of status. If null with status `pending`, the participant has been pending since signup,
     * because of the plan's limit or an unconfirmed email.
     */
    status_event: text(),
    confirmation: text({ enum: confirmations }),
    /** When their email was corrected. Null if they still have the original one. */
    email_since: time(),
    /** Whether they signed up themselves, in the widget or on a landing page. */
    is_visitor: flag().notNull().default(false),
    /** The order of signup, in campaigns with a waitlist. */
    waitlist_ticket: integer(),
    /** `waitlist_ticket` minus the places for friends. Ties are in reverse order of their tickets. Null unless they wait. */
    waitlist_key: integer(),
    admitted_at: time(),
    /** Their address for tokens, in the form of EIP-55. */
    wallet_address: text(),
    /** Null until the first change: signups are read in the order of their ids. */
    updated_at: stamp(),
    /** Their sources at signup: a JSON object by dimension (`ledger/counts/day-tally.ts`). Null once they are erased. */
    source: text(),
    /** How far they have got, as their day's cohort counts it, and the step of the time until their first friend (`ledger/counts/cohorts.ts`). */
    stage: counter(),
    first_friend: integer(),
    /** Whether a review denied them, and how many of their own credited friends were denied. Triggers keep both. */
    is_denied: flag(),
    denied_friends: counter(),
  },
  (t) => [
    uniqueIndex("participants_email").on(t.campaign_id, t.email),
    index("participants_of_member").on(t.member_id),
    index("participants_of_campaign").on(t.campaign_id),
    index("participants_updated").on(t.member_id, t.updated_at).where(sql`updated_at IS NOT NULL`),
    index("participants_invited").on(t.invited_by).where(sql`invited_by IS NOT NULL`),
    index("participants_of_mailbox").on(t.member_id, t.email_canonical).where(sql`invited_by IS NOT NULL`),
    index("participants_credited").on(t.campaign_id, t.mailbox).where(sql`credit_event IS NOT NULL`),
    index("participants_external").on(t.campaign_id, t.external_id).where(sql`external_id IS NOT NULL`),
    uniqueIndex("participants_checkout").on(t.campaign_id, t.checkout_key).where(sql`checkout_key IS NOT NULL`),
    index("participants_waiting")
      .on(t.campaign_id, t.waitlist_key, sql`waitlist_ticket DESC`)
      .where(sql`waitlist_key IS NOT NULL`),
    index("participants_unusual").on(t.campaign_id, t.status).where(sql`status <> 'active'`),
    index("participants_ranking")
      .on(t.campaign_id, sql`referral_count DESC`, sql`click_count DESC`)
      .where(sql`status = 'active' AND (referral_count > 0 OR click_count > 0)`),
    index("participants_denied").on(t.invited_by).where(sql`is_denied = 1`),
    index("participants_with_denied").on(t.campaign_id).where(sql`denied_friends > 0`),
  ],
);

const {
  member_id,
  email_canonical,
  mailbox,
  checkout_key,
  date_invited,
  ip_hash,
  language,
  form,
  signup_event,
  invite_event,
  credit_event,
  status_event,
  confirmation,
  email_since,
  is_visitor,
  waitlist_ticket,
  waitlist_key,
  admitted_at,
  updated_at,
  source,
  stage,
  first_friend,
  is_denied,
  denied_friends,
  ...participantColumns
} = getTableColumns(participants);

/** The columns of a participant in responses. The ones named above are only for the ledger and for emails. */
export { participantColumns };

/** A participant in a response, which is never erased. */
export type ParticipantRow = Pick<InferSelectModel<typeof participants>, keyof typeof participantColumns> & {
  email: string;
  status: Exclude<(typeof participantStatuses)[number], "erased">;
};

/**
 * What a participant's data was until the event with this number changed it, so earlier events keep their
 * body. Deleted with the events' retries, or when the participant is erased.
 */
export const participantVersions = sqliteTable(
  "participant_versions",
  {
    participant_id: ofParticipant(),
    until: integer().notNull(),
    email: text(),
    name: text(),
    external_id: text(),
    metadata: text({ mode: "json" }).$type<Record<string, unknown>>(),
    date: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.participant_id, t.until] }), index("participant_versions_old").on(t.date)],
);

/**
 * The number of active participants at each score: a rank is the sum over better scores. The score 0/0 is not stored.
 * WITHOUT ROWID.
 */
export const scores = sqliteTable(
  "scores",
  {
    campaign_id: ofCampaign(),
    referral_count: integer().notNull(),
    click_count: integer().notNull(),
    participants: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.referral_count, t.click_count] })],
);

/**
 * WITHOUT ROWID. One row per participant and channel, from the first report or click on. A share's id is `participant_id * 8 +
 * social_type`, or above `2^52` for the channels from 8 on (`participants/share-urls.ts`).
 */
export const shares = sqliteTable(
  "shares",
  {
    participant_id: ofParticipant(),
    social_type: integer().notNull(),
    clicks: counter(),
    date_shared: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.participant_id, t.social_type] })],
);

/** One row per participant, day and visitor, only for campaigns whose goal is visits. WITHOUT ROWID. */
export const visits = sqliteTable(
  "visits",
  {
    participant_id: ofParticipant(),
    day: text().notNull(),
    visitor: text().notNull(),
    /** The visitor's first click of the day. */
    click_event: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.participant_id, t.day, t.visitor] })],
);

export const invitations = sqliteTable(
  "invitations",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    campaign_id: ofCampaign(),
    participant_id: ofParticipant(),
    email: text().notNull(),
    has_signedup: flag().notNull().default(false),
    date_invited: time().notNull(),
  },
  (t) => [
    uniqueIndex("invitations_once").on(t.participant_id, t.email),
    index("invitations_of_campaign").on(t.campaign_id, t.email),
  ],
);
