import { isRuleRewardOf, nextEarned, ofCoupon, RULE_REWARDS } from "../../../drizzle/schema/rewards";
import { type Group, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts } from "../counts/cohorts";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, insertEvents, noteAlerts } from "../events/publish";
import { idsFulfilled } from "../records/reward-kinds";
import { fillWaiting } from "./coupons";

/** A reward that the member gives manually. `id` is the prefix of the IDs of its events. */
export type GiftItem = {
  kind: "gift";
  id: string;
  at: number;
  origin: string;
  participant_id: number;
  reward_type: number;
  /** Minor units of the campaign's currency. */
  amount: number | null;
  redirect_url: string | null;
  custom_message: string | null;
  note: string | null;
  /** The name of the person who gives it, for the reward's history. */
  by: string | null;
};

/** The reason in the gift's first credit ledger entry. */
const GIVEN_BY_HAND = "given by hand";

const item = (field: keyof GiftItem) => `json_extract(?1, '$[0].${field}')`;

const FIRST_ID = `${RULE_REWARDS.FROM} + p.id * ${RULE_REWARDS.PER_PARTICIPANT}`;
const EVENT = `${item("id")} || '_r0'`;
const IS_NEW = `NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${EVENT})`;

const EARNED = nextEarned(item("at"));

/** The inserted gift. Its event is written after everything that depends on it, so a repeated group finds none. */
const GIVEN = `given AS (SELECT w.* FROM rewards w WHERE ${isRuleRewardOf("w.id", item("participant_id"))} AND w.campaign_id = ?2
  AND w.rule_id IS NULL AND w.earn_event = ${item("id")} AND ${IS_NEW})`;

/** A gift has no rule, so no cap or budget counts it. */
export const giftGroup: Group = {
  fence,
  give: statement(`INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, redirect_url, custom_message,
  amount, currency, note, date_earned, date_fulfilled, earn_event)
SELECT coalesce((SELECT max(w.id) + 1 FROM rewards w WHERE ${isRuleRewardOf("w.id", "p.id")}), ${FIRST_ID}), c.member_id, ?2, p.id, 'referrer', ${item("reward_type")},
  iif(${item("reward_type")} IN (${idsFulfilled("at once")}), 'fulfilled', 'pending'), ${item("redirect_url")}, ${item("custom_message")},
  ${item("amount")}, c.currency, ${item("note")}, ${EARNED}, iif(${item("reward_type")} IN (${idsFulfilled("at once")}), ${EARNED}, NULL), ${item("id")}
FROM campaigns c CROSS JOIN participants p ON p.id = ${item("participant_id")} AND p.campaign_id = c.id AND p.status = 'active'
WHERE c.id = ?2 AND ${IS_NEW}`),
  entry: statement(`WITH ${GIVEN}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, amount, reason, status, by, date)
SELECT participant_id, id, ${item("id")}, NULL, amount, '${GIVEN_BY_HAND}', status, ${item("by")}, ${item("at")} FROM given`),
  totals:
    statement(`UPDATE campaign_stats SET rewards_pending = rewards_pending + g.pending, rewards_fulfilled = rewards_fulfilled + g.fulfilled
FROM (WITH ${GIVEN} SELECT coalesce(sum(status = 'pending'), 0) AS pending, coalesce(sum(status = 'fulfilled'), 0) AS fulfilled FROM given) g
WHERE campaign_id = ?2 AND g.pending + g.fulfilled > 0`),
  ...keepCohorts(`${GIVEN}, touched AS (SELECT participant_id AS id, date_earned AS at FROM given)`),
  events: insertEvents(
    `SELECT ${EVENT}, 'reward.' || status, participant_id, id, json_object('status', status, 'origin', ${item("origin")}), ${item("at")} FROM given`,
    GIVEN,
  ),
  // A coupon gift queues behind the rewards that are already waiting.
  ...fillWaiting,
  alertLow,
  alertExhausted,
  noteAlerts,
  ...outgoing,
  reward: statement(`SELECT w.*, ${ofCoupon("k")} FROM rewards w LEFT JOIN coupons k ON k.reward_id = w.id
WHERE ${isRuleRewardOf("w.id", item("participant_id"))} AND w.campaign_id = ?2 AND w.rule_id IS NULL AND w.earn_event = ${item("id")}`),
  lastCoupon,
};
