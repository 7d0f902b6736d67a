import { phoneAgent } from "./agents.ts";
import { pick, until } from "./chance.ts";
import { comes, host } from "./guest.ts";
import { DAY, HOUR, MINUTE, type Story } from "./story.ts";
import { anyLetters, countryOf, newPerson, type Person, protocolOf, v4, v6 } from "./world.ts";
/** A speaker shows a QR code: a hall full of phones, mostly on one Wi-Fi, within minutes. */
export function conference(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const [address, asn] = [v4(random), pick(random, country.homes)];
  const speaker = host(story, at, campaign, "conference", newPerson(random, country));
  for (let i = random.int(25, 70); i > 0; i--) {
    const one = newPerson(random, random.chance(0.6) ? country : countryOf(random));
    const agent = random.chance(0.9) ? phoneAgent(random) : one.agent;
    const email = random.chance(0.4)
      ? `${one.first}.${one.last}@${anyLetters(random, 5, 9, "abcdeilmnorstu")}.com`
      : one.email;
    const person = {
      ...one,
      agent,
      email,
      protocol: protocolOf(random),
      ...(random.chance(0.55) && { address, asn, country: country.code }),
    };
    comes(story, at + until(random, 6 * MINUTE), campaign, "conference", speaker, person, [null]);
  }
}

/** A newsletter to thousands: a wave within hours. */
export function newsletter(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const sender = host(story, at, campaign, "newsletter", newPerson(random, country));
  for (let i = random.int(60, 160); i > 0; i--)
    comes(
      story,
      at + until(random, 5 * HOUR),
      campaign,
      "newsletter",
      sender,
      newPerson(random, random.chance(0.85) ? country : countryOf(random)),
      [null, null, "mail.google.com", "outlook.live.com"],
    );
}

/** An influencer: waves for weeks, mostly in-app browsers, and a spoken code. */
export function influencer(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const star = host(story, at, campaign, "influencer", newPerson(random, country));
  const isPodcast = random.chance(0.3);
  for (let wave = random.int(2, 5); wave > 0; wave--) {
    const posted = at + until(random, 8 * DAY);
    for (let i = random.int(15, 50); i > 0; i--) {
      const one = newPerson(random, random.chance(0.8) ? country : countryOf(random));
      const agent = random.chance(0.8) ? phoneAgent(random) : one.agent;
      comes(
        story,
        posted + until(random, 7 * HOUR),
        campaign,
        "influencer",
        star,
        { ...one, agent, protocol: protocolOf(random) },
        ["l.instagram.com", "www.youtube.com", "www.tiktok.com"],
      );
    }
    if (isPodcast)
      for (let i = random.int(2, 8); i > 0; i--) {
        const bought = posted + until(random, 2 * DAY);
        const id = story.sale(bought, campaign, "influencer", star, { by_code: true });
        if (random.chance(0.15)) story.refund(bought + 3 * DAY, campaign, "influencer", star, id);
      }
  }
}

/** Strangers behind a carrier's few addresses. */
export function carrier(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const country = countryOf(random);
  const asn = pick(random, country.mobiles);
  const gates = Array.from({ length: 3 }, () => v4(random));
  for (let i = random.int(6, 12); i > 0; i--) {
    const phone = (): Person => {
      const one = newPerson(random, country);
      const agent = phoneAgent(random);
      return { ...one, agent, protocol: protocolOf(random), address: pick(random, gates), asn };
    };
    const inviter = host(story, at, campaign, "carrier", phone());
    let when = at + until(random, 2 * DAY);
    for (let k = random.int(1, 6); k > 0; k--) {
      when += until(random, random.chance(0.5) ? 30 * MINUTE : DAY);
      comes(story, when, campaign, "carrier", inviter, phone());
    }
  }
}

/** People with private relays: shared exits, iPhones, and random addresses on purpose. */
export function relay(story: Story) {
  const { random } = story;
  const [campaign, at] = [story.campaign(), story.moment()];
  const block = v4(random).split(".").slice(0, 3).join(".");
  const shy = (): Person => {
    const one = newPerson(random);
    const agent = random.chance(0.85)
      ? phoneAgent(random).replace(/Linux; Android 10; K/, "iPhone; CPU iPhone OS 18_6 like Mac OS X")
      : one.agent;
    return {
      ...one,
      agent,
      protocol: protocolOf(random),
      address: random.chance(0.7) ? `${block}.${random.int(1, 30)}` : v6(random),
      asn: pick(random, [36183, 13335, 54113]),
      email: random.chance(0.6)
        ? `${anyLetters(random, 10, 10)}@${pick(random, ["privaterelay.appleid.com", "privaterelay.appleid.com", "duck.com", "mozmail.com"])}`
        : one.email,
    };
  };
  const inviter = host(story, at, campaign, "relay", shy());
  let when = at;
  for (let i = random.int(3, 12); i > 0; i--) {
    when += until(random, random.chance(0.4) ? 20 * MINUTE : DAY);
    comes(story, when, campaign, "relay", inviter, shy());
  }
}
