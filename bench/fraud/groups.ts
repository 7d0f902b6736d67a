import { agentOf, desktopAgent } from "./agents.ts";
import { pick, until, weighted } from "./chance.ts";
import { comes, host } from "./guest.ts";
import { DAY, HOUR, MINUTE, type Story } from "./story.ts";
import { anyLetters, countryOf, newPerson, type Person, protocolOf, v4, v6 } from "./world.ts";
/** Ordinary friends who invite friends. */
export function ordinary(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const inviter = host(story, at, campaign, "ordinary", newPerson(random, country));
  const friends = weighted(random, [
    [1, 45],
    [2, 25],
    [3, 12],
    [5, 9],
    [8, 6],
    [13, 3],
  ]);
  let when = at;
  for (let i = 0; i < friends; i++) {
    when += until(random, random.chance(0.3) ? 20 * MINUTE : 2 * DAY);
    comes(
      story,
      when,
      campaign,
      "ordinary",
      inviter,
      newPerson(random, random.chance(0.9) ? country : countryOf(random)),
    );
  }
}

/** A household: one router, one name, a few devices, some shared or of the same model. */
export function family(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const first = newPerson(random);
  const address = random.chance(0.4) ? v6(random) : v4(random);
  const member = (): Person => {
    const one = newPerson(random);
    const isShared = random.chance(0.3);
    const agent = isShared ? first.agent : agentOf(random);
    return {
      ...first,
      agent,
      address,
      first: one.first,
      protocol: isShared ? first.protocol : protocolOf(random),
      email: one.email.replace(one.last, first.last),
      asn: random.chance(0.9) ? first.asn : one.asn,
    };
  };
  const parent = host(story, at, campaign, "family", { ...first, address });
  let when = at;
  const joined = [parent];
  for (let i = random.int(1, 4); i > 0; i--) {
    when += until(random, random.chance(0.6) ? 15 * MINUTE : 1 * DAY);
    joined.push(
      comes(story, when, campaign, "family", random.chance(0.8) ? parent : pick(random, joined), member(), [null]),
    );
  }
}

/** Colleagues: one address, laptops with the same image, mailboxes at one domain; some at home. */
export function office(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const domain = `${anyLetters(random, 5, 9, "abcdeilmnorstu")}.${pick(random, ["com", "io", "de", "co"])}`;
  const [address, asn, image] = [v4(random), pick(random, country.homes), desktopAgent(random)];
  const protocol = protocolOf(random);
  const colleague = (): Person => {
    const one = newPerson(random, country);
    const isHere = random.chance(0.75);
    const agent = random.chance(0.5) ? image : agentOf(random);
    return {
      ...one,
      agent,
      protocol: agent === image ? protocol : one.protocol,
      email: random.chance(0.7)
        ? `${pick(random, [`${one.first}.${one.last}`, `${one.first[0]}${one.last}`, one.first + (one.last[0] ?? "")])}@${domain}`
        : one.email,
      ...(isHere && { address, asn }),
    };
  };
  const joined = [host(story, at, campaign, "office", colleague())];
  let when = at;
  for (let i = random.int(4, 18); i > 0; i--) {
    when += until(random, random.chance(0.5) ? 12 * MINUTE : 8 * HOUR);
    joined.push(
      comes(
        story,
        when,
        campaign,
        "office",
        random.chance(0.6) ? (joined[0] ?? 0) : pick(random, joined),
        colleague(),
        [null, "app.slack.com"],
      ),
    );
  }
}

/** Students: a few addresses for thousands, mailboxes with student numbers. */
export function campus(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const domain = `${pick(random, ["students", "stud", "mail", "u"])}.${anyLetters(random, 4, 8, "abcdeilmnorstu")}.edu`;
  const block = v4(random).split(".").slice(0, 3).join(".");
  const asn = pick(random, [680, 786, 11537, 2200, 1916]);
  const student = (): Person => {
    const one = newPerson(random, country);
    const number = pick(random, [
      `${one.first[0]}${one.last[0]}${random.int(1000, 99999)}`,
      `s${random.int(1000000, 9999999)}`,
      `${one.first}.${one.last}`,
    ]);
    return {
      ...one,
      email: random.chance(0.5) ? `${number}@${domain}` : one.email,
      ...(random.chance(0.8) && { address: `${block}.${random.int(1, 4)}`, asn }),
    };
  };
  const joined = [host(story, at, campaign, "campus", student()), host(story, at, campaign, "campus", student())];
  let when = at;
  for (let i = random.int(25, 60); i > 0; i--) {
    when += until(random, 90 * MINUTE);
    joined.push(
      comes(
        story,
        when,
        campaign,
        "campus",
        random.chance(0.35) ? (joined[0] ?? 0) : pick(random, joined.slice(-12)),
        student(),
      ),
    );
  }
}
