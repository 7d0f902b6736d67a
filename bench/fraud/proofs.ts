import { scoreOf } from "../../src/fraud/reasons.ts";
import type { Played } from "./play.ts";

/** The weight of a reason answered by a confirmed email, and the score that opens a review. */
const [LEFT, SUSPECT] = [0.5, 0.5];

/**
 * For each reason: how many of the honest people and of the frauds found with it would be released if a confirmed email answered this
 * reason alone. A reason is provable if that helps honest people more.
 */
export function proofsOf({ units }: Pick<Played, "units">) {
  const found = units.filter(({ why }) => why.length > 0);
  const codes = [...new Set(found.flatMap(({ why }) => why.map(({ code }) => code)))].sort();
  const freed = (code: string, own: Played["units"]) =>
    own.filter(
      ({ why, confirms }) =>
        confirms &&
        scoreOf(why.map((one) => ({ weight: one.code === code ? one.weight * LEFT : one.weight }))) < SUSPECT,
    ).length;
  return codes.map((code) => {
    const own = found.filter(({ why }) => why.some((one) => one.code === code));
    const [honest, frauds] = [own.filter(({ is_fraud }) => !is_fraud), own.filter(({ is_fraud }) => is_fraud)];
    return {
      code,
      honest: honest.length,
      freed_honest: freed(code, honest),
      frauds: frauds.length,
      freed_frauds: freed(code, frauds),
    };
  });
}
