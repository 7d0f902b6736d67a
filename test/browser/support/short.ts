/** Whether nobody asked for more than `npm test` does. `RUNS=8` asks for the long form, as the proof does. */
export const isShort = Number(process.env.RUNS ?? 1) === 1;

/** Every pair of two lists' values. In the short form each value is in one pair at least. */
export function pairs<A, B>(some: readonly A[], others: readonly B[]): (readonly [A, B])[] {
  const all = some.map((a) => others.map((b) => [a, b] as const));
  if (!isShort) return all.flat();
  const count = Math.max(some.length, others.length);
  return Array.from({ length: count }, (_, n) => all[n % some.length]?.[n % others.length]).filter((pair) => !!pair);
}
