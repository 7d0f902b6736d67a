import { isHeld, ofCoupon } from "../../../drizzle/schema/rewards";
import { isOnItsWay } from "../../../drizzle/schema/transfers";
import { type Group, statement } from "../batch/statement";
import { outgoing } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { idsFulfilled } from "../records/reward-kinds";

/** Marks a reward as paid, or revokes it. `id` becomes the ID of the event. */
export type RewardItem = {
  kind: "reward";
  id: string;
  at: number;
  origin: string;
  reward_id: number;
  status: "fulfilled" | "revoked";
  note: string | null;
  /** The person who does it, for the reward's history. */
  by?: string | null;
  /** The transaction that paid a token. Without it, nobody may change a token that is being transferred. */
  token_transaction?: string;
};

const item = (field: keyof RewardItem) => `json_extract(?1, '$[0].${field}')`;

/**
 * Only a code can fulfill a coupon reward. A revoked or expired reward stays that way. The veto endpoint decides only
 * while the reward waits for it.
 */
const MAY_CHANGE = `w.id = ${item("reward_id")} AND w.campaign_id = ?2 AND w.date_expired IS NULL AND (${item("token_transaction")} IS NOT NULL OR NOT ${isOnItsWay("w")})
  AND (${item("by")} IS NOT 'veto' OR w.in_veto = 1)
  AND ((${item("status")} = 'revoked' AND w.status <> 'revoked') OR (${item("status")} = 'fulfilled' AND w.status = 'pending' AND NOT ${isHeld("w")} AND w.reward_type IN (${idsFulfilled("by hand", "by transfer")})))`;

/**
 * When a review revokes a rule's rewards for friends, nobody received them: caps and budgets get them back, and later
 * friends can earn them.
 */
const GIVES_BACK = `(${item("by")} IS 'review' AND w.rule_id IS NOT NULL AND w.role = 'referrer' AND w.conversion_id IS NULL)`;

export const rewardGroup: Group = {
  uncount:
    statement(`UPDATE rule_counts SET granted = granted - 1, behind = behind + (w.terms ->> '$.rule.repeat' IS 'every'),
  month_granted = month_granted - (month = strftime('%Y-%m', w.date_earned / 1000, 'unixepoch'))
FROM rewards w WHERE ${MAY_CHANGE} AND ${GIVES_BACK} AND rule_counts.participant_id = w.participant_id AND rule_counts.rule_id = w.rule_id`),
  // For a paid reward, the ledger already has what refunds took back.
  note: statement(`INSERT INTO credits (participant_id, reward_id, event, conversion_id, amount, reason, status, by, date)
SELECT w.participant_id, w.id, ${item("id")}, w.conversion_id, iif(${item("status")} = 'revoked', coalesce(w.owed_back, 0) - w.amount, NULL),
  coalesce(${item("note")}, ${item("status")}), ${item("status")}, ${item("by")}, ${item("at")} FROM rewards w WHERE ${MAY_CHANGE}`),
  totals:
    statement(`UPDATE campaign_stats SET rewards_pending = rewards_pending - (w.status = 'pending'), rewards_held = rewards_held - ${isHeld("w")},
  rewards_fulfilled = rewards_fulfilled - (w.status = 'fulfilled') + (${item("status")} = 'fulfilled'),
  rewards_revoked = rewards_revoked + (${item("status")} = 'revoked'),
  rule_spent = iif(${GIVES_BACK} AND w.amount IS NOT NULL, json_set(rule_spent, '$."' || w.rule_id || '"', rule_spent ->> ('$."' || w.rule_id || '"') - w.amount), rule_spent)
FROM rewards w WHERE campaign_stats.campaign_id = ?2 AND ${MAY_CHANGE}`),
  events:
    insertEvents(`SELECT ${item("id")}, 'reward.' || ${item("status")}, w.participant_id, w.id, json_patch(json_object('status', ${item("status")}, 'origin', ${item("origin")}),
  iif(${item("token_transaction")} IS NULL, '{}', json_object('reward', json_object('token_transaction', ${item("token_transaction")}, 'token_state', 'confirmed')))), ${item("at")}
FROM rewards w WHERE ${MAY_CHANGE}`),
  change:
    statement(`UPDATE rewards AS w SET status = ${item("status")}, token_transaction = coalesce(${item("token_transaction")}, token_transaction), note = coalesce(${item("note")}, note), held_until = NULL, needs_approval = NULL,
  date_fulfilled = iif(${item("status")} = 'fulfilled', ${item("at")}, date_fulfilled), in_veto = iif(in_veto = 1, 0, in_veto) WHERE ${MAY_CHANGE}`),
  ...outgoing,
  reward: statement(
    `SELECT w.*, ${ofCoupon("k")} FROM rewards w LEFT JOIN coupons k ON k.reward_id = w.id WHERE w.id = ${item("reward_id")} AND w.campaign_id = ?2`,
  ),
};
