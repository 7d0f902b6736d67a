import { agentOf, desktopAgent, phoneAgent } from "./agents.ts";
import { begin, fakes, pasted, SECOND } from "./attacker.ts";
import { about, pick, until } from "./chance.ts";
import { DAY, HOUR, MINUTE, type Story } from "./story.ts";
import {
  anyLetters,
  COUNTRIES,
  countryOf,
  hiddenMailbox,
  languagesOf,
  mailboxOf,
  newPerson,
  protocolOf,
  v4,
  v6,
} from "./world.ts";

/** Tags behind their own name, at a company's domain. */
export function workspaceTags(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const domain = `${anyLetters(random, 5, 9, "abcdeilmnorstu")}.${pick(random, ["com", "io", "co"])}`;
  const own = `${plan.home.first}.${plan.home.last}`;
  const gap = random.chance(0.5) ? 5 * MINUTE : 5 * HOUR;
  fakes(story, "workspace_tags", plan, random.int(5, 12), () => ({
    person: { ...plan.home, email: `${own}+${anyLetters(random, 2, 8)}@${domain}` },
    took: pasted(story),
    gap: until(random, gap),
    confirms: true,
  }));
}

/** Any number of iCloud's hidden addresses, from one phone. */
export function hiddenAddresses(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const [agent, protocol] = [
    phoneAgent(random).replace(/Linux; Android.*?\)/, "iPhone; CPU iPhone OS 18_6)"),
    protocolOf(random),
  ];
  const isRelayed = random.chance(0.4);
  const block = v4(random).split(".").slice(0, 3).join(".");
  fakes(story, "hidden_addresses", plan, random.int(7, 14), () => ({
    person: {
      ...plan.home,
      email: hiddenMailbox(random),
      agent,
      protocol,
      ...(isRelayed && { address: `${block}.${random.int(1, 60)}`, asn: 36183 }),
    },
    took: pasted(story, 9),
    gap: until(random, random.chance(0.8) ? 7 * MINUTE : 6 * HOUR),
    confirms: true,
  }));
}

/** A new residential address for each signup, by a proxy; one browser, good names, and human-looking typing. */
export function residentialProxies(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const [country, bot, protocol] = [countryOf(random), desktopAgent(random), protocolOf(random)];
  const [languages, least, gap] = [languagesOf(random, country), random.int(9, 16), random.int(10, 90)];
  const confirms = random.chance(0.5);
  fakes(story, "residential_proxies", plan, random.int(9, 18), () => {
    const one = newPerson(random, country);
    return {
      person: {
        ...one,
        email: mailboxOf(random, one.first, one.last, ["outlook.com", "gmail.com"]),
        agent: bot,
        protocol,
        languages,
        address: random.chance(0.3) ? v6(random) : v4(random),
        asn: pick(random, country.homes),
      },
      took: (least + random.next() * 9) * SECOND,
      gap: until(random, gap * MINUTE),
      confirms,
    };
  });
}

/** A proxy in another country for each signup, with that country's browsers, languages, and hours. */
export function rotatingCountries(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const far = [
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
    "KR",
    "TR",
  ];
  const confirms = random.chance(0.5);
  fakes(story, "rotating_countries", plan, random.int(10, 18), () => {
    const country = random.chance(0.7) ? null : pick(random, COUNTRIES);
    const one = newPerson(random);
    const code = country?.code ?? pick(random, far);
    return {
      person: {
        ...one,
        email: mailboxOf(random, one.first, one.last, ["outlook.com", "gmail.com", "yahoo.com"]),
        agent: agentOf(random),
        languages: country ? languagesOf(random, country) : "en-US,en;q=0.9",
        address: v4(random),
        country: code,
        asn: country ? pick(random, country.homes) : 1136,
      },
      took: (12 + random.next() * 8) * SECOND,
      gap: until(random, random.chance(0.7) ? 30 * MINUTE : 5 * HOUR),
      confirms,
    };
  });
}

/** Their own second mailbox, and perhaps a third, from their phone, without the Wi-Fi at home. */
export function secondMailbox(story: Story) {
  const { random } = story;
  const plan = begin(story, (home) => ({ ...home, email: `${home.first}.${home.last}@gmail.com` }));
  const { first, last } = plan.home;
  const phone = phoneAgent(random);
  const asn = pick(random, countryOf(random).mobiles);
  const others = [
    `${first}${last}${random.int(1, 99)}@outlook.com`,
    `${first}_${last}@yahoo.com`,
    `${last}.${first}@icloud.com`,
    `${pick(random, ["the", "mr", "real"])}${first}${random.int(1, 99)}@hotmail.com`,
  ];
  fakes(story, "second_mailbox", plan, random.int(1, 2), (i) => ({
    person: {
      ...plan.home,
      email: random.chance(0.75) ? (others[i] ?? "") : (others[3 - i] ?? ""),
      agent: phone,
      address: v4(random),
      asn,
    },
    took: about(random, 20 * SECOND),
    gap: until(random, 2 * HOUR),
    confirms: true,
  }));
}

/** Takes the reward, has the account erased, and comes again. */
export function leaver(story: Story) {
  const { random } = story;
  const plan = begin(story);
  fakes(
    story,
    "leaver",
    plan,
    random.int(8, 14),
    () => {
      const one = newPerson(random);
      return {
        person: { ...plan.home, email: mailboxOf(random, one.first, one.last, ["outlook.com", "yahoo.com"]) },
        took: about(random, 15 * SECOND),
        gap: DAY + until(random, 8 * HOUR),
        confirms: true,
      };
    },
    (who, at) => story.erase(at + 20 * HOUR, plan.campaign, "leaver", plan.root, who),
  );
}

/** Several accounts of one person, each with only two or three friends. */
export function splitStars(story: Story) {
  const { random } = story;
  const first = begin(story);
  const { home, campaign } = first;
  let when = first.at;
  for (let account = random.int(4, 6); account > 0; account--) {
    const one = newPerson(random);
    const root = story.signUp(
      when,
      campaign,
      "attacker",
      { ...home, email: mailboxOf(random, one.first, one.last, ["outlook.com"]) },
      { took: pasted(story) },
    );
    fakes(story, "split_stars", { ...first, root, at: when }, random.int(2, 3), () => {
      const { first, last } = newPerson(random);
      return {
        person: { ...home, email: mailboxOf(random, first, last, ["outlook.com", "yahoo.com"]) },
        took: about(random, 11 * SECOND),
        gap: until(random, 40 * MINUTE),
        confirms: true,
      };
    });
    when += until(random, 10 * HOUR);
  }
}

/** A code sold on gift card marketplaces: its buyers never saw the link. */
export function codeResale(story: Story) {
  const { random } = story;
  const { campaign, at, root } = begin(story);
  const site = pick(random, [
    "www.raise.com",
    "cardcash.com",
    "www.gameflip.com",
    "giftcardgranny.com",
    "www.ebay.com",
  ]);
  let when = at;
  for (let i = random.int(9, 18); i > 0; i--) {
    when += until(random, 14 * HOUR);
    const agent = agentOf(random);
    if (random.chance(0.15))
      story.click(when - until(random, HOUR), campaign, "code_resale", root, {
        dest: "document",
        site: "cross-site",
        by_person: /Chrome|Firefox/.test(agent),
        agent,
        referrer: site,
      });
    story.sale(when, campaign, "code_resale", root, { by_code: true, is_fraud: true });
  }
}
