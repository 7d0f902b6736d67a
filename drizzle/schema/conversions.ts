import { getTableColumns, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, sqliteView, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { campaigns } from "./campaigns";
import { counter, flag, stamp, time } from "./columns";
import { rewardRoles } from "./rewards";

export const ruleTriggers = ["signup", "visit", "conversion"] as const;
export const ruleRepeats = ["once", "every"] as const;
/** How a conversion's referrer was found. */
export const attributions = ["participant", "referral_code", "checkout_code"] as const;
export const conversionOutcomes = ["credited", "not_credited", "capped"] as const;

/** The longest time that a rule holds a reward. */
export const HOLD_DAYS_MAX = 90;

/** Rules of a campaign, removed ones included, and those in use. */
export const RULES_PER_CAMPAIGN = 1024;
export const RULES_IN_USE_MAX = 20;

/** What a rule gives. Amounts are in minor units of the campaign's currency. */
const ruleReward = {
  reward_type: integer().notNull(),
  redirect_url: text(),
  custom_message: text(),
  amount: integer(),
  /** A share of the sale, in hundredths of a percent. */
  basis_points: integer(),
  max_amount: integer(),
  duration_months: integer(),
};

/**
 * Rules beyond the campaign's first two, which its own columns define. The id is `campaign_id * RULES_PER_CAMPAIGN + number`; the first
 * two have the numbers 0 and 1. Removed rules stay, so no number is reused.
 */
export const campaignRules = sqliteTable(
  "campaign_rules",
  {
    id: integer().primaryKey(),
    campaign_id: integer()
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    role: text({ enum: rewardRoles }).notNull(),
    trigger: text({ enum: ruleTriggers }).notNull().default("conversion"),
    /** Empty for triggers other than conversions. */
    event_name: text().notNull(),
    min_amount: integer().notNull(),
    first_only: flag().notNull(),
    threshold: integer().notNull(),
    repeat: text({ enum: ruleRepeats }).notNull(),
    ...ruleReward,
    max_per_participant: integer(),
    max_per_month: integer(),
    hold_days: counter(),
    needs_approval: flag().notNull().default(false),
    expires_days: integer(),
    budget: integer(),
    title: text(),
    image_url: text(),
    /**
     * Whether `rule_counts` counts its rewards. Null: since its beginning. False: no setting depends on them, so only cases
     * without a reward are counted. True: since a later change, so a row without a reward there lacks earlier ones.
     */
    is_counted: flag(),
    /** Whether it is shown to visitors and participants. It earns either way. */
    visible: flag().notNull().default(true),
    position: integer().notNull(),
    date_added: time().notNull(),
    date_removed: time(),
  },
  (t) => [index("campaign_rules_of").on(t.campaign_id)],
);

/** One rule's decision about a conversion: who it could reward, and the reward if it did. */
export type RuleDecision = {
  rule: number;
  to: number | null;
  code: string;
  amount: number | null;
  reward: number | null;
};

/** Conversions of participants or of buyers with a participant's code. Amounts are in minor units. */
export const conversions = sqliteTable(
  "conversions",
  {
    id: integer().primaryKey(),
    member_id: integer().notNull(),
    /** No foreign key, for the same reason as in `participants`. */
    campaign_id: integer().notNull(),
    /** Null if the buyer is not a participant: the code of the referrer is known, and maybe the buyer's mailbox. */
    participant_id: integer(),
    referrer_id: integer(),
    /** Null without a referrer, and for conversions before this column. */
    attributed_by: text({ enum: attributions }),
    /** A keyed hash of the buyer's email, as in `participants`. Null for participants' conversions before this rule. */
    mailbox: text(),
    event_name: text().notNull(),
    /** The caller's own id. */
    external_id: text().notNull(),
    amount: integer().notNull(),
    /** The total that the buyer paid, with tax and shipping, according to the provider. Null: only `amount` is known. */
    paid: integer(),
    currency: text().notNull(),
    metadata: text({ mode: "json" }).$type<Record<string, unknown>>(),
    outcome: text({ enum: conversionOutcomes }).notNull(),
    decisions: text({ mode: "json" }).$type<RuleDecision[]>().notNull(),
    /** The refunded part of the amount. Null without a refund, which differs from a refund of 0. */
    refunded: integer(),
    occurred_at: time().notNull(),
    date_added: time().notNull(),
    /** The request that recorded it. */
    event: text().notNull(),
    /** Null until the first change: new conversions are read in the order of their ids, which are not reused. */
    updated_at: stamp(),
  },
  (t) => [
    index("conversions_updated").on(t.member_id, t.updated_at).where(sql`updated_at IS NOT NULL`),
    uniqueIndex("conversions_once").on(t.campaign_id, t.event_name, t.external_id),
    index("conversions_of_campaign").on(t.campaign_id),
    index("conversions_of_participant").on(t.participant_id).where(sql`participant_id IS NOT NULL`),
    index("conversions_of_mailbox").on(t.campaign_id, t.mailbox).where(sql`mailbox IS NOT NULL`),
  ],
);

/** Refunds of conversions, by the caller's own ids, because they may come before their conversions. WITHOUT ROWID. */
export const refunds = sqliteTable(
  "refunds",
  {
    campaign_id: integer().notNull(),
    event_name: text().notNull(),
    external_id: text().notNull(),
    refund_id: text().notNull(),
    /** Minor units. Null: the whole rest. Negative: a refund that was reversed, such as a won dispute. */
    amount: integer(),
    reason: text(),
    date_added: time().notNull(),
    /** The request that recorded it. */
    event: text().notNull(),
    /** Null: the conversion's currency. A refund in another currency does not count. */
    currency: text(),
    /** Refunds of the same part, such as a charge or a dispute, add up to one sum, which is never below zero. */
    part: text(),
    /** Whether the amount is the part's total refund so far. */
    is_total: flag(),
    /** Whether the amount includes tax and shipping, like `paid_amount`. */
    of_paid: flag(),
  },
  (t) => [primaryKey({ columns: [t.campaign_id, t.event_name, t.external_id, t.refund_id] })],
);

const creditColumns = () => ({
  participant_id: integer().notNull(),
  reward_id: integer().notNull(),
  /** The request that caused it. */
  event: text().notNull(),
  /** Null for a reward of the campaign's own goal. */
  conversion_id: integer(),
  /** Minor units. Null for a reward without an amount, and for a step that does not change it. */
  amount: integer(),
  reason: text().notNull(),
  /** The reward's status after it, and who or what did it. */
  status: text(),
  by: text(),
  /** The rule at that time, as JSON. */
  rule: text(),
  date: time().notNull(),
});

/**
 * What happened to rewards after they were granted: rows are only added. `credit_entries` has the grant before them. WITHOUT ROWID.
 * Rewards from before `terms` have their grant here, too.
 */
export const credits = sqliteTable("credits", creditColumns(), (t) => [
  primaryKey({ columns: [t.participant_id, t.reward_id, t.event] }),
]);

/** The credit ledger, a view: a reward's amount is the sum of its entries. Read it by the reward's ID. */
export const creditEntries = sqliteView("credit_entries", creditColumns()).existing();

/** How often a rule counted for a participant, and how many rewards it gave them. WITHOUT ROWID. */
export const ruleCounts = sqliteTable(
  "rule_counts",
  {
    participant_id: integer().notNull(),
    rule_id: integer().notNull(),
    reached: counter(),
    granted: counter(),
    /** How many whole groups of `reached` were skipped, because their friends are denied, or a review revoked the reward. */
    behind: counter(),
    /** YYYY-MM in UTC, and the rewards given in it. */
    month: text().notNull(),
    month_granted: counter(),
  },
  (t) => [primaryKey({ columns: [t.participant_id, t.rule_id] })],
);

const { member_id, event, mailbox, updated_at, ...conversionColumns } = getTableColumns(conversions);

/** The columns of a conversion in responses. */
export { conversionColumns };
export type ConversionRow = Omit<typeof conversions.$inferSelect, "member_id" | "event" | "mailbox" | "updated_at">;

/** The columns of a refund in responses. */
export const refundColumns = {
  refund_id: refunds.refund_id,
  amount: refunds.amount,
  reason: refunds.reason,
  currency: refunds.currency,
  is_total: refunds.is_total,
  of_paid: refunds.of_paid,
  date_added: refunds.date_added,
};
export type RefundRow = Pick<typeof refunds.$inferSelect, keyof typeof refundColumns>;
