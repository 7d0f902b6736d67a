import { type Factors, weighed } from "./feedback.ts";
import type { ReasonCode } from "./reasons.ts";

/** A mailbox that collects the reward for friends in one campaign of an account after the other. */
export const FARMING: ReasonCode = "rewards_elsewhere";

const DAY_MS = 86_400_000;
/** How many of a mailbox's latest invitations are read, which bounds what a decision costs, and how long each counts. */
export const [LOOKED_AT_MAX, COUNTS_FOR_MS] = [12, 365 * DAY_MS];

/**
 * Points for another campaign that the mailbox was invited to; more if that was less than a week ago, or by the mailbox that invites it now. And for
 * another campaign to which it invited the mailbox that invites it now.
 */
export const POINTS = { campaign: 1, recent: 1, same_inviter: 1, swapped: 2 } as const;
export const RECENT_MS = 7 * DAY_MS;

/** By points. A fan of an agency's brands joins three or four campaigns in a year, and two friends share what they like. */
const WEIGHTS = [0, 0, 0, 0.1, 0.2, 0.3, 0.42, 0.55, 0.65, 0.75];

/** The weights as the transaction gets them, in thousandths, with what people's verdicts make of them. */
export function farmingWeights(factors: Factors = {}) {
  const factor = factors[FARMING] ?? 1;
  const weights = WEIGHTS.map((weight) => Math.round(1000 * weighed(weight, factor)));
  return { weights, ...(factor !== 1 && { factor }) };
}
export const POINTS_MAX = WEIGHTS.length - 1;
