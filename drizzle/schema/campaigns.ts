import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { members } from "./accounts";
import { brands } from "./brands";
import { counter, flag, time } from "./columns";
import { fraudModes, reviewEndings } from "./reviews";
import { rewardValues } from "./rewards";

export const goalTypes = ["signup", "visit"] as const;
/** The emails of a campaign that its owner can write or switch off. */
export const campaignMails = ["entry", "reward", "twoway_reward", "admitted"] as const;
/** The emails about a participant's friends, which a campaign switches on. */
export const friendMails = ["friend_joined", "one_to_go", "reminder", "recap"] as const;
/** What the owner decided. A campaign's status also depends on its dates and the time (`ledger/records/lifecycle.ts`). */
export const campaignStages = ["draft", "live", "paused", "archived"] as const;
export const publishStates = ["public", "private"] as const;

/**
 * The goal and the reward's kind are stored here, the reward's value in `campaign_rewards`. Together they are the
 * campaign's reward rules.
 */
export const campaigns = sqliteTable(
  "campaigns",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    member_id: integer()
      .notNull()
      .references(() => members.id, { onDelete: "cascade" }),
    brand_id: integer()
      .notNull()
      .references(() => brands.id, { onDelete: "cascade" }),
    name: text().notNull(),
    type_id: integer().notNull().default(1),
    goal_type: text({ enum: goalTypes }).notNull().default("signup"),
    num_signups: integer().notNull().default(1),
    num_visits: integer(),
    reward_type: integer().notNull().default(1),
    reward_invited: flag().notNull().default(false),
    publish: text({ enum: publishStates }).notNull().default("private"),
    /** The currency of its conversions and rewards, in ISO 4217. */
    currency: text().notNull().default("USD"),
    landing_url: text(),
    allow_email: flag().notNull().default(false),
    campaign_entry_subject: text(),
    campaign_entry_message: text(),
    reward_notify_subject: text(),
    reward_notify_message: text(),
    twoway_reward_notify_subject: text(),
    twoway_reward_notify_message: text(),
    admitted_notify_subject: text(),
    admitted_notify_message: text(),
    /**
     * The emails that are sent with our default text if the owner wrote none. Only people who signed up themselves get them:
     * people signed up by an owner's program get no email that the owner does not know of.
     */
    default_emails: text({ mode: "json" }).$type<(typeof campaignMails)[number][]>().notNull().default([]),
    friend_emails: text({ mode: "json" }).$type<(typeof friendMails)[number][]>().notNull().default([]),
    /**
     * When the job of reminders and recaps next checks the campaign. Null if it sends neither. `reminded_to` and
     * `recapped_to` are the last participants that it checked, `recapped_in` the week (its Monday).
     */
    nudge_at: time(),
    reminded_to: integer().notNull().default(0),
    recapped_to: integer(),
    recapped_in: text(),
    allow_countdown: flag().notNull().default(false),
    countdown_end: time(),
    /** New participants are `pending` until they confirm their email. */
    double_opt_in: flag().notNull().default(false),
    /** Both are fixed once the campaign has participants. */
    waitlist_enabled: flag().notNull().default(false),
    waitlist_places_per_friend: integer().notNull().default(1),
    stage: text({ enum: campaignStages }).notNull().default("live"),
    starts_at: time(),
    ends_at: time(),
    date_added: time().notNull(),
    /** Whether its brand or its member is suspended. Kept here because visitors' queries read only the campaign. */
    is_suspended: flag().notNull().default(false),
    /** How to treat signups and sales that look like fraud, and reviews that nobody decides. */
    fraud_mode: text({ enum: fraudModes }).notNull().default("hold"),
    review_days: integer().notNull().default(14),
    review_ending: text({ enum: reviewEndings }).notNull().default("by_score"),
  },
  (t) => [
    index("campaigns_of_member").on(t.member_id),
    index("campaigns_of_brand").on(t.brand_id),
    index("campaigns_nudged").on(t.nudge_at).where(sql`nudge_at IS NOT NULL`),
    index("campaigns_public").on(t.brand_id).where(sql`publish = 'public'`),
    check("campaigns_goal", sql`goal_type <> 'visit' OR coalesce(num_visits, 0) >= 1`),
  ],
);

const ofCampaign = () =>
  integer()
    .notNull()
    .references(() => campaigns.id, { onDelete: "cascade" });

/** The value of a campaign's reward, and other settings of its kind. */
export const campaignRewards = sqliteTable("campaign_rewards", {
  campaign_id: ofCampaign().primaryKey(),
  ...rewardValues,
  worth_cents: integer(),
  token_chain_id: integer(),
  /** The reward's name, as part of a sentence instead of its kind, and its picture. */
  title: text(),
  image_url: text(),
});

/**
 * The widget's settings, as its schema parsed them. Settings that were never changed are absent and have the schema's
 * defaults.
 */
export const campaignWidgets = sqliteTable("campaign_widgets", {
  campaign_id: ofCampaign().primaryKey(),
  settings: text({ mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
});

export const campaignLanders = sqliteTable("campaign_landers", {
  campaign_id: ofCampaign().primaryKey(),
  settings: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
});

/**
 * Totals, updated in the transactions that change them. Coupon codes are given in the order of their ids:
 * `last_coupon_id` is the highest id ever given, and higher ones are available.
 */
export const campaignStats = sqliteTable(
  "campaign_stats",
  {
    campaign_id: ofCampaign().primaryKey(),
    total_participants: counter(),
    pending_participants: counter(),
    blocked_participants: counter(),
    total_referrals: counter(),
    total_shares: counter(),
    total_clicks: counter(),
    total_impressions: counter(),
    rewards_fulfilled: counter(),
    rewards_pending: counter(),
    /** A part of the pending ones. */
    rewards_held: counter(),
    rewards_revoked: counter(),
    /** Expired rewards are part of the revoked ones. Expired store credit is part of the fulfilled ones. */
    rewards_expired: counter(),
    credit_expired: counter(),
    total_conversions: counter(),
    /** The last ticket of the waitlist. */
    waitlist_tickets: counter(),
    /** What each rule has granted, in minor units: an object by the rule's id. */
    rule_spent: text().notNull().default("{}"),
    coupons_total: counter(),
    coupons_available: counter(),
    /** Codes that expired before they were given. They count in the total. */
    coupons_expired: counter(),
    /** When the ledger next checks for codes that have expired, or soon will. Null if no code can expire. */
    coupons_look_at: time(),
    /** Codes up to this id that have no reward were given before the database was restored. */
    coupons_fenced: counter(),
    last_coupon_id: counter(),
    /** Codes available right after the last upload. `coupons.low` fires when a tenth of them is left. */
    coupons_pool: counter(),
    /** Events since the last upload: 0 none, 1 `coupons.low`, 2 `coupons.exhausted`. */
    coupon_alert: counter(),
    /** The same, as of the last notification to the account's people. */
    coupon_alert_told: counter(),
    /** The number of pending rewards that the current upload fulfills. 0 between uploads. */
    coupons_filling: counter(),
    /**
     * The first click of the last counted group, and the last counted flush of impressions. They prevent a repeated one
     * from counting twice.
     */
    last_click_group: text(),
    last_impression_flush: counter(),
    /** The number of the last flush of impressions: its time in milliseconds. */
    impressions_flushed_at: counter(),
    /** The shares of participants up to this id have been recounted (`recountShares`). Null if there are none to recount. */
    recounted_to: integer().default(0),
  },
  (t) => [
    index("campaign_stats_recounts").on(t.recounted_to).where(sql`recounted_to IS NOT NULL`),
    index("campaign_stats_untold").on(t.campaign_id).where(sql`coupon_alert <> coupon_alert_told`),
    index("campaign_stats_to_look").on(t.coupons_look_at).where(sql`coupons_look_at IS NOT NULL`),
  ],
);

/** WITHOUT ROWID (see the migration). `day` is YYYY-MM-DD in UTC. */
export const campaignDays = sqliteTable(
  "campaign_days",
  {
    campaign_id: ofCampaign(),
    day: text().notNull(),
    signups: counter(),
    referrals: counter(),
    shares: counter(),
    clicks: counter(),
    impressions: counter(),
    conversions: counter(),
    /** Amounts of conversions in the campaign's currency, and refunded amounts of this day, in minor units. */
    revenue: counter(),
    refunded: counter(),
    /** The same counts per hour and per value of each dimension (`ledger/counts/day-tally.ts`). */
    tally: text().notNull().default("{}"),
    /** How far the participants who signed up on this day have got by now (`ledger/counts/cohorts.ts`). */
    cohort: text().notNull().default("{}"),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.day] })],
);
