import {
  type ConversionRow,
  conversionColumns,
  type RefundRow,
  type RewardRow,
  refundColumns,
} from "../../../drizzle/schema/index";
import { ofCoupon } from "../../../drizzle/schema/rewards";
import { type Raw, readColumns } from "../../lib/columns";
import { columnsOf, readObjects, selectObjects } from "../batch/json-row";
import { type Group, statement } from "../batch/statement";
import { toPrograms } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { readReward } from "../records/earned-reward";
import { IS_OWNERS, KEY_ALIVE } from "../records/item";
import { type RefundItem, value } from "../records/refund-item";
import { type Outcome, refused } from "../signups/outcome";
import { settle } from "./settle";

/** An item's refund, no matter which request recorded it, and its conversion. */
const RECORDED = `refunds r ON r.campaign_id = ?2 AND r.event_name = ${value("event_name")} AND r.external_id = ${value("key")}
  AND r.refund_id = ${value("refund_id")}`;
const CONVERSION =
  "LEFT JOIN conversions k ON k.campaign_id = ?2 AND k.event_name = r.event_name AND k.external_id = r.external_id";

/**
 * How many refunds a conversion takes; a concurrent group may exceed it. Refunds that wait are settled in one
 * transaction with their conversion, for each of its rewards.
 */
const REFUNDS_MAX = 100;
const REFUNDS = `(SELECT count(*) FROM refunds x WHERE x.campaign_id = ?2 AND x.event_name = ${value("event_name")} AND x.external_id = ${value("key")})`;

/** The currency of the item's conversion, if it exists. */
const SALE_CURRENCY = `(SELECT k.currency FROM conversions k WHERE k.campaign_id = ?2 AND k.event_name = ${value("event_name")} AND k.external_id = ${value("key")})`;

const insertRefunds =
  statement(`INSERT INTO refunds (campaign_id, event_name, external_id, refund_id, amount, reason, date_added, event, currency, part, is_total, of_paid)
SELECT c.id, ${value("event_name")}, ${value("key")}, ${value("refund_id")}, ${value("amount")}, ${value("reason")}, ${value("at")}, ${value("id")},
  ${value("currency")}, ${value("part")}, ${value("is_total")}, ${value("of_paid")}
FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = ?2 AND ${IS_OWNERS} AND ${KEY_ALIVE} AND NOT c.is_suspended
WHERE ${REFUNDS} < ${REFUNDS_MAX} AND NOT coalesce(${SALE_CURRENCY} <> ${value("currency")}, 0) ORDER BY j.key
ON CONFLICT (campaign_id, event_name, external_id, refund_id) DO NOTHING`);

/** The group's new refunds. Their events are written last, so a repeated group takes nothing back twice. */
const NEW = `new AS (
  SELECT j.key AS n, r.event, r.date_added AS at, r.amount, r.refund_id, r.event_name, r.external_id, ${value("origin")} AS origin,
    k.id AS conversion, k.amount AS sale, coalesce(k.paid, k.amount) AS paid, k.refunded, k.participant_id, k.referrer_id, k.currency
  FROM json_each(?1) j CROSS JOIN ${RECORDED} AND r.event = ${value("id")} ${CONVERSION}
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${value("id")})
)`;

/** A refund without its conversion is published when the conversion arrives. */
const events = insertEvents(
  `SELECT event, CASE WHEN conversion IS NULL THEN 'refund.waiting' WHEN amount < 0 THEN 'conversion.refund_reversed' ELSE 'conversion.refunded' END,
  coalesce(participant_id, referrer_id), NULL,
  json_object('id', conversion, 'campaign_id', ?2, 'participant_id', participant_id, 'referrer_id', referrer_id, 'event_name', event_name,
    'conversion_id', external_id, 'refund_id', refund_id, 'amount', amount, 'refunded_amount', refunded, 'currency', currency, 'origin', origin), at
FROM new`,
  NEW,
);

const OUTCOME = {
  campaign_exists: "c.id",
  is_key_alive: KEY_ALIVE,
  is_owners: IS_OWNERS,
  is_suspended: "c.is_suspended",
  is_new: `r.event = ${value("id")}`,
  sale_currency: SALE_CURRENCY,
  ...Object.fromEntries(
    Object.entries(columnsOf({ refunds: "r" }, refundColumns)).map(([name, column]) => [`refund_${name}`, column]),
  ),
  ...columnsOf({ conversions: "k" }, conversionColumns),
};

const outcomes = statement(`SELECT ${selectObjects(OUTCOME)}
FROM json_each(?1) j LEFT JOIN campaigns c ON c.id = ?2 LEFT JOIN ${RECORDED} ${CONVERSION} ORDER BY j.key`);

const rewards = statement(`SELECT j.key AS n, w.*, ${ofCoupon("u")}
FROM json_each(?1) j CROSS JOIN ${RECORDED}
CROSS JOIN conversions k ON k.campaign_id = ?2 AND k.event_name = r.event_name AND k.external_id = r.external_id
CROSS JOIN json_each(k.decisions) d CROSS JOIN rewards w ON w.id = d.value ->> 'reward' LEFT JOIN coupons u ON u.reward_id = w.id`);

export const refundGroup: Group = {
  insertRefunds,
  ...settle(`${NEW}, refunding AS (SELECT * FROM new WHERE conversion IS NOT NULL)`),
  events,
  ...toPrograms,
  outcomes,
  earnedRewards: rewards,
};

export type Refunded = {
  refund: RefundRow;
  /** Null if it has not arrived yet. */
  conversion: ConversionRow | null;
  rewards: RewardRow[];
  /** Whether an earlier request recorded it. */
  is_duplicate: boolean;
};

/** Reads an item's result or the reason it was refused. */
export function refundOutcome(item: RefundItem, answer: Raw | undefined, rewards: Raw[]): Outcome<Refunded> {
  const row = answer && readObjects(answer);
  if (!row?.is_key_alive) return refused("unauthenticated");
  if (!row.campaign_exists || !row.is_owners) return refused("not_found", "No such campaign.");
  if (row.is_suspended) return refused("suspended");
  const { sale_currency } = row;
  if (row.refund_refund_id === null && sale_currency && item.currency && sale_currency !== item.currency)
    return refused("invalid_request", `The conversion is in ${sale_currency}, and the refund in ${item.currency}.`);
  if (row.refund_refund_id === null)
    return refused("conflict", `This conversion has ${REFUNDS_MAX} refunds already. It takes no more.`);
  const own = Object.fromEntries(Object.keys(refundColumns).map((name) => [name, row[`refund_${name}`] ?? null]));
  const refund = readColumns(refundColumns, own) as RefundRow;
  if (!row.is_new && (refund.amount !== item.amount || refund.currency !== (item.currency ?? null)))
    return refused("conflict", "This refund_id was already recorded with a different amount or currency.");
  const conversion = row.id === null ? null : (readColumns(conversionColumns, row) as ConversionRow);
  return { ok: true, value: { refund, conversion, rewards: rewards.map(readReward), is_duplicate: !row.is_new } };
}
