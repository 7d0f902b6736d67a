import type { Random } from "../../chaos/random.ts";

export const pick = <T>(random: Random, list: readonly T[]): T => list[random.int(0, list.length - 1)] as T;

export function weighted<T>(random: Random, list: readonly [T, number][]): T {
  let left = random.next() * list.reduce((sum, [, share]) => sum + share, 0);
  for (const [one, share] of list) {
    left -= share;
    if (left <= 0) return one;
  }
  return list[list.length - 1]?.[0] as T;
}

/** Durations around a mean, a few of them very long. */
export const about = (random: Random, mean: number) => {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return mean * Math.exp(0.6 * normal - 0.18);
};
/** Time until the next event of a Poisson process. */
export const until = (random: Random, mean: number) => -mean * Math.log(1 - random.next());
