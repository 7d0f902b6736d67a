import { currencyOf, worthOf } from "./cash";
import { rewardKinds } from "./reward-kinds";

/** The store credit that a participant was given, as a FROM clause over `rewards w`. An index has it. */
export const creditOf = (participant: string) =>
  `rewards w INDEXED BY rewards_store_credit WHERE w.participant_id = ${participant} AND w.reward_type = ${rewardKinds.credit.id} AND w.status = 'fulfilled'`;

/** What a reward of it is worth, without what refunds took back. */
export const LEFT = `${worthOf("w")} - coalesce(w.owed_back, 0)`;

/** What a participant redeemed in a currency, as SQL. */
export const redeemedBy = (participant: string, currency: string) =>
  `coalesce((SELECT sum(d.amount) FROM redemptions d WHERE d.participant_id = ${participant} AND d.currency = ${currency}), 0)`;

/** What is left of a participant's store credit in a currency, as SQL. Negative if more was redeemed than refunds left. */
export const balanceOf = (participant: string, currency: string) =>
  `(coalesce((SELECT sum(${LEFT}) FROM ${creditOf(participant)} AND ${currencyOf("w")} = ${currency}), 0)
  - ${redeemedBy(participant, currency)})`;

/** The rule that granted reward `alias`, as it was, as JSON. Null for the campaign's own goal. */
export const ruleOf = (alias: string) => `coalesce(${alias}.terms -> 'rule', (SELECT c.rule FROM credits c
    WHERE c.participant_id = ${alias}.participant_id AND c.reward_id = ${alias}.id AND c.rule IS NOT NULL))`;
