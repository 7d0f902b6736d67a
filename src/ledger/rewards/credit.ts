import { rewardKinds } from "../records/reward-kinds";
import { currencyOf, worthOf } from "./cash";

/** A participant's store credit, as a FROM clause over `rewards w`. Covered by an index. */
export const creditOf = (participant: string) =>
  `rewards w INDEXED BY rewards_store_credit WHERE w.participant_id = ${participant} AND w.reward_type = ${rewardKinds.credit.id} AND w.status = 'fulfilled'`;

/** A reward's value minus what refunds took back. */
export const LEFT = `${worthOf("w")} - coalesce(w.owed_back, 0)`;

/** What a participant has redeemed in a currency, as SQL. */
export const redeemedBy = (participant: string, currency: string) =>
  `coalesce((SELECT sum(d.amount) FROM redemptions d WHERE d.participant_id = ${participant} AND d.currency = ${currency}), 0)`;

/**
 * A participant's store credit balance in a currency, as SQL. Negative if refunds took back credit that was already
 * redeemed.
 */
export const balanceOf = (participant: string, currency: string) =>
  `(coalesce((SELECT sum(${LEFT}) FROM ${creditOf(participant)} AND ${currencyOf("w")} = ${currency}), 0)
  - ${redeemedBy(participant, currency)})`;

/** The rule that granted reward `alias`, as it was at the time, as JSON. Null for the campaign's own goal. */
export const ruleOf = (alias: string) => `coalesce(${alias}.terms -> 'rule', (SELECT c.rule FROM credits c
    WHERE c.participant_id = ${alias}.participant_id AND c.reward_id = ${alias}.id AND c.rule IS NOT NULL))`;
