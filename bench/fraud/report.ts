import type { Played } from "./play.ts";

const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 10_000);

/** The figures of a run, printed by `npm run fraud -- --json`. */
export function reportOf({ units }: Pick<Played, "units">) {
  const frauds = units.filter(({ is_fraud }) => is_fraud);
  const honest = units.filter(({ is_fraud }) => !is_fraud);
  const foundOf = (list: Played["units"]) => list.filter(({ is_found }) => is_found).length;
  const byKind = (list: Played["units"]) =>
    Object.fromEntries(
      [...Map.groupBy(list, ({ kind }) => kind)].sort().map(([kind, own]) => [kind, share(foundOf(own), own.length)]),
    );
  return {
    recall: share(foundOf(frauds), frauds.length),
    false_positive_rate: share(foundOf(honest), honest.length),
    attacks: byKind(frauds),
    honest: byKind(honest),
    precision: share(foundOf(frauds), foundOf(units)),
    reviews_per_1000: Math.round((10_000 * foundOf(units)) / units.length) / 10,
  };
}
export type Report = ReturnType<typeof reportOf>;
