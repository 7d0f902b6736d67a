import { describe, expect, it } from "vitest";
import { assessSales, type FraudMode, THRESHOLDS, verdictOf } from "../../src/fraud/assess";
import { newTrade, WEEKS } from "../../src/fraud/memory";
import { type ReasonCode, reasons, scoreOf } from "../../src/fraud/reasons";
import { type Sight, weekOf } from "../../src/fraud/sight";
import { Watch } from "../../src/fraud/watch";

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const NOON = Date.UTC(2026, 10, 24, 12);
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36";
const RARE = "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36";
const NAMES =
  "olivia.smith liam.garcia emma.jones noah.davis amelia.wilson oliver.moore sophia.hill elijah.green".split(" ");

/** A friend from their own home, hours after the previous one, with an unknown device. */
const homely = (n: number): Sight => ({
  at: NOON + n * n * 7 * HOUR,
  mailbox: `${NAMES[n % NAMES.length]}@gmail.com`,
  is_disposable: false,
  address: `81.${n}.69.142`,
  network: `81.${n}.69.0/24`,
  agent: null,
  languages: null,
  protocol: null,
  asn: null,
  country: null,
  took: null,
});

/** A campaign's memory without a database. Destroyed weeks have no key. */
function memory(destroyed: () => number = () => 0) {
  const kept = new Map<string, string>();
  const shelf = {
    get: (key: string) => kept.get(key),
    put: (key: string, text: string) => void kept.set(key, text),
    drop: (key: string) => void kept.delete(key),
  };
  const watch = new Watch(shelf, (week, text) => (week <= destroyed() ? null : `${week}:${text}`));
  let people = 0;
  const arrive = (fields: Partial<Sight>, inviter: number, mode: FraudMode = "hold") => {
    const noted = watch.arrive({ ...homely(people), ...fields }, inviter, { mode });
    people += 1;
    noted.keep(people);
    return noted.assessment;
  };
  return { watch, arrive, kept };
}

const codesIn = (found: { code: string }[]) => found.map(({ code }) => code);

/** The reasons for the last of these friends of participant 1. The inviter is elsewhere. */
function lastOf(friends: Partial<Sight>[], inviter: Partial<Sight> = { mailbox: "ada.miller@gmail.com" }) {
  const { arrive } = memory();
  arrive(inviter, 0);
  const found = friends.map((friend) => arrive(friend, 1));
  return codesIn(found.at(-1)?.reasons ?? []);
}

const times = (n: number, of: (i: number) => Partial<Sight>) => Array.from({ length: n }, (_, i) => of(i));
const HERE = { address: "92.1.2.3", network: "92.1.2.0/24" };

/** An example of each reason, and an honest look-alike. */
const stories: Partial<Record<ReasonCode, [Partial<Sight>[], Partial<Sight>[]]>> = {
  same_mailbox: [times(2, () => ({ mailbox: "ada@gmail.com" })), times(2, () => ({}))],
  disposable_mailbox: [[{ is_disposable: true }], [{}]],
  numbered_mailboxes: [
    times(3, (i) => ({ mailbox: `annamiller${i}@gmail.com` })),
    times(3, (i) => ({ mailbox: `am${i}@gmail.com` })),
  ],
  generated_mailboxes: [
    times(3, (i) => ({ mailbox: `xkqzvb${"wtrphj"[i]}nt@gmail.com` })),
    times(2, (i) => ({ mailbox: `xkqzvb${"wtrphj"[i]}nt@gmail.com` })),
  ],
  one_private_domain: [
    times(4, (i) => ({ mailbox: `${NAMES[i]}@acme.example` })),
    times(4, (i) => ({ mailbox: `${NAMES[i]}@outlook.com` })),
  ],
  one_address: [times(4, () => HERE), times(4, () => ({}))],
  one_network: [
    times(4, (i) => ({ ...HERE, address: `92.1.2.${i}` })),
    times(4, (i) => ({ address: `92.${i}.2.3`, network: `92.${i}.2.0/24` })),
  ],
  one_device_here: [
    times(4, () => ({ ...HERE, agent: CHROME, languages: "en" })),
    times(4, () => ({ agent: CHROME, languages: "en" })),
  ],
  one_device: [times(6, () => ({ agent: RARE })), times(2, () => ({ agent: RARE }))],
  data_center: [[{ asn: 16509 }], [{ asn: 3320 }]],
  data_centers: [times(2, () => ({ asn: 16509 })), [{}, { asn: 16509 }]],
  foreign_languages: [
    times(3, () => ({ country: "DE", languages: "vi" })),
    times(3, () => ({ country: "DE", languages: "en" })),
  ],
  in_a_row: [
    times(4, (i) => ({ ...HERE, at: NOON + i * MINUTE })),
    times(4, (i) => ({ ...HERE, at: NOON + i * 61 * MINUTE })),
  ],
  even_pace: [times(8, (i) => ({ at: NOON + i * HOUR })), times(7, (i) => ({ at: NOON + i * HOUR }))],
  inviters_name: [[{ mailbox: "miller.ada7@outlook.com" }], [{ mailbox: "miller.eva7@outlook.com" }]],
  relay_mailboxes: [
    times(5, (i) => ({ mailbox: `fallen.stencil${i}k@icloud.com`, agent: CHROME })),
    times(5, (i) => ({ mailbox: `fallen.stencil${i}k@icloud.com`, agent: `${CHROME} OPR/${i}` })),
  ],
  many_countries: [
    times(6, (i) => ({ country: ["DE", "FR", "IT", "US", "GB", "ES"][i] ?? null })),
    times(6, (i) => ({ country: ["DE", "DE", "DE", "US", "GB", "DE"][i] ?? null })),
  ],
  even_forms: [
    times(7, (i) => ({ took: (20 + (i % 3)) * SECOND })),
    times(7, (i) => ({ took: (10 + 6 * (i % 3)) * SECOND })),
  ],
  never_back: [times(12, (i) => ({ at: NOON + i * 3 * DAY })), times(12, (i) => ({ at: NOON + i * 3 * MINUTE }))],
  hasty_forms: [times(8, () => ({ took: 5 * SECOND })), times(12, (i) => ({ took: (i % 2 ? 5 : 20) * SECOND }))],
};

describe("a fraud signal", () => {
  it.each(Object.entries(stories))("%s is found in its fraud, and not in the honest look-alike", (code, story) => {
    const [fraud, honest] = story;
    expect(lastOf(fraud)).toContain(code);
    expect(lastOf(honest)).not.toContain(code);
  });

  it("is the inviter's own address, and not another one", () => {
    expect(lastOf([HERE], HERE)).toContain("inviters_address");
    expect(lastOf([HERE], { ...HERE, address: "92.1.2.4" })).not.toContain("inviters_address");
  });

  it("is a ring, once three of a network invite each other with one device", () => {
    const { arrive } = memory();
    const at = (n: number) => ({ ...HERE, agent: CHROME, at: NOON + n * DAY });
    arrive(at(0), 0);
    const found = [1, 2, 3, 4].map((inviter) => codesIn(arrive(at(inviter), inviter).reasons));
    expect(found[1]).not.toContain("ring");
    expect(found[3]).toContain("ring");
  });

  it("is a friend who never came back, until one of them does", () => {
    const { watch, arrive } = memory();
    arrive({}, 0);
    const at = (n: number) => ({ at: NOON + n * 3 * DAY });
    for (let n = 0; n < 11; n++) arrive(at(n), 1);
    const noted = watch.arrive({ ...homely(12), ...at(11) }, 1, { mode: "hold" });
    expect(codesIn(noted.assessment.reasons)).toContain("never_back");
    noted.keep(13, [7]);
    expect(codesIn(arrive(at(12), 1).reasons)).not.toContain("never_back");
  });

  it("is the number of erased friends, even if nothing else is left of them", () => {
    const { watch, arrive, kept } = memory();
    arrive({}, 0);
    for (let n = 0; n < 4; n++) {
      expect(codesIn(arrive({ mailbox: `${NAMES[n]}@outlook.com` }, 1).reasons).includes("erased_friends")).toBe(n > 1);
      watch.forget(n + 2, 1);
    }
    expect(JSON.parse(kept.get("fraud_circle:1") ?? "")).toMatchObject({
      friends: [],
      gone: Array(4).fill(expect.any(Number)),
    });
  });

  it("is not the erasure of a few of many friends", () => {
    const { watch, arrive } = memory();
    arrive({}, 0);
    for (let n = 0; n < 20; n++) arrive({}, 1);
    for (let n = 0; n < 4; n++) watch.forget(n + 2, 1);
    expect(codesIn(arrive({}, 1).reasons)).not.toContain("erased_friends");
  });

  it("is likeness with held signups, once there are some", () => {
    const { arrive } = memory();
    arrive({}, 0);
    const found = times(8, (i) => ({ mailbox: `annamiller${i}@gmail.com` })).map((one) => arrive(one, 1));
    const held = found.map(({ is_suspect }) => is_suspect).indexOf(true);
    expect(codesIn(found[held]?.reasons ?? [])).not.toContain("like_held");
    expect(codesIn(found[held + 1]?.reasons ?? [])).toContain("like_held");
  });

  it("is not evidence in a hub: many devices share its address", () => {
    const { arrive } = memory();
    arrive({}, 0);
    const agents = times(40, (i) => ({
      agent: `${CHROME} Firefox/${100 + i}`,
      ...HERE,
      at: NOON + i * i * MINUTE,
      mailbox: `${NAMES[i % 8]}.${i}x@gmail.com`,
    }));
    for (const agent of agents) arrive(agent, 0);
    const last = times(5, (i) => ({ ...HERE, agent: `${CHROME} OPR/${i}`, at: NOON + i * DAY })).map((one) =>
      arrive(one, 1),
    );
    expect(codesIn(last.at(-1)?.reasons ?? [])).not.toContain("one_address");
  });

  it("needs an invitation and visitor data, except in strict campaigns", () => {
    const unseen = { address: null, network: null, is_disposable: true };
    expect(memory().arrive({ is_disposable: true }, 0).is_suspect).toBe(false);
    expect(memory().arrive(unseen, 1).is_suspect).toBe(false);
    expect(memory().arrive(unseen, 1, "strict").is_suspect).toBe(true);
  });
});

describe("a sales signal", () => {
  const sales = (n: number, more = {}) =>
    times(n, () => ({})).map((_, id) => ({ id, at: NOON, by_code: false, is_refunded: false, ...more }));
  const of = (fields: object) => codesIn(assessSales({ ...newTrade(), ...fields }, NOON + DAY).reasons);

  it.each([
    ["hidden_clicks", { clicks: 20, hidden: 3 }, { clicks: 20, hidden: 2 }],
    ["hidden_clicks", { clicks: 20, hidden: 3 }, { clicks: 21, hidden: 3 }],
    ["unasked_clicks", { clicks: 16, unasked: 8 }, { clicks: 17, unasked: 8 }],
    ["coupon_sites", { clicks: 10, deals: 3 }, { clicks: 11, deals: 3 }],
    [
      "code_without_clicks",
      { clicks: 1, sales: sales(7, { by_code: true }) },
      { clicks: 2, sales: sales(7, { by_code: true }) },
    ],
    [
      "refunds",
      { sales: [...sales(3, { is_refunded: true }), ...sales(4)] },
      { sales: [...sales(3, { is_refunded: true }), ...sales(5)] },
    ],
  ])("%s is found at or above its share", (code, fraud, honest) => {
    expect(of(fraud)).toContain(code);
    expect(of(honest)).not.toContain(code);
  });
});

describe("the verdict", () => {
  const found = (...weights: number[]) => weights.map((weight) => ({ code: "refunds" as const, weight, with: [7] }));

  it("multiplies the remaining trust", () => {
    expect(scoreOf([])).toBe(0);
    expect(scoreOf(found(0.5, 0.5, 0.2))).toBeCloseTo(0.8);
    expect(verdictOf(found(0.2, 0.6), "hold").reasons.map(({ weight }) => weight)).toEqual([0.6, 0.2]);
  });

  it("is suspicious at or above the setting's threshold", () => {
    for (const mode of ["watch", "hold", "strict"] as const) {
      expect(verdictOf(found(THRESHOLDS[mode]), mode).is_suspect).toBe(true);
      expect(verdictOf(found(THRESHOLDS[mode] - 0.01), mode).is_suspect).toBe(false);
    }
    expect(THRESHOLDS.strict).toBeLessThan(THRESHOLDS.hold);
    expect(verdictOf(found(0.99, 0.99), "off").is_suspect).toBe(false);
  });

  it("follows the lists before the score, and names the block", () => {
    expect(verdictOf(found(0.9), "hold", "allow").is_suspect).toBe(false);
    expect(verdictOf([], "hold", "block")).toMatchObject({
      is_suspect: true,
      score: 1,
      reasons: [{ code: "on_block_list" }],
    });
  });

  it("includes earlier friends only for strong reasons, and if it is suspicious", () => {
    expect(verdictOf(found(0.9), "hold").also).toEqual([7]);
    expect(verdictOf(found(0.4), "hold").also).toEqual([]);
    expect(verdictOf([...found(0.14), { code: "same_mailbox", weight: 0.9, with: [] }], "hold").also).toEqual([]);
  });

  it("has a text and a kind for every reason", () => {
    for (const [code, { message }] of Object.entries(reasons)) expect(message, code).toMatch(/^[A-Z].*\.$/);
  });
});

describe("a week's key", () => {
  it("makes hashes of one week comparable, and no others", () => {
    const { arrive } = memory();
    arrive({}, 0);
    arrive({ mailbox: "ada@gmail.com" }, 1);
    const { reasons } = arrive({ mailbox: "ada@gmail.com", at: NOON + 14 * DAY }, 1);
    expect(codesIn(reasons)).toContain("same_mailbox");
  });

  it("leaves nothing to compare once it is destroyed", () => {
    let gone = 0;
    const { arrive } = memory(() => gone);
    arrive({}, 0);
    arrive({ mailbox: "ada@gmail.com" }, 1);
    gone = weekOf(NOON);
    const { reasons } = arrive({ mailbox: "ada@gmail.com", at: NOON + 14 * DAY }, 1);
    expect(codesIn(reasons)).not.toContain("same_mailbox");
  });

  it("is kept with friends of the last weeks only", () => {
    const { arrive, kept } = memory();
    arrive({}, 0);
    arrive({ mailbox: "ada@gmail.com" }, 1);
    arrive({ at: NOON + (WEEKS + 1) * 7 * DAY }, 1);
    expect(kept.get("fraud_circle:1")).not.toContain("ada@gmail.com");
  });
});
