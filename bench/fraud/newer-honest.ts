import { phoneAgent } from "./agents.ts";
import { pick, until } from "./chance.ts";
import { comes, host } from "./guest.ts";
import { DAY, HOUR, MINUTE, type Story } from "./story.ts";
import { COUNTRIES, countryOf, hiddenMailbox, languagesOf, newPerson, type Person, protocolOf, v4 } from "./world.ts";

/** Friends, many of whom hide their addresses with iCloud. */
export function hidden(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const shy = (): Person => {
    const one = newPerson(random, country);
    const agent = phoneAgent(random).replace(/Linux; Android.*?\)/, "iPhone; CPU iPhone OS 18_6)");
    return random.chance(0.6) ? { ...one, agent, protocol: protocolOf(random), email: hiddenMailbox(random) } : one;
  };
  const inviter = host(story, at, campaign, "hidden", shy());
  let when = at;
  for (let i = random.int(2, 9); i > 0; i--) {
    when += until(random, random.chance(0.4) ? 20 * MINUTE : DAY);
    comes(story, when, campaign, "hidden", inviter, shy());
  }
}

/** People who live abroad, with browsers in their first language. */
export function expats(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const home = pick(
    random,
    COUNTRIES.filter((other) => other !== country),
  );
  const languages = languagesOf(random, home);
  const member = (): Person => {
    const one = newPerson(random, country);
    return random.chance(0.7) ? { ...one, languages } : one;
  };
  const inviter = host(story, at, campaign, "expats", member());
  let when = at;
  for (let i = random.int(3, 12); i > 0; i--) {
    when += until(random, random.chance(0.4) ? 30 * MINUTE : DAY);
    comes(story, when, campaign, "expats", inviter, member());
  }
}

const ABROAD = [
  "AT",
  "BE",
  "CA",
  "CZ",
  "DK",
  "ES",
  "FI",
  "IE",
  "IT",
  "MX",
  "NL",
  "NO",
  "PL",
  "PT",
  "SE",
  "JP",
  "AU",
  "ZA",
];

/** Someone whose followers live all over the world. */
export function worldwide(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const star = host(story, at, campaign, "worldwide");
  for (let i = random.int(20, 60); i > 0; i--) {
    const one = newPerson(random);
    const person = random.chance(0.5)
      ? { ...one, country: pick(random, ABROAD), languages: "en-US,en;q=0.9", address: v4(random), asn: 1136 }
      : one;
    comes(story, at + until(random, random.chance(0.6) ? 8 * HOUR : 4 * DAY), campaign, "worldwide", star, person);
  }
}
