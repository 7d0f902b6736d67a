import { agentOf, desktopAgent, phoneAgent } from "./agents.ts";
import { begin, fakes, hostings, pasted, SECOND } from "./attacker.ts";
import { about, pick, until } from "./chance.ts";
import { HOUR, MINUTE, type Story } from "./story.ts";
import { anyLetters, countryOf, mailboxOf, newPerson, protocolOf, v4, v6, words } from "./world.ts";

/** One mailbox in many spellings, from home. */
export function tags(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const own = mailboxOf(random, plan.home.first, plan.home.last, ["gmail.com"]).replace(/@.*/, "");
  const spelling = (i: number) => {
    const at = random.int(1, own.length - 1);
    return random.chance(0.5)
      ? `${own}+${anyLetters(random, 1, 5)}${i}@gmail.com`
      : `${own.slice(0, at)}.${own.slice(at)}@googlemail.com`;
  };
  fakes(story, "tags_and_dots", plan, random.int(6, 12), (i) => ({
    person: { ...plan.home, email: spelling(i) },
    took: pasted(story),
    gap: until(random, 4 * MINUTE),
    confirms: true,
  }));
}

/** Any name at their own domain. */
export function catchAll(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const domain = `${anyLetters(random, 6, 10, "abcdefghilmnoprstu")}.${pick(random, ["com", "xyz", "online", "net", "shop"])}`;
  const isNamed = random.chance(0.5);
  const changesBrowser = random.chance(0.3);
  fakes(story, "catch_all", plan, random.int(8, 16), () => {
    const agent = changesBrowser && random.chance(0.5) ? agentOf(random) : plan.home.agent;
    return {
      person: {
        ...plan.home,
        agent,
        email: `${isNamed ? `${pick(random, words.FIRST)}.${pick(random, words.LAST)}` : anyLetters(random, 7, 11)}@${domain}`,
      },
      took: pasted(story),
      gap: until(random, random.chance(0.8) ? 6 * MINUTE : 5 * HOUR),
      confirms: true,
    };
  });
}

/** Ten-minute mailboxes; the lists know most of their domains. */
export const disposable = (known: readonly string[]) => (story: Story) => {
  const { random } = story;
  const plan = begin(story);
  const young = Array.from(
    { length: 4 },
    () => `${anyLetters(random, 5, 9, "abcdefghiklmnoprstuvwz")}.${pick(random, ["com", "org", "click", "site"])}`,
  );
  fakes(story, "disposable", plan, random.int(7, 14), () => ({
    person: {
      ...plan.home,
      email: `${anyLetters(random, 8, 12)}@${random.chance(0.7) ? pick(random, known) : pick(random, young)}`,
      agent: random.chance(0.15) ? agentOf(random) : plan.home.agent,
    },
    took: pasted(story),
    gap: until(random, 5 * MINUTE),
    confirms: true,
  }));
};

/** One browser, and a new network from a proxy for every signup. */
export function rotatingV4(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const isHosted = random.chance(0.5);
  const bot = desktopAgent(random);
  const [protocol, country] = [protocolOf(random), countryOf(random)];
  const style = random.int(0, 2);
  fakes(story, "rotating_networks", plan, random.int(9, 18), (i) => {
    const [first, last] = [pick(random, words.FIRST), pick(random, words.LAST)];
    const email =
      style === 0
        ? `${anyLetters(random, 8, 12)}@${pick(random, ["gmail.com", "outlook.com", "hotmail.com"])}`
        : style === 1
          ? `${first}${last}${random.int(100, 9999)}@${pick(random, ["outlook.com", "hotmail.com", "gmail.com"])}`
          : `${plan.home.first}${plan.home.last}${i + random.int(1, 900)}@gmail.com`;
    return {
      person: {
        ...newPerson(random, country),
        email,
        agent: bot,
        protocol,
        languages: plan.home.languages,
        address: v4(random),
        asn: isHosted ? pick(random, hostings) : pick(random, country.homes),
      },
      took: pasted(story, 5),
      gap: until(random, random.chance(0.7) ? 8 * MINUTE : 2 * HOUR),
      confirms: random.chance(0.2),
    };
  });
}

/** A rented server with more IPv6 networks than anyone can list. */
export function rotatingV6(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const prefix = v6(random).split(":").slice(0, 3).join(":");
  const [asn, bot] = [pick(random, hostings), desktopAgent(random)];
  const protocol = protocolOf(random);
  fakes(story, "rotating_ipv6", plan, random.int(9, 18), () => {
    const one = newPerson(random);
    const agent = random.chance(0.3) ? agentOf(random) : bot;
    return {
      person: {
        ...one,
        email: random.chance(0.5) ? one.email : `${anyLetters(random, 8, 12)}@outlook.com`,
        agent,
        protocol,
        languages: plan.home.languages,
        address: `${prefix}:${random.int(1, 65535).toString(16)}::/64`,
        asn,
      },
      took: pasted(story),
      gap: until(random, 10 * MINUTE),
      confirms: random.chance(0.2),
    };
  });
}

/** Patience: one account every day or two, with good names, from home. */
export function slowDrip(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const hasPhone = random.chance(0.4);
  const phone = phoneAgent(random);
  fakes(story, "slow_drip", plan, random.int(10, 20), () => {
    const one = newPerson(random);
    const agent = hasPhone && random.chance(0.4) ? phone : plan.home.agent;
    const address = random.chance(0.85) ? plan.home.address : plan.home.address.includes(":") ? v6(random) : v4(random);
    return {
      person: {
        ...plan.home,
        email: mailboxOf(random, one.first, one.last, ["outlook.com", "yahoo.com"]),
        agent,
        address,
      },
      took: about(random, 18 * SECOND),
      gap: (20 + random.next() * 26) * HOUR,
      confirms: true,
    };
  });
}

/** One person's accounts that invite one another. */
export function ring(story: Story) {
  const { random } = story;
  const { campaign, at, root, home } = begin(story);
  const agents = random.chance(0.5) ? [home.agent] : [home.agent, agentOf(random)];
  const accounts = [root];
  let when = at;
  for (let i = random.int(8, 14); i > 0; i--) {
    when += until(random, random.chance(0.6) ? 25 * MINUTE : 8 * HOUR);
    const one = newPerson(random);
    const agent = pick(random, agents);
    const inviter = random.chance(0.7) ? (accounts.at(-1) ?? root) : pick(random, accounts);
    const person = { ...home, email: mailboxOf(random, one.first, one.last, ["outlook.com", "yahoo.com"]), agent };
    accounts.push(
      story.signUp(when, campaign, "ring", person, {
        inviter,
        took: about(random, 14 * SECOND),
        is_fraud: true,
        confirms: true,
      }),
    );
  }
}

/** Workers with real phones, on their own Wi-Fi or behind mobile proxies. Each phone is used repeatedly. */
export function clickFarm(story: Story) {
  const { random } = story;
  const plan = begin(story);
  const far = [
    { country: "BD", languages: "bn-BD,bn;q=0.9,en;q=0.8", asn: 45245 },
    { country: "PK", languages: "en-US,en;q=0.9", asn: 23674 },
    { country: "PH", languages: "en-US,en;q=0.9", asn: 9299 },
    { country: "VN", languages: "vi-VN,vi;q=0.9", asn: 45899 },
  ];
  const place = pick(random, far);
  const block = v4(random).split(".").slice(0, 3).join(".");
  const exits = Array.from({ length: random.int(1, 3) }, () => `${block}.${random.int(1, 254)}`);
  const phones = Array.from({ length: random.int(3, 8) }, () => phoneAgent(random));
  const isProxied = random.chance(0.3);
  fakes(story, "click_farm", plan, random.int(15, 30), () => {
    const [first, last] = [pick(random, words.FIRST), pick(random, words.LAST)];
    const agent = pick(random, phones);
    const email = `${first}${last}${random.chance(0.7) ? random.int(10, 9999) : ""}@gmail.com`;
    return {
      person: {
        ...newPerson(random),
        email,
        agent,
        protocol: "TLSv1.3",
        languages: place.languages,
        country: isProxied ? plan.home.country : place.country,
        address: pick(random, exits),
        asn: place.asn,
      },
      took: about(random, 9 * SECOND),
      gap: until(random, 5 * MINUTE),
      confirms: true,
    };
  });
}
