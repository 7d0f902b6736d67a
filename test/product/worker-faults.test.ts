import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Answer, call, newDomain, newMember, type TestMember } from "../support/client";
import { ledgersWith } from "../support/ledger";
import { faultyDb, newCampaign } from "../support/outside";

type Write = {
  /** The setup, the request, and a count of its effects. */
  prepare: (member: TestMember) => Promise<{
    ask: (headers: Record<string, string>, over?: Partial<typeof env>) => Promise<Answer>;
    count: () => Promise<number>;
  }>;
};

const counted = async (sql: string, ...values: (string | number)[]) =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .first<{ n: number }>()
  )?.n ?? 0;

/** A POST with a countable effect. */
const post = (path: string, table: string, body: (member: TestMember) => Promise<Record<string, unknown>>): Write => ({
  prepare: async (member) => {
    const sent = await body(member);
    const before = await counted(`SELECT count(*) AS n FROM ${table} WHERE member_id = ?`, member.id);
    return {
      ask: (headers, over = {}) => member.post(path, sent, { headers, env: over }),
      count: async () => (await counted(`SELECT count(*) AS n FROM ${table} WHERE member_id = ?`, member.id)) - before,
    };
  },
});

/** The writes that the Worker makes itself, without a ledger. */
const writes: Record<string, Write> = {
  "POST /brands": post("/api/v1/brands", "brands", async () => ({ url: newDomain() })),
  "POST /campaigns": post("/api/v1/campaigns", "campaigns", async (member) => ({
    name: "Spring",
    brand_id: (await member.post("/api/v1/brands", { url: newDomain() })).data.id,
  })),
  "POST /webhooks": post("/api/v1/webhooks", "webhooks", async () => ({ link: `https://${newDomain()}/hooks` })),
  "POST /zapier/hooks": post("/api/v1/zapier/hooks", "webhooks", async () => ({
    hookUrl: `https://${newDomain()}/hooks`,
  })),
  "POST /members/api-key": post("/api/v1/members/api-key", "api_keys", async () => ({})),
  "POST /webhooks/:id/test": {
    prepare: async (member) => {
      const webhook = (await member.post("/api/v1/webhooks", { link: `https://${newDomain()}/hooks` })).data;
      return {
        ask: (headers, over = {}) => member.post(`/api/v1/webhooks/${webhook.id}/test`, {}, { headers, env: over }),
        count: () =>
          counted(
            "SELECT count(*) AS n FROM deliveries d JOIN events e ON e.campaign_id = d.campaign_id AND e.id = d.event_id WHERE d.webhook_id = ?",
            webhook.id,
          ),
      };
    },
  },
};

const lost = () => new Error("D1_ERROR: Network connection lost.");
const CALLS_MAX = 10;

describe.each(Object.entries(writes))("%s", (_, write) => {
  it.each(["there", "back"])(
    "lost at any of its calls, on the way %s, takes effect once when it is asked again",
    async (way) => {
      for (let broken = 1; broken <= CALLS_MAX; broken++) {
        const member = await newMember();
        const { ask, count } = await write.prepare(member);
        const headers = { "Idempotency-Key": crypto.randomUUID() };
        let calls = 0;
        const DB = faultyDb(async (n, run) => {
          calls = n;
          if (n !== broken) return run();
          if (way === "back") await run();
          throw lost();
        });
        const first = await ask(headers, { DB });
        if (first.status >= 300) {
          expect(first).toMatchObject({ status: 503, code: "overloaded" });
          expect(Number(first.headers.get("Retry-After"))).toBeGreaterThan(0);
        }
        expect(await count()).toBeLessThanOrEqual(1);
        // A lease that the first run did not give back is over after a minute.
        await env.DB.prepare("UPDATE idempotency_keys SET leased_until = 1 WHERE status IS NULL").run();
        const again = await ask(headers);
        expect([200, 201, 202, 409]).toContain(again.status);
        if (again.status === 409) expect(again.code).toBe("conflict");
        expect(await count()).toBe(1);
        if (calls >= broken) continue;
        expect(calls, "it made calls that could break").toBeGreaterThan(0);
        return;
      }
      expect.unreachable("it makes more calls than are tried");
    },
  );
});

/** Skips the seconds of waiting once this many calls hang. */
function hanging(calls: number) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { promise: allHang, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  return {
    call: () => {
      if (++waiting === calls) resolve();
      return new Promise<never>(() => {});
    },
    pass: async (seconds: number) => {
      await allHang;
      await vi.advanceTimersByTimeAsync(seconds * 1000);
    },
  };
}

describe("a hanging service ends in a 503 with Retry-After:", () => {
  afterEach(() => vi.useRealTimers());
  const expectGivenUp = (answer: Answer) => {
    expect(answer).toMatchObject({ status: 503, code: "overloaded" });
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  };
  const at = (path: string) => `/api/v1${path}`;

  it("a database after ten seconds, in every request", async () => {
    const member = await newMember();
    const campaign = await newCampaign(member);
    const { call, pass } = hanging(6);
    const DB = faultyDb(call);
    const answers = Promise.all([
      member.get(at("/brands"), { env: { DB } }),
      member.get(at(`/campaigns/${campaign}/stats`), { env: { DB } }),
      member.post(at("/brands"), { url: newDomain() }, { env: { DB } }),
      member.put(at(`/campaigns/${campaign}`), { name: "Autumn" }, { env: { DB } }),
      member.post(at(`/campaigns/${campaign}/coupons`), { codes: ["A"] }, { env: { DB } }),
      member.delete(at(`/campaigns/${campaign}`), { env: { DB } }),
    ]);
    await pass(10);
    for (const answer of await answers) expectGivenUp(answer);
    expect((await member.get(at(`/campaigns/${campaign}`))).data.name).toBe("Spring");
  });

  it("a ledger after twenty", async () => {
    const member = await newMember();
    const campaign_id = await newCampaign(member);
    const { call, pass } = hanging(1);
    const body = { campaign_id, email: "a@example.com", name: "A" };
    const answer = member.post(at("/signups"), body, { env: { LEDGER: ledgersWith(call) } });
    await pass(20);
    expectGivenUp(await answer);
  });
});

describe("a ledger that can be asked again", () => {
  const failure = (says: { retryable?: boolean; overloaded?: boolean }) =>
    Object.assign(new Error("Durable Object reset."), says);

  /** A signup whose first `failing` calls of the ledger fail, before or after they took effect. */
  async function signUpWith(error: Error, failing: number, way: "there" | "back") {
    const member = await newMember();
    const campaign_id = await newCampaign(member);
    let calls = 0;
    const LEDGER = ledgersWith(async (run) => {
      if (++calls > failing) return run();
      if (way === "back") await run();
      throw error;
    });
    const body = { campaign_id, email: "a@example.com", name: "A" };
    const answer = await member.post("/api/v1/signups", body, { env: { LEDGER } });
    return {
      answer,
      calls,
      people: await counted("SELECT count(*) AS n FROM participants WHERE campaign_id = ?", campaign_id),
    };
  }

  it.each(["there", "back"] as const)(
    "after a loss on the way %s is, and the signup takes effect once",
    async (way) => {
      const { answer, calls, people } = await signUpWith(failure({ retryable: true }), 2, way);
      expect(answer).toMatchObject({ status: 201, data: { email: "a@example.com" } });
      expect({ calls, people }).toEqual({ calls: 3, people: 1 });
    },
  );

  it("is not asked forever", async () => {
    const { answer, calls, people } = await signUpWith(failure({ retryable: true }), 9, "there");
    expect(answer).toMatchObject({ status: 503, code: "overloaded" });
    expect({ calls, people }).toEqual({ calls: 3, people: 0 });
  });

  it.each([{ retryable: true, overloaded: true }, { retryable: false }, {}])(
    "is left alone if it is overloaded or failed for good: %j",
    async (says) => {
      const { answer, calls } = await signUpWith(failure(says), 1, "there");
      expect(answer.status).toBe(503);
      expect(calls).toBe(1);
    },
  );

  it("counts no impression twice", async () => {
    const campaign_id = await newCampaign(await newMember());
    let calls = 0;
    const LEDGER = ledgersWith(async (run) => {
      calls++;
      await run();
      throw failure({ retryable: true });
    });
    await call("POST", "/api/widget/impression", { campaign_id }, { env: { LEDGER } });
    expect(calls).toBe(1);
  });
});
