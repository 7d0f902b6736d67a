/** What people decided about a reason in a campaign: its referrers, and how many of them were denied. */
export type Verdicts = { reviewed: number; confirmed: number };

/** By how much each reason's weight is multiplied, by its code. A reason that is not here keeps its weight. */
export type Factors = Record<string, number>;

/** As if ten referrers had been looked at before, and eight of them denied: the precision that the benchmark shows, less what it flatters. */
const PRIOR = { reviewed: 10, confirmed: 8 };
const [LEAST, MOST] = [0.5, 1.5];
/** No single reason is a proof. */
const WEIGHT_MAX = 0.95;

const precision = ({ reviewed, confirmed }: Verdicts) => confirmed / reviewed;

/**
 * How much more, or less, a reason is to be trusted than before anybody looked: the mean of a Beta distribution with the verdicts, divided
 * by that without them. In hundredths, so that one more verdict of many changes nothing.
 */
export function factorOf({ reviewed, confirmed }: Verdicts): number {
  const after = precision({ reviewed: PRIOR.reviewed + reviewed, confirmed: PRIOR.confirmed + confirmed });
  const factor = Math.min(MOST, Math.max(LEAST, after / precision(PRIOR)));
  return Math.round(factor * 100) / 100;
}

/** A weight with what people's verdicts make of it. */
export const weighed = (weight: number, factor = 1) =>
  factor === 1 ? weight : Math.min(Math.max(weight, WEIGHT_MAX), weight * factor);
