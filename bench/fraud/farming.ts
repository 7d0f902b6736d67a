import { about, pick, until } from "./chance.ts";
import { comes, host, SECOND } from "./guest.ts";
import { DAY, HOUR, type Story } from "./story.ts";
import { newPerson, type Person } from "./world.ts";

const known = (story: Story): Person => ({ ...newPerson(story.random), self: `one ${story.newId()}` });

/** The account's campaigns, in any order. */
function campaignsOf({ random, campaigns }: Story) {
  const all = Array.from({ length: campaigns }, (_, i) => i + 1);
  return all
    .map((campaign) => ({ campaign, turn: random.next() }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ campaign }) => campaign);
}

/** Collects the friend reward in one campaign after another, with codes posted by strangers or their own second account. */
export function farmer(story: Story) {
  const { random } = story;
  const [self, second] = [known(story), random.chance(0.5) ? known(story) : null];
  const gap = pick(random, [HOUR, 8 * HOUR, 3 * DAY]);
  let when = story.moment();
  for (const campaign of campaignsOf(story).slice(0, random.int(5, 8))) {
    when += until(random, gap);
    const inviter = host(story, when, campaign, "farmer", second ?? newPerson(random));
    const took = about(random, 15 * SECOND);
    story.signUp(when, campaign, "farmer", self, { inviter, took, confirms: true, is_fraud: true });
  }
}

/** Two who invite each other in turn, each from their own home. */
export function swappers(story: Story) {
  const { random } = story;
  let pair = [known(story), known(story)] as const;
  const gap = pick(random, [8 * HOUR, 4 * DAY]);
  let when = story.moment();
  for (const campaign of campaignsOf(story).slice(0, random.int(6, 8))) {
    when += until(random, gap);
    const [one, other] = pair;
    const inviter = host(story, when, campaign, "swappers", one);
    const took = about(random, 18 * SECOND);
    story.signUp(when, campaign, "swappers", other, { inviter, took, confirms: true, is_fraud: true });
    pair = [other, one];
  }
}

/** A fan of an agency's brands: joins three or four of its campaigns, some through the same friend, and invites that friend to another. */
export function fan(story: Story) {
  const { random } = story;
  const [self, friend] = [known(story), known(story)];
  const [first, ...others] = campaignsOf(story).slice(0, random.int(3, 4));
  if (random.chance(0.25) && first !== undefined) {
    const at = story.moment();
    comes(story, at, first, "fan", host(story, at, first, "fan", self), friend);
  } else if (first !== undefined) others.push(first);
  for (const campaign of others) {
    const at = story.moment();
    comes(
      story,
      at,
      campaign,
      "fan",
      host(story, at, campaign, "fan", random.chance(0.3) ? friend : newPerson(random)),
      self,
    );
  }
}
