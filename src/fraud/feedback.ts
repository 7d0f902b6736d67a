/** Reviewers' decisions about a reason in a campaign: how many referrers they reviewed, and how many they denied. */
export type Verdicts = { reviewed: number; confirmed: number };

/** The factor for each reason's weight, by reason code. Reasons without a factor keep their weight. */
export type Factors = Record<string, number>;

/**
 * As if ten referrers had been reviewed and eight denied. That is the precision in the benchmark, lowered because the
 * benchmark is optimistic.
 */
const PRIOR = { reviewed: 10, confirmed: 8 };
const [LEAST, MOST] = [0.5, 1.5];
/** No single reason is proof. */
const WEIGHT_MAX = 0.95;

const precision = ({ reviewed, confirmed }: Verdicts) => confirmed / reviewed;

/**
 * How much more or less to trust a reason after reviews: the mean of a Beta distribution with the verdicts, divided by
 * its mean without them. Rounded to hundredths, so after many verdicts one more changes nothing.
 */
export function factorOf({ reviewed, confirmed }: Verdicts): number {
  const after = precision({ reviewed: PRIOR.reviewed + reviewed, confirmed: PRIOR.confirmed + confirmed });
  const factor = Math.min(MOST, Math.max(LEAST, after / precision(PRIOR)));
  return Math.round(factor * 100) / 100;
}

/** A weight adjusted by reviewers' verdicts. */
export const weighed = (weight: number, factor = 1) =>
  factor === 1 ? weight : Math.min(Math.max(weight, WEIGHT_MAX), weight * factor);
