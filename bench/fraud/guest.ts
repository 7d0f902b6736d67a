import { about, pick, until } from "./chance.ts";
import { DAY, MINUTE, type Story } from "./story.ts";
import { newPerson, type Person } from "./world.ts";

export const SECOND = 1_000;
/** People read, type, and think; some use autofill. */
export const formTime = (story: Story) =>
  story.random.chance(0.15) ? about(story.random, 6 * SECOND) : about(story.random, 26 * SECOND);

/** A person's click on a friend's link, or on a link on a social page. */
export function clickOf(story: Story, person: Person, referrer: string | null = null) {
  const isOld = story.random.chance(0.05);
  const isChromium = /Chrome|Firefox/.test(person.agent) && !/wv\)|CriOS|Instagram/.test(person.agent);
  return {
    dest: isOld ? null : "document",
    site: isOld ? null : referrer === null ? "none" : "cross-site",
    by_person: isChromium && !isOld && !story.random.chance(0.04),
    agent: person.agent,
    referrer,
  };
}

export const SOCIAL = [
  null,
  null,
  "l.instagram.com",
  "t.co",
  "www.youtube.com",
  "l.facebook.com",
  "com.google.android.gm",
  "www.linkedin.com",
];

/** The share of honest friends who confirm their email when asked, and who do anything else later. */
const [CONFIRM, COME_BACK] = [0.6, 0.3];
/** The share who ask for an erasure. */
const LEAVE = 0.01;

/** A friend clicks, and signs up a little later. Some buy, and a few of those return it. */
export function comes(
  story: Story,
  at: number,
  campaign: number,
  kind: string,
  inviter: number,
  person: Person,
  hosts: readonly (string | null)[] = SOCIAL,
) {
  const { random } = story;
  const extra = random.chance(0.3) ? random.int(1, 3) : 0;
  for (let i = 0; i <= extra; i++)
    story.click(at - until(random, 3 * MINUTE), campaign, kind, inviter, clickOf(story, person, pick(random, hosts)));
  const took = random.chance(0.9) ? formTime(story) : null;
  const who = story.signUp(at, campaign, kind, person, { inviter, took, confirms: random.chance(CONFIRM) });
  if (random.chance(COME_BACK)) story.comeBack(at + until(random, DAY), campaign, kind, inviter, who);
  if (random.chance(LEAVE)) story.erase(at + until(random, 5 * DAY), campaign, kind, inviter, who);
  if (random.chance(0.18)) {
    const bought = at + until(random, 4 * DAY);
    const id = story.sale(bought, campaign, kind, inviter, { by_code: random.chance(0.2) });
    if (random.chance(0.12)) story.refund(bought + 2 * DAY + until(random, 6 * DAY), campaign, kind, inviter, id);
  }
  return who;
}

export function host(story: Story, at: number, campaign: number, kind: string, person = newPerson(story.random)) {
  return story.signUp(at - until(story.random, 3 * DAY), campaign, kind, person, { took: formTime(story) });
}
