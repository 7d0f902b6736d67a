import { about, until } from "./chance.ts";
import { DAY, type Story } from "./story.ts";
import { newPerson, type Person } from "./world.ts";

export const SECOND = 1_000;
/** Attackers paste: fast and evenly. */
export const pasted = (story: Story, mean = 7) => Math.max(1.6 * SECOND, about(story.random, mean * SECOND) * 0.9);
export const hostings = [16509, 14061, 24940, 16276, 20473, 9009, 212238, 63949, 398101, 215540];

export type Plan = { campaign: number; at: number; root: number; home: Person };

export type Fake = {
  person: Person;
  took: number | null;
  gap: number;
  /** Whether they can open the mailbox, if an email asks them to confirm it. */
  confirms: boolean;
};

/** The attacker's fake friends, one after the other. */
export function fakes(
  story: Story,
  kind: string,
  { campaign, at, root }: Plan,
  count: number,
  fake: (i: number) => Fake,
  then: (who: number, at: number) => void = () => undefined,
) {
  let when = at;
  for (let i = 0; i < count; i++) {
    const { person, took, gap, confirms } = fake(i);
    when += gap;
    then(story.signUp(when, campaign, kind, person, { inviter: root, took, confirms, is_fraud: true }), when);
  }
}

/** The attacker's own account, which looks normal. */
export function begin(story: Story, as: (home: Person) => Person = (home) => home): Plan {
  const [campaign, at] = [story.campaign(), story.moment()];
  const home = as(newPerson(story.random));
  const root = story.signUp(at - until(story.random, 2 * DAY), campaign, "attacker", home, {
    took: about(story.random, 20 * SECOND),
  });
  return { campaign, at, root, home };
}
