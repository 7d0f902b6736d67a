/** A promise, and what was found to break it: nothing, if all is well. */
export type Verdict = { what: string; wrong: string[] };

/** `wrong` are things of any kind, told apart by what they print as. */
export const verdict = (what: string, wrong: Iterable<unknown>): Verdict => ({
  what,
  wrong: [...wrong].map((thing) => (typeof thing === "string" ? thing : JSON.stringify(thing))),
});

/** What comes more than once. */
export function repeated<T>(items: Iterable<T>): T[] {
  const seen = new Set<T>();
  return [...items].filter((item) => seen.size === seen.add(item).size);
}

export function countBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** In `a` and not in `b`, and the other way round. */
export const missing = <T>(a: Iterable<T>, b: Set<T>) => [...new Set(a)].filter((item) => !b.has(item));
