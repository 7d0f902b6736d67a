import { getTableColumns, type InferSelectModel, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { counter, flag, time } from "./columns";

/** `erased` is ours: the row stays so that its referrer's credit does, and is a 404 to everybody. */
export const participantStatuses = ["active", "pending", "blocked", "erased"] as const;

/** Double opt-in: `waiting` until the address is confirmed, and pending meanwhile. Null: nobody asked for it. */
export const confirmations = ["waiting", "confirmed"] as const;

// No foreign keys: there may be millions of these, and a cascade would delete them all in one statement. The purge takes them (`purges`).
const ofCampaign = () => integer().notNull();
const ofParticipant = () => integer().notNull();

export const participants = sqliteTable(
  "participants",
  {
    id: integer().primaryKey(),
    member_id: integer().notNull(),
    campaign_id: ofCampaign(),
    email: text(),
    /** The address without `+tag`, and at gmail.com without dots: who refers himself is seen by it. */
    email_canonical: text(),
    name: text(),
    status: text({ enum: participantStatuses }).notNull().default("active"),
    date_signedup: time().notNull(),
    invited_by: integer(),
    invited_social: integer(),
    date_invited: time(),
    referral_url: text(),
    external_id: text(),
    metadata: text({ mode: "json" }).$type<Record<string, unknown>>(),
    ip_hash: text(),
    /** In which his browser read when he joined, of those that we have texts in. Null: he did not come by a browser. */
    language: text(),
    referral_count: counter(),
    visit_count: counter(),
    click_count: counter(),
    /** Channels shared on, the direct link among them from the signup on. */
    share_count: integer().notNull().default(1),
    /** The request that created the row, the one that attributed it, and the one that credited its referrer. */
    signup_event: text().notNull(),
    invite_event: text(),
    credit_event: text(),
    /** The last change of status. Null with status `pending`: parked since the signup, by the plan's limit or until the address is confirmed. */
    status_event: text(),
    confirmation: text({ enum: confirmations }),
  },
  (t) => [
    uniqueIndex("participants_email").on(t.campaign_id, t.email),
    index("participants_of_member").on(t.member_id),
    index("participants_of_campaign").on(t.campaign_id),
    index("participants_invited").on(t.invited_by).where(sql`invited_by IS NOT NULL`),
    index("participants_external").on(t.campaign_id, t.external_id).where(sql`external_id IS NOT NULL`),
    index("participants_unusual").on(t.campaign_id, t.status).where(sql`status <> 'active'`),
    index("participants_ranking")
      .on(t.campaign_id, sql`referral_count DESC`, sql`click_count DESC`)
      .where(sql`status = 'active' AND (referral_count > 0 OR click_count > 0)`),
  ],
);

const {
  member_id,
  email_canonical,
  date_invited,
  ip_hash,
  language,
  signup_event,
  invite_event,
  credit_event,
  status_event,
  confirmation,
  ...participantColumns
} = getTableColumns(participants);

/** What is shown of a participant. The columns named above are for the ledger and for emails. */
export { participantColumns };

/** A participant as shown. Erased participants are not. */
export type ParticipantRow = Pick<InferSelectModel<typeof participants>, keyof typeof participantColumns> & {
  email: string;
  status: Exclude<(typeof participantStatuses)[number], "erased">;
};

/** How many active participants stand at each score: a rank is a sum over the better scores. WITHOUT ROWID. Score 0/0 is left out. */
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

/** WITHOUT ROWID. The direct link's row is written with its first click. A share's id is `participant_id * 8 + social_type`. */
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

/** One row per participant, day and visitor, kept for campaigns whose goal is visits. WITHOUT ROWID. */
export const visits = sqliteTable(
  "visits",
  {
    participant_id: ofParticipant(),
    day: text().notNull(),
    visitor: text().notNull(),
    /** The click that was the visitor's first of the day. */
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
