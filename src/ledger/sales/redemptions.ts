import { redemptions } from "../../../drizzle/schema/redemptions";
import { type Raw, readColumns } from "../../lib/columns";
import { type Group, statement } from "../batch/statement";
import { toPrograms } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { balanceOf } from "../rewards/credit";
import { type Outcome, refused } from "../signups/outcome";

/** Redeems a participant's store credit. `id` becomes the ID of its event. */
export type RedeemItem = {
  kind: "redeem";
  id: string;
  at: number;
  origin: string;
  participant_id: number;
  /** The caller's own ID for the redemption. */
  redemption_id: string;
  amount: number;
  /** Null uses the campaign's currency. */
  currency: string | null;
};

const item = (field: keyof RedeemItem) => `json_extract(?1, '$[0].${field}')`;

const CURRENCY = `coalesce(${item("currency")}, c.currency)`;
const BALANCE = balanceOf("p.id", CURRENCY);
const PARTICIPANT = `campaigns c CROSS JOIN participants p ON p.id = ${item("participant_id")} AND p.campaign_id = c.id AND p.status <> 'erased' WHERE c.id = ?2`;

export const redeemGroup: Group = {
  redeem: statement(`INSERT INTO redemptions (participant_id, redemption_id, amount, currency, date_added, event)
SELECT p.id, ${item("redemption_id")}, ${item("amount")}, ${CURRENCY}, ${item("at")}, ${item("id")}
FROM ${PARTICIPANT} AND p.status = 'active' AND ${item("amount")} <= ${BALANCE}
ON CONFLICT (participant_id, redemption_id) DO NOTHING`),
  events:
    insertEvents(`SELECT r.event, 'credit.redeemed', p.id, NULL, json_object('campaign_id', ?2, 'participant_id', p.id, 'redemption_id', r.redemption_id,
  'amount', r.amount, 'currency', r.currency, 'balance', ${BALANCE}, 'origin', ${item("origin")}), r.date_added
FROM campaigns c CROSS JOIN participants p ON p.id = ${item("participant_id")} AND p.campaign_id = c.id
CROSS JOIN redemptions r ON r.participant_id = p.id AND r.redemption_id = ${item("redemption_id")} AND r.event = ${item("id")}
WHERE c.id = ?2 AND NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id = ${item("id")})`),
  ...toPrograms,
  outcome: statement(`SELECT p.status, ${CURRENCY} AS asked, ${BALANCE} AS balance, r.*
FROM campaigns c CROSS JOIN participants p ON p.id = ${item("participant_id")} AND p.campaign_id = c.id AND p.status <> 'erased'
LEFT JOIN redemptions r ON r.participant_id = p.id AND r.redemption_id = ${item("redemption_id")} WHERE c.id = ?2`),
};

type RedemptionRow = typeof redemptions.$inferSelect;

/** `balance`: the remaining store credit in the currency. */
export type Redeemed = { redemption: RedemptionRow; balance: number; is_duplicate: boolean };

const COLUMNS = {
  participant_id: redemptions.participant_id,
  redemption_id: redemptions.redemption_id,
  amount: redemptions.amount,
  currency: redemptions.currency,
  date_added: redemptions.date_added,
  event: redemptions.event,
};

/** Reads an item's result or the reason it was refused. */
export function redeemOutcome(asked: RedeemItem, row: Raw | undefined): Outcome<Redeemed> {
  if (!row) return refused("not_found", "No such participant.");
  const balance = Math.max(0, Number(row.balance));
  if (row.event === null && row.status !== "active") return refused("conflict", "The participant is not active.");
  if (row.event === null) return refused("conflict", `The balance is ${balance} in minor units of ${row.asked}.`);
  const redemption = readColumns(COLUMNS, row) as RedemptionRow;
  const is_duplicate = redemption.event !== asked.id;
  if (is_duplicate && (redemption.amount !== asked.amount || redemption.currency !== row.asked))
    return refused("conflict", "This redemption_id was already recorded with a different amount or currency.");
  return { ok: true, value: { redemption, balance, is_duplicate } };
}
