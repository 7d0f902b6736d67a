/** Seeded random numbers (mulberry32). */
export function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + next() * (to - from);
  return {
    next,
    between,
    int: (from: number, to: number) => Math.floor(between(from, to + 1)),
    chance: (share: number) => next() < share,
    /** One of the last `of` items. Undefined if the list is empty. */
    oneOf: <T>(items: T[], of = items.length): T | undefined =>
      items[items.length - 1 - Math.floor(next() * Math.min(of, items.length))],
  };
}
export type Random = ReturnType<typeof randomOf>;
