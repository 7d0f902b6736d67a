import { about, until } from "./chance.ts";
import { DAY, type Story } from "./story.ts";
import { newPerson, type Person } from "./world.ts";

export const SECOND = 1_000;
/** Attackers paste: fast, and much alike. */
export const pasted = (story: Story, mean = 7) => Math.max(1.6 * SECOND, about(story.random, mean * SECOND) * 0.9);
export const hostings = [16509, 14061, 24940, 16276, 20473, 9009, 212238, 63949, 398101, 215540];

export type Plan = { campaign: number; at: number; root: number; home: Person };

/** The attacker's own account, which looks like anybody's. */
export function begin(story: Story): Plan {
  const [campaign, at] = [story.campaign(), story.moment()];
  const home = newPerson(story.random);
  const root = story.signUp(at - until(story.random, 2 * DAY), campaign, "attacker", home, {
    took: about(story.random, 20 * SECOND),
  });
  return { campaign, at, root, home };
}
