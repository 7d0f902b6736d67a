import { type ConversionRow, conversionColumns, type RewardRow } from "../../../drizzle/schema/index";
import { ofCoupon } from "../../../drizzle/schema/rewards";
import { type Raw, readColumns } from "../../lib/columns";
import { columnsOf, readObjects, selectObjects } from "../batch/json-row";
import { type Group, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts } from "../counts/cohorts";
import { countDays, dayOf } from "../counts/day-tally";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, insertSales, noteAlerts } from "../events/publish";
import { type ConversionItem, value } from "../records/conversion-item";
import { readReward } from "../records/earned-reward";
import { IS_OWNERS, KEY_ALIVE } from "../records/item";
import { IN_MONTH, RULES, rewardsBy } from "../rewards/award";
import {
  assignGranted,
  GRANTED_COLUMNS,
  grantedTotals,
  KEEP_REWARD_TOTALS,
  SELECT_REWARD_EVENTS,
  tape,
} from "../rewards/grant";
import { addSpent, COUPON, countRules, insertMade } from "../rewards/rule-rewards";
import { type Outcome, refused } from "../signups/outcome";
import { CODE_OWNER, convert, PARTICIPANT } from "./decide";
import { settle } from "./settle";

/** An item's conversion, no matter which request recorded it. */
const RECORDED = `conversions k ON k.campaign_id = ?2 AND k.event_name = ${value("event_name")} AND k.external_id = ${value("key")}`;

/**
 * The decisions of the group's new conversions. Their events are written last, so a group that is repeated after a lost
 * response changes nothing.
 */
const MADE = `made AS (
  SELECT j.key AS n, k.event, ${value("at")} AS at, ${value("origin")} AS origin, k.id AS conversion, k.currency,
    d.value ->> 'rule' AS rule, d.value ->> 'to' AS beneficiary, d.value ->> 'amount' AS amount, d.value ->> 'reward' AS reward,
    d.value ->> 'counts' AS counts
  FROM json_each(?1) j CROSS JOIN ${RECORDED} AND k.event = ${value("id")} CROSS JOIN json_each(k.decisions) d
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`;

/** The codes that the group may need. */
const TAPE = tape(`(SELECT count(*) FROM rules WHERE reward_type = ${COUPON})`);

const GRANTED = `${MADE}, ${RULES}, ${TAPE},
granted AS (SELECT ${GRANTED_COLUMNS} FROM made x CROSS JOIN rewards w ON w.id = x.reward)`;

/** What a rule gave before it was counted and before this group, whose own rewards are already in the table. */
const before = (also?: string) => `iif(r.is_counted AND NOT EXISTS (
    SELECT 1 FROM rule_counts t WHERE t.participant_id = m.beneficiary AND t.rule_id = m.rule AND t.granted > 0),
    ${rewardsBy("m.rule", "m.beneficiary", also)} - count(m.reward), 0)`;

/** A rule that does not depend on what it gave before writes no row here when it gives a reward. */
const count = statement(`WITH ${MADE}, ${RULES}
${countRules(`SELECT m.beneficiary, m.rule, count(*) + ${before()} AS reached, count(m.reward) + ${before()} AS granted, count(m.reward) + ${before(IN_MONTH)} AS in_month, 0 AS behind
  FROM made m CROSS JOIN rules r ON r.id = m.rule AND (r.is_counted IS NOT 0 OR m.reward IS NULL) WHERE m.counts GROUP BY m.beneficiary, m.rule`)}`);

const NEW = `SELECT count(*) AS n FROM json_each(?1) j CROSS JOIN ${RECORDED} AND k.event = ${value("id")}
WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})`;

const keepTotals =
  statement(`UPDATE campaign_stats SET total_conversions = total_conversions + made.n, ${KEEP_REWARD_TOTALS},
  ${addSpent(MADE)}
FROM (${NEW}) made, (${grantedTotals({ ctes: GRANTED })}) d WHERE campaign_id = ?2 AND made.n > 0`);

/** Sales count on the day they are recorded, under their buyer's source. */
const keepDays = statement(
  countDays(
    `facts AS (
  SELECT ${dayOf(value("at"))} AS day, ${value("at")} AS at, p.invited_social AS social, p.source, 1 AS sale,
    iif(k.currency = c.currency, k.amount, 0) AS amount
  FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = ?2 CROSS JOIN ${RECORDED} AND k.event = ${value("id")}
  LEFT JOIN participants p ON p.id = k.participant_id
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`,
    { conversions: "sale", revenue: "amount" },
  ),
);

/**
 * Settles refunds that arrived before their conversion. The rewards' own events already report the resulting statuses.
 */
const { publishChanged: _, ...takeBackWaiting } = settle(`refunding AS (
  SELECT r.event AS n, r.event, ${value("at")} AS at, k.id AS conversion, k.amount AS sale, coalesce(k.paid, k.amount) AS paid, NULL AS refunded
  FROM json_each(?1) j CROSS JOIN ${RECORDED} AND k.event = ${value("id")}
  CROSS JOIN refunds r ON r.campaign_id = ?2 AND r.event_name = k.event_name AND r.external_id = k.external_id
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`);

const events = insertSales(
  `SELECT k.event, 'conversion.created', coalesce(k.participant_id, k.referrer_id), NULL,
  json_object('id', k.id, 'campaign_id', k.campaign_id, 'participant_id', k.participant_id, 'referrer_id', k.referrer_id,
    'attributed_by', k.attributed_by, 'event_name', k.event_name, 'conversion_id', k.external_id, 'amount', k.amount, 'currency', k.currency, 'outcome', k.outcome, 'refunded_amount', coalesce(k.refunded, 0),
    'occurred_at', strftime('%Y-%m-%dT%H:%M:%fZ', k.occurred_at / 1000.0, 'unixepoch'), 'origin', ${value("origin")}), ${value("at")}
FROM json_each(?1) j CROSS JOIN ${RECORDED} AND k.event = ${value("id")}
WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
UNION ALL ${SELECT_REWARD_EVENTS}`,
  GRANTED,
);

const OUTCOME = {
  campaign_exists: "c.id",
  is_key_alive: KEY_ALIVE,
  is_owners: IS_OWNERS,
  is_suspended: "c.is_suspended",
  own_currency: "c.currency",
  buyer: "p.id",
  code_owner: CODE_OWNER,
  is_new: `k.event = ${value("id")}`,
  ...columnsOf({ conversions: "k" }, conversionColumns),
};

const outcomes = statement(`SELECT ${selectObjects(OUTCOME)}
FROM json_each(?1) j LEFT JOIN campaigns c ON c.id = ?2 LEFT JOIN ${RECORDED}
LEFT JOIN participants p ON p.id = ${PARTICIPANT} AND p.campaign_id = ?2 ORDER BY j.key`);

/** The rewards of each item's conversion, in their current state. */
const earnedRewards = statement(`SELECT j.key AS n, w.*, ${ofCoupon("u")}
FROM json_each(?1) j CROSS JOIN ${RECORDED} CROSS JOIN json_each(k.decisions) d
CROSS JOIN rewards w ON w.id = d.value ->> 'reward' LEFT JOIN coupons u ON u.reward_id = w.id`);

export const conversionGroup: Group = {
  fence,
  convert,
  insertRewards: insertMade(`${MADE}, ${RULES}, ${TAPE}`),
  assignCoupons: assignGranted({ ctes: GRANTED }),
  count,
  keepTotals,
  alertLow,
  alertExhausted,
  noteAlerts,
  keepDays,
  ...takeBackWaiting,
  ...keepCohorts(
    `touched AS (SELECT k.referrer_id AS id, ${value("at")} AS at FROM json_each(?1) j CROSS JOIN ${RECORDED} AND k.event = ${value("id")} AND k.referrer_id IS NOT NULL)`,
  ),
  events,
  ...outgoing,
  outcomes,
  earnedRewards,
  lastCoupon,
};

export type Converted = {
  conversion: ConversionRow;
  rewards: RewardRow[];
  /** Whether an earlier request recorded it. */
  is_duplicate: boolean;
};

/** Reads an item's result or the reason it was refused. */
export function conversionOutcome(item: ConversionItem, answer: Raw | undefined, rewards: Raw[]): Outcome<Converted> {
  const row = answer && readObjects(answer);
  if (!row?.is_key_alive) return refused("unauthenticated");
  if (!row.campaign_exists || !row.is_owners) return refused("not_found", "No such campaign.");
  if (row.is_suspended) return refused("suspended");
  const checkout_key = item.checkout_key ?? null;
  if (row.id === null || (item.referrer_id === null && checkout_key === null && row.buyer === null))
    return refused("not_found", "No such participant.");
  const conversion = readColumns(conversionColumns, row) as ConversionRow;
  const isSame =
    conversion.amount === item.amount &&
    conversion.currency === (item.currency ?? row.own_currency) &&
    isOfSame(item, conversion, row);
  if (!row.is_new && !isSame)
    return refused("conflict", "This conversion_id was recorded with a different amount, currency, or participant.");
  return { ok: true, value: { conversion, rewards: rewards.map(readReward), is_duplicate: !row.is_new } };
}

/**
 * Whether an item names the same participants as the conversion. The buyer may have joined since, and the code may no
 * longer exist.
 */
function isOfSame(item: ConversionItem, { participant_id, referrer_id }: ConversionRow, { buyer, code_owner }: Raw) {
  const isBuyerNamed = (item.participant_id ?? item.external_id ?? item.email) !== null;
  if (participant_id !== null && isBuyerNamed) return participant_id === buyer;
  return code_owner === null ? (item.checkout_key ?? null) !== null : referrer_id === code_owner;
}
