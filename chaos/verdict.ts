/** A promise, and the findings that break it. Empty if it holds. */
export type Verdict = { what: string; wrong: string[] };

/** `wrong` may contain anything; findings are printed as text or JSON. */
export const verdict = (what: string, wrong: Iterable<unknown>): Verdict => ({
  what,
  wrong: [...wrong].map((thing) => (typeof thing === "string" ? thing : JSON.stringify(thing))),
});

export function repeated<T>(items: Iterable<T>): T[] {
  const seen = new Set<T>();
  return [...items].filter((item) => seen.size === seen.add(item).size);
}

export function countBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** The distinct items of `a` that are not in `b`. */
export const missing = <T>(a: Iterable<T>, b: Set<T>) => [...new Set(a)].filter((item) => !b.has(item));
