import { agentOf, desktopAgent, phoneAgent } from "./agents.ts";
import { begin } from "./attacker.ts";
import { pick, until } from "./chance.ts";
import { DAY, HOUR, type Story } from "./story.ts";
/** The code on coupon sites: sales that would have happened anyway. */
export function couponReseller(story: Story) {
  const { random } = story;
  const { campaign, at, root } = begin(story);
  const site = pick(random, [
    "www.retailmenot.com",
    "bestdeals.example",
    "www.gutscheine.example",
    "couponfollow.com",
    "dealspotr.com",
    "promocodes.example",
  ]);
  const hasLink = random.chance(0.6);
  let when = at;
  for (let i = random.int(10, 22); i > 0; i--) {
    when += until(random, 10 * HOUR);
    const agent = agentOf(random);
    if (hasLink) {
      const click = {
        dest: "document",
        site: "cross-site",
        by_person: /Chrome|Firefox/.test(agent),
        agent,
        referrer: random.chance(0.85) ? site : null,
      };
      for (let k = random.int(1, 4); k > 0; k--)
        story.click(when - until(random, HOUR), campaign, "coupon_reseller", root, click);
    }
    story.sale(when, campaign, "coupon_reseller", root, { by_code: !hasLink || random.chance(0.5), is_fraud: true });
  }
}

/** Links loaded invisibly, to claim other people's sales. */
export function cookieStuffing(story: Story) {
  const { random } = story;
  const { campaign, at, root } = begin(story);
  const way = random.int(0, 3);
  let when = at;
  for (let i = random.int(10, 20); i > 0; i--) {
    when += until(random, 9 * HOUR);
    for (let k = random.int(8, 25); k > 0; k--) {
      const agent = random.chance(0.6) ? desktopAgent(random) : phoneAgent(random);
      const isOld = random.chance(0.05);
      const dest = isOld
        ? null
        : way === 0
          ? "iframe"
          : way === 1
            ? "image"
            : way === 2
              ? pick(random, ["iframe", "document"])
              : "document";
      story.click(when - until(random, 8 * HOUR), campaign, "cookie_stuffing", root, {
        dest,
        site: isOld ? null : "cross-site",
        by_person: false,
        agent,
        referrer: pick(random, [null, "blog.example", "forum.example"]),
      });
    }
    story.sale(when, campaign, "cookie_stuffing", root, { is_fraud: true });
  }
}

/** Buys, takes the reward, and returns the goods. */
export function refunding(story: Story) {
  const { random } = story;
  const { campaign, at, root, home } = begin(story);
  let when = at;
  for (let i = random.int(8, 14); i > 0; i--) {
    when += until(random, DAY);
    story.click(when - until(random, HOUR), campaign, "refunded_sales", root, {
      dest: "document",
      site: "none",
      by_person: /Chrome|Firefox/.test(home.agent),
      agent: home.agent,
      referrer: null,
    });
    const id = story.sale(when, campaign, "refunded_sales", root, { by_code: random.chance(0.4), is_fraud: true });
    if (random.chance(0.9)) story.refund(when + DAY + until(random, 3 * DAY), campaign, "refunded_sales", root, id);
  }
}
