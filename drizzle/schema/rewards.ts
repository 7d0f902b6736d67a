import { getTableColumns, type InferColumnsDataTypes, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { flag, stamp, time } from "./columns";
import { HAS_NO_TRANSFER } from "./transfers";

export const rewardRoles = ["referrer", "invited"] as const;
export const rewardStatuses = ["pending", "fulfilled", "revoked"] as const;

/**
 * The columns of a reward's value; each kind uses some. They are set in `campaign_rewards` and copied to `rewards` when
 * a reward is earned.
 */
export const rewardValues = {
  redirect_url: text(),
  custom_message: text(),
  cash_cents: integer(),
  credit_cents: integer(),
  token_symbol: text(),
  token_address: text(),
  token_amount: text(),
};
export type RewardValue = keyof typeof rewardValues;

// No foreign key, for the same reason as in `participants`.
const ofCampaign = () => integer().notNull();

/**
 * A participant's rewards of rules have ids from `FROM + participant_id * PER_PARTICIPANT`, above all ids of the
 * campaign's first two rules.
 */
export const RULE_REWARDS = { FROM: 2 ** 52, PER_PARTICIPANT: 2 ** 20 } as const;

/** Whether the reward with this id is the participant's, of a rule beyond the campaign's own goal. An index finds them. */
export const isRuleRewardOf = (id: string, participant: string) => {
  const { FROM, PER_PARTICIPANT } = RULE_REWARDS;
  const first = `${FROM} + ${participant} * ${PER_PARTICIPANT}`;
  return `${id} BETWEEN ${first} AND ${first} + ${PER_PARTICIPANT - 1}`;
};

/** Whether the reward with this id is the participant's, as SQL over two expressions. An index finds them. */
export const isRewardOf = (id: string, participant: string) =>
  `(${id} BETWEEN ${participant} * 64 AND ${participant} * 64 + 63 OR ${isRuleRewardOf(id, participant)})`;

/** Whether a reward was given by hand: it has no rule, and does not belong to the campaign's own goal. */
export const isGift = ({ id, rule_id }: { id: number; rule_id: number | null }) =>
  rule_id === null && id >= RULE_REWARDS.FROM;

/** The participant whose reward it is, as SQL. */
export const ownerOfReward = (id: string) => {
  const { FROM, PER_PARTICIPANT } = RULE_REWARDS;
  return `iif(${id} < ${FROM}, ${id} / 64, (${id} - ${FROM}) / ${PER_PARTICIPANT})`;
};

/** Whether reward `alias` is held, as SQL. Its status is `pending`. */
export const isHeld = (alias: string) => `(${alias}.held_until IS NOT NULL OR ${alias}.needs_approval IS NOT NULL)`;

/** Whether pending reward `alias` is held, or not, in the words of the index that keeps the two apart. */
export const HELD = { yes: (alias: string) => `${isHeld(alias)} = 1`, no: (alias: string) => `${isHeld(alias)} = 0` };

/** When a reward of campaign `?2` is earned, as SQL: `at`, but later than any other of its account. */
export const nextEarned = (
  at: string,
) => `max(${at}, 1 + coalesce((SELECT max(last.date_earned) FROM rewards last INDEXED BY rewards_of_member
    WHERE last.member_id = (SELECT own.member_id FROM campaigns own WHERE own.id = ?2)), 0))`;

/** Which rewards can expire: pending ones and store credit. Held ones have no `expires_at`. */
export const MAY_EXPIRE = "expires_at IS NOT NULL AND (status = 'pending' OR status = 'fulfilled' AND reward_type = 6)";

/**
 * An earned reward, with the rule's values at that moment. The id of a reward of the campaign's first two rules is
 * `participant_id * 64 + slot`, where each has its slot: the primary key rejects a second reward for the same rule.
 */
export const rewards = sqliteTable(
  "rewards",
  {
    id: integer().primaryKey(),
    member_id: integer().notNull(),
    campaign_id: ofCampaign(),
    participant_id: integer().notNull(),
    role: text({ enum: rewardRoles }).notNull(),
    reward_type: integer().notNull(),
    status: text({ enum: rewardStatuses }).notNull(),
    ...rewardValues,
    token_transaction: text(),
    note: text(),
    /** Always later than that of any earlier reward of the account, so the order is that of the commits. */
    date_earned: time().notNull(),
    date_fulfilled: time(),
    /** The request that earned it. */
    earn_event: text().notNull(),
    /** For a reward of a rule: the rule, the conversion if there is one, and the amount in minor units. */
    rule_id: integer(),
    conversion_id: integer(),
    amount: integer(),
    /**
     * The first entry of its credit ledger, as JSON: the amount and the status that it was granted with, and the rule as it was. Null
     * for a reward of the campaign's own goal, and for those whose first entry is a row of `credits`.
     */
    terms: text(),
    /**
     * Until when a pending reward is held, and whether someone must approve it (false: they did). Both are null once it is
     * released, and for rewards that are not held.
     */
    held_until: time(),
    needs_approval: flag(),
    /** Whether `needs_approval` is because of an open review. Null otherwise, and once the review is settled. */
    in_review: flag(),
    /** Whether `needs_approval` is because the campaign's endpoint has not answered. Null: it was not asked. False: it answered, or someone approved. */
    in_veto: flag(),
    /** When it expires, unless it is given or redeemed before. Null while it is held. */
    expires_at: time(),
    /** When it expired. A pending reward is `revoked` then; store credit stays `fulfilled`, because some was redeemed. */
    date_expired: time(),
    /** The expired part of its amount, in minor units. */
    expired_amount: integer(),
    /** The part taken back after it was paid, in minor units: by refunds, or expired store credit. */
    owed_back: integer(),
    /** ISO 4217. Null for rewards from before campaigns had a currency, which were in USD. */
    currency: text(),
    /** The payout that it was paid with. */
    payout_id: integer(),
    /** The state of its transfer, for token rewards (`transfers`), and why it waits or failed. Null: no transfer was begun. */
    token_state: text(),
    token_reason: text(),
    /** Null until the first change: new rewards are read in the order in which they were earned. */
    updated_at: stamp(),
  },
  (t) => [
    index("rewards_of_member").on(t.member_id, t.date_earned),
    index("rewards_updated").on(t.member_id, t.updated_at).where(sql`updated_at IS NOT NULL`),
    index("rewards_of_campaign").on(t.campaign_id, t.reward_type, t.date_earned),
    index("rewards_pending")
      .on(t.campaign_id, t.reward_type, sql`(held_until IS NOT NULL OR needs_approval IS NOT NULL)`, t.date_earned)
      .where(sql`status = 'pending'`),
    index("rewards_of_rules").on(t.earn_event).where(sql`rule_id IS NOT NULL AND conversion_id IS NULL`),
    index("rewards_held").on(t.held_until).where(sql`held_until IS NOT NULL AND needs_approval IS NOT 1`),
    index("rewards_expiring").on(t.expires_at).where(sql.raw(MAY_EXPIRE)),
    index("rewards_to_approve").on(t.campaign_id, t.reward_type, t.date_earned).where(sql`needs_approval = 1`),
    index("rewards_in_review").on(t.participant_id).where(sql`in_review = 1`),
    index("rewards_store_credit").on(t.participant_id).where(sql`reward_type = 6 AND status = 'fulfilled'`),
    index("rewards_owed_back").on(t.campaign_id, t.participant_id).where(sql`owed_back IS NOT NULL`),
    index("rewards_of_payout").on(t.payout_id).where(sql`payout_id IS NOT NULL`),
    index("rewards_revoked").on(t.campaign_id, t.reward_type, t.date_earned).where(sql`status = 'revoked'`),
    index("rewards_without_transfer").on(t.id).where(sql.raw(HAS_NO_TRANSFER)),
    index("rewards_expired").on(t.campaign_id, t.reward_type, t.date_earned).where(sql`date_expired IS NOT NULL`),
  ],
);

/** Which codes can still expire: unused ones with a last day. */
export const MAY_END = "valid_until IS NOT NULL AND date_expired IS NULL AND reward_id IS NULL";

/** New ids are above every id that the campaign ever gave (see `campaign_stats.last_coupon_id`). */
export const coupons = sqliteTable(
  "coupons",
  {
    id: integer().primaryKey(),
    campaign_id: ofCampaign(),
    code: text().notNull(),
    /** The code in lower case, because codes are compared without case. */
    code_key: text().notNull(),
    reward_id: integer(),
    date_assigned: time(),
    /** The last moment when the code can be used. Null: it does not expire. */
    valid_until: time(),
    /** The day of `valid_until` in the account's time zone of that time, as shown to people. */
    last_day: text(),
    /** When the ledger counted it as expired. Null for codes that were given before. */
    date_expired: time(),
    /** In `coupon_uploads`. Null for codes from before uploads were recorded. */
    upload_id: integer(),
    /** Null until a change beyond its assignment: codes are added and assigned in the order of their ids. */
    updated_at: stamp(),
  },
  (t) => [
    uniqueIndex("coupons_code").on(t.campaign_id, t.code_key),
    index("coupons_of_campaign").on(t.campaign_id),
    index("coupons_tape").on(t.campaign_id, t.id, t.valid_until).where(sql`date_expired IS NULL`),
    index("coupons_ending").on(t.campaign_id, t.valid_until).where(sql.raw(MAY_END)),
    index("coupons_expired").on(t.campaign_id).where(sql`date_expired IS NOT NULL`),
    index("coupons_updated").on(t.campaign_id, t.updated_at).where(sql`updated_at IS NOT NULL`),
    uniqueIndex("coupons_reward").on(t.reward_id).where(sql`reward_id IS NOT NULL`),
  ],
);

/** An upload that added codes, so it can be undone. `key` is the request's event ID. */
export const couponUploads = sqliteTable(
  "coupon_uploads",
  {
    id: integer().primaryKey(),
    campaign_id: ofCampaign(),
    key: text().notNull(),
    /** The file's name. Null for pasted codes and the API. */
    name: text(),
    added: integer().notNull(),
    date_added: time().notNull(),
  },
  (t) => [uniqueIndex("coupon_uploads_key").on(t.campaign_id, t.key)],
);

const { member_id, note, earn_event, in_review, in_veto, terms, updated_at, ...ownColumns } = getTableColumns(rewards);
/**
 * The columns of a reward in responses, with its coupon. The ones named above are only for the ledger and for the
 * member's own lists.
 */
export const rewardColumns = {
  ...ownColumns,
  coupon: coupons.code,
  coupon_valid_until: coupons.valid_until,
  coupon_last_day: coupons.last_day,
};

type OfCoupon = { coupon: string | null; coupon_valid_until: Date | null; coupon_last_day: string | null };
export type RewardRow = InferColumnsDataTypes<typeof ownColumns> & OfCoupon;

/** A reward without its code. */
export const WITHOUT_COUPON: OfCoupon = { coupon: null, coupon_valid_until: null, coupon_last_day: null };

/** The columns of the reward's code, of `coupons` as `alias`, as SQL. */
export const ofCoupon = (alias: string) =>
  `${alias}.code AS coupon, ${alias}.valid_until AS coupon_valid_until, ${alias}.last_day AS coupon_last_day`;
