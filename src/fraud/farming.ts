import { type Factors, weighed } from "./feedback.ts";
import type { ReasonCode } from "./reasons.ts";

/** A mailbox that collects the friend reward in several campaigns of one account. */
export const FARMING: ReasonCode = "rewards_elsewhere";

const DAY_MS = 86_400_000;
/**
 * How many of a mailbox's latest invitations are read, which bounds the cost of a decision, and how long each one
 * counts.
 */
export const [LOOKED_AT_MAX, COUNTS_FOR_MS] = [12, 365 * DAY_MS];

/**
 * Points per other campaign: `campaign` if the mailbox was invited to it, `recent` if that was less than a week ago,
 * `same_inviter` if today's inviter invited it there too, `swapped` if it invited today's inviter there.
 */
export const POINTS = { campaign: 1, recent: 1, same_inviter: 1, swapped: 2 } as const;
export const RECENT_MS = 7 * DAY_MS;

/**
 * Weights by points. A fan of an agency's brands may join three or four campaigns a year, and two friends may share
 * their interests.
 */
const WEIGHTS = [0, 0, 0, 0.1, 0.2, 0.3, 0.42, 0.55, 0.65, 0.75];

/** The weights for the transaction, in thousandths, adjusted by reviewers' verdicts. */
export function farmingWeights(factors: Factors = {}) {
  const factor = factors[FARMING] ?? 1;
  const weights = WEIGHTS.map((weight) => Math.round(1000 * weighed(weight, factor)));
  return { weights, ...(factor !== 1 && { factor }) };
}
export const POINTS_MAX = WEIGHTS.length - 1;
