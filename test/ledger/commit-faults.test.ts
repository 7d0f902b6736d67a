import { env } from "cloudflare:workers";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { type Answer, newDomain } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { type Around, ledgersWith, withBindings } from "../support/ledger";
import { faultyDb, type Outside, outside } from "../support/outside";

type Run = () => Promise<D1Result[]>;
/** The fault of the n-th database call. */
type Fault = (run: Run) => Promise<D1Result[]>;

const lost = () => new Error("D1_ERROR: Network connection lost.");
const faults: Record<string, Fault> = {
  "lost on the way there": () => Promise.reject(lost()),
  "lost on the way back": async (run) => {
    await run();
    throw lost();
  },
  "refused for overload": () => Promise.reject(new Error("D1_ERROR: D1 DB is overloaded. Too many requests queued.")),
  "failed for no reason that we know": () => Promise.reject(new Error("D1_ERROR: disk I/O error")),
  "failed after it took effect": async (run) => {
    await run();
    throw new Error("D1_ERROR: internal error");
  },
};

/** A database with a fault in `times` calls from the `first` on. */
const dbWith = (fault: Fault, first = 1, times = 1) =>
  faultyDb((n, run) => (n >= first && n < first + times ? fault(run) : run()));

/** The error responses that a caller may get. */
function expectDocumented(answer: Answer) {
  if (answer.status < 300) return;
  expect([500, 503]).toContain(answer.status);
  expect(["internal", "overloaded"]).toContain(answer.code);
  if (answer.status === 503) expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
}

async function newScene() {
  const campaign = await newCampaign({ reward_invited: true });
  await campaign.owner.post("/api/v1/webhooks", { link: `https://${newDomain()}/hooks` });
  await campaign.upload(someCodes(3));
  for (const reward of [{ reward_type: 1 }, { reward_type: 5, percent: 10 }])
    await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, { role: "referrer", reward });
  const ada = (await campaign.signUp(someone())).data;
  return { campaign, ada };
}
type Scene = Awaited<ReturnType<typeof newScene>>;
type Ask = (scene: Scene, headers: Record<string, string>, over?: Partial<typeof env>) => Promise<Answer>;

const asks: Record<string, () => Ask> = {
  "a signup": () => {
    const email = someone();
    return ({ campaign }, headers, over = {}) =>
      campaign.owner.post("/api/v1/signups", { campaign_id: campaign.id, email, name: "X" }, { headers, env: over });
  },
  "a referral with both rewards": () => {
    const email = someone();
    return ({ campaign, ada }, headers, over = {}) =>
      campaign.owner.post(
        "/api/v1/signups/referral",
        { referral_code: ada.referral_code, email, name: "X" },
        { headers, env: over },
      );
  },
  "a conversion": () => {
    const conversion_id = crypto.randomUUID();
    return ({ campaign, ada }, headers, over = {}) =>
      campaign.owner.post(
        "/api/v1/conversions",
        { campaign_id: campaign.id, referral_code: ada.referral_code, conversion_id, amount: 4999 },
        { headers, env: over },
      );
  },
  "a refund": () => {
    const refund_id = crypto.randomUUID();
    return ({ campaign }, headers, over = {}) =>
      campaign.owner.post(
        "/api/v1/refunds",
        { campaign_id: campaign.id, conversion_id: "order-0", refund_id, amount: 1000 },
        { headers, env: over },
      );
  },
  "an upload": () => {
    const codes = someCodes(7);
    return ({ campaign }, headers, over = {}) =>
      campaign.owner.post(`/api/v1/campaigns/${campaign.id}/coupons`, { codes }, { headers, env: over });
  },
};
const askNames = Object.keys(asks);

/** Repeats a request without a response, like a client, until there is one. */
async function askAgain(ask: () => Promise<Answer>) {
  for (let tries = 0; tries < 5; tries++) {
    const answer = await ask();
    if (answer.status < 500) return answer;
  }
  throw new Error("no answer in five tries");
}

async function startOf(name: string) {
  const scene = await newScene();
  if (name === "a refund")
    await scene.campaign.owner.post("/api/v1/conversions", {
      campaign_id: scene.campaign.id,
      referral_code: scene.ada.referral_code,
      conversion_id: "order-0",
      amount: 4999,
    });
  const make = asks[name];
  if (!make) throw new Error(name);
  const expectOneEffect = async (answer: Answer) => {
    expect(answer.status).toBe(201);
    expect(await brokenPromises(scene.campaign.id)).toEqual([]);
    const { total_participants, total_rewards_given, coupons_available } = await scene.campaign.stats();
    expect({ total_participants, total_rewards_given, coupons_available }).toEqual(
      {
        "a signup": { total_participants: 2, total_rewards_given: 0, coupons_available: 3 },
        "a referral with both rewards": { total_participants: 2, total_rewards_given: 2, coupons_available: 1 },
        "a conversion": { total_participants: 1, total_rewards_given: 1, coupons_available: 2 },
        "a refund": { total_participants: 1, total_rewards_given: 1, coupons_available: 2 },
        "an upload": { total_participants: 1, total_rewards_given: 0, coupons_available: 10 },
      }[name],
    );
  };
  return { scene, ask: make(), headers: { "Idempotency-Key": crypto.randomUUID() }, expectOneEffect };
}

// Concurrently, because each waits for the ledger's own deadline.
describe.concurrent.each(askNames)("%s", (name) => {
  let isOver = false;
  afterAll(() => {
    isOver = true;
  });
  it.each([
    ["never is made", "never"],
    ["is made after all once it was asked again", "late"],
    ["is made after all before it is asked again", "meanwhile"],
  ])("whose commit hangs and %s gets a 503, and takes effect once", async (_, when) => {
    const { scene, ask, headers, expectOneEffect } = await startOf(name);
    let [isLetGo, isMade] = [false, false];
    const hang: Fault = async (run) => {
      while (!isLetGo) {
        if (isOver) throw new Error("never made");
        await scheduler.wait(20);
      }
      const results = await run();
      isMade = true;
      return results;
    };
    const goOn = async () => {
      isLetGo = true;
      await vi.waitUntil(() => isMade, { timeout: 600_000 });
    };
    const heal = await withBindings(scene.campaign.id, { DB: dbWith(hang) });
    const given = await ask(scene, headers);
    expect(given).toMatchObject({ status: 503, code: "overloaded" });
    expect(Number(given.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(await brokenPromises(scene.campaign.id)).toEqual([]);
    await heal();
    if (when === "meanwhile") await goOn();
    const answer = await askAgain(() => ask(scene, headers));
    await expectOneEffect(answer);
    if (when === "late") await goOn();
    await expectOneEffect(answer);
  });
});

describe.each(askNames)("%s", (name) => {
  describe.each(Object.entries(faults))("whose commit is %s", (_, fault) => {
    it.each([1, 3])("%i times leaves nothing half done, and takes effect once when repeated", async (times) => {
      const { scene, ask, headers, expectOneEffect } = await startOf(name);
      const heal = await withBindings(scene.campaign.id, { DB: dbWith(fault, 1, times) });
      expectDocumented(await ask(scene, headers));
      expect(await brokenPromises(scene.campaign.id)).toEqual([]);
      await heal();
      await expectOneEffect(await askAgain(() => ask(scene, headers)));
    });
  });

  it("commits in one database call: if the second one fails, everything or nothing is done", async () => {
    const { scene, ask, headers, expectOneEffect } = await startOf(name);
    const heal = await withBindings(scene.campaign.id, {
      DB: dbWith(() => Promise.reject(new Error("D1_ERROR: gone")), 2, 9),
    });
    expect((await ask(scene, headers)).status).toBe(201);
    await heal();
    await expectOneEffect(await ask(scene, headers));
  });

  const between: Record<string, Around> = {
    "does not come through": () => Promise.reject(new Error("Network connection lost.")),
    "is answered to nobody": async (run) => {
      await run();
      throw new Error("Network connection lost.");
    },
    "comes twice at once": async (run) => (await Promise.all([run(), run()]))[0],
    "comes twice, late": async (run) => {
      const first = await run();
      await run();
      return first;
    },
  };
  it.each(Object.entries(between))("whose ledger call %s takes effect once", async (_, around) => {
    const { scene, ask, headers, expectOneEffect } = await startOf(name);
    expectDocumented(await ask(scene, headers, { LEDGER: ledgersWith(around) }));
    expect(await brokenPromises(scene.campaign.id)).toEqual([]);
    await expectOneEffect(await askAgain(() => ask(scene, headers)));
  });

  it.each([
    ["and took effect", true],
    ["and was never made", false],
  ])("whose ledger call hangs for a minute %s gets a 503, and takes effect once", async (_, isMade) => {
    const { scene, ask, headers, expectOneEffect } = await startOf(name);
    let hangs = false;
    const LEDGER = ledgersWith(async (run) => {
      if (isMade) await run();
      hangs = true;
      return new Promise(() => {});
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const given = ask(scene, headers, { LEDGER });
      await vi.waitUntil(() => hangs, { timeout: 600_000, interval: 1 });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await given).toMatchObject({ status: 503, code: "overloaded" });
    } finally {
      vi.useRealTimers();
    }
    expect(await brokenPromises(scene.campaign.id)).toEqual([]);
    await expectOneEffect(await askAgain(() => ask(scene, headers)));
  });

  it("sent many times at once, in any order, takes effect once", async () => {
    const { scene, ask, headers } = await startOf(name);
    const late = ledgersWith(async (run) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return run();
    });
    const answers = await Promise.all([
      ask(scene, headers, { LEDGER: late }),
      ask(scene, headers),
      ask(scene, {}, { LEDGER: late }),
      ask(scene, {}),
    ]);
    for (const { status } of answers) expect([200, 201, 409]).toContain(status);
    expect(await brokenPromises(scene.campaign.id)).toEqual([]);
    const joins = ["a signup", "a referral with both rewards"].includes(name);
    expect((await scene.campaign.stats()).total_participants).toBe(joins ? 2 : 1);
  });
});

describe("the queue", () => {
  let net: Outside;
  afterEach(() => net.close());

  const failing: Record<string, () => Promise<never>> = {
    refuses: () => Promise.reject(new Error("Too Many Requests")),
    hangs: () => new Promise(() => {}),
  };
  it.each(Object.entries(failing))("%s: the signup succeeds, and the sweep sends its event", async (_, fail) => {
    net = outside(Date.now());
    const campaign = await newCampaign();
    const endpoint = await net.endpoint(campaign.owner);
    const heal = await withBindings(campaign.id, {
      DELIVERIES: { send: fail, sendBatch: fail } as unknown as typeof env.DELIVERIES,
    });
    expect((await campaign.signUp(someone())).status).toBe(201);
    await heal();
    expect(await brokenPromises(campaign.id)).toEqual([]);
    expect(net.queued()).toEqual([]);
    net.later(61_000);
    await net.cron();
    await net.consume();
    const [event] = await campaign.events("participant.signup");
    expect(endpoint.received.map(({ id }) => id)).toEqual([event?.id]);
    expect(net.unverified).toEqual([]);
  });
});

describe("the schema itself", () => {
  const refused: Record<string, string> = {
    "a second code for a reward": `INSERT INTO coupons (campaign_id, code, code_key, reward_id)
      SELECT campaign_id, code || '-2', code_key || '-2', reward_id FROM coupons WHERE campaign_id = ?1 AND reward_id IS NOT NULL LIMIT 1`,
    "a code twice":
      "INSERT INTO coupons (campaign_id, code, code_key) SELECT campaign_id, code, code_key FROM coupons WHERE campaign_id = ?1 LIMIT 1",
    "an address twice": `INSERT INTO participants (member_id, campaign_id, email, date_signedup, signup_event)
      SELECT member_id, campaign_id, email, date_signedup, 'x' FROM participants WHERE campaign_id = ?1 LIMIT 1`,
    "a delivery twice": `INSERT INTO deliveries (webhook_id, campaign_id, event_id, type)
      SELECT webhook_id, campaign_id, event_id, type FROM deliveries WHERE campaign_id = ?1 LIMIT 1`,
    "an event twice": `INSERT INTO events (campaign_id, id, type, data, date) SELECT campaign_id, id, type, data, date FROM events WHERE campaign_id = ?1 LIMIT 1`,
  };
  it.each(Object.entries(refused))("refuses %s", async (_, sql) => {
    const { campaign, ada } = await newScene();
    await campaign.refer(ada.referral_code, someone());
    await expect(env.DB.prepare(sql).bind(campaign.id).run()).rejects.toThrow("UNIQUE constraint failed");
  });
});
