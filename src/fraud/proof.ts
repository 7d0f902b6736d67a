import { scoreOf, wordsOf } from "./reasons.ts";

type Weighed = { code: string; weight: number };

/** The reasons with their weights after the friend confirmed their email address. */
export const proven = <R extends Weighed>(reasons: R[]): R[] =>
  reasons.map((reason) => ({ ...reason, weight: reason.weight * (wordsOf(reason.code).proven ?? 1) }));

/** The score after the friend confirmed their email address. Null if confirming proves nothing. */
export function scoreProven(reasons: Weighed[]): number | null {
  const words = reasons.map(({ code }) => wordsOf(code));
  if (words.some(({ is_beyond_proof }) => is_beyond_proof) || words.every((reason) => reason.proven === undefined))
    return null;
  return scoreOf(proven(reasons));
}
