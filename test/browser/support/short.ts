/** Whether this is the short form of `npm test`. `RUNS=8`, as in the proof, selects the long form. */
export const isShort = Number(process.env.RUNS ?? 1) === 1;

/** Every pair of two lists' values. In the short form, each value is in at least one pair. */
export function pairs<A, B>(some: readonly A[], others: readonly B[]): (readonly [A, B])[] {
  const all = some.map((a) => others.map((b) => [a, b] as const));
  if (!isShort) return all.flat();
  const count = Math.max(some.length, others.length);
  return Array.from({ length: count }, (_, n) => all[n % some.length]?.[n % others.length]).filter((pair) => !!pair);
}
