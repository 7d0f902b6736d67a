import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { joinLink } from "../../src/accounts/team/invitation-link";
import { type FullAccount, fullAccount } from "../support/account";
import { exampleRequest } from "../support/asked";
import { newCampaign, someone } from "../support/campaign";
import { type Answer, call } from "../support/client";
import { stopClock } from "../support/clock";
import { d1Error } from "../support/d1-errors";
import { operations } from "../support/document";
import { browserOf } from "../support/session";

const IS_READ = /^\s*(select|with)\b(?!.*\b(insert|update|delete)\b)/is;

/**
 * The database, seen by a distant Worker: `asked` records which reads went to the primary and which to a replica.
 * The replica has the data for the first `knows` batches, and nothing newer.
 */
function farDatabase({ knows }: { knows: number }) {
  const asked: string[] = [];
  const withSession = (from: string) => {
    const session = env.DB.withSession(from);
    let isRead = true;
    return {
      prepare: (sql: string) => {
        isRead &&= IS_READ.test(sql);
        return session.prepare(sql);
      },
      getBookmark: () => session.getBookmark(),
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await session.batch(statements);
        if (from === "first-primary" || !isRead) asked.push("primary");
        else asked.push("replica");
        isRead = true;
        if (asked.at(-1) === "primary") return results;
        const found = asked.filter((one) => one === "replica").length <= knows;
        return results.map((one) => ({
          ...one,
          results: found ? one.results : [],
          meta: { ...one.meta, served_by_primary: false },
        }));
      },
    };
  };
  // The Worker opens sessions and nothing else.
  return { asked, DB: { withSession } as unknown as D1Database };
}

describe("a signup far from the database", () => {
  const signUpFrom = async (far: ReturnType<typeof farDatabase>) => {
    const { id, owner } = await newCampaign();
    const body = { campaign_id: id, email: someone(), name: "Ada" };
    // A key that no Worker has cached.
    const { api_key } = (await owner.post("/api/v1/members/api-key", undefined)).data;
    const headers = { "X-API-Key": api_key };
    return owner.call("POST", "/api/v1/signups", body, { headers, env: { DB: far.DB } });
  };

  it("reads its API key from the nearest replica: only the ledger uses the primary", async () => {
    const far = farDatabase({ knows: 9 });
    expect((await signUpFrom(far)).status).toBe(201);
    expect(far.asked.filter((one) => one === "replica")).toHaveLength(1);
  });

  it("accepts a key that the replica does not have yet", async () => {
    const far = farDatabase({ knows: 0 });
    expect((await signUpFrom(far)).status).toBe(201);
    expect(far.asked.slice(0, 2)).toEqual(["replica", "primary"]);
  });
});

/** The visible part of a response. No two forms have the same token. */
const told = ({ status, text, headers }: Answer) => ({
  status,
  text: text.replace(/(name="form_token" value=")[^"]+/g, "$1"),
  location: headers.get("Location"),
});

describe("new data without a bookmark, on a lagging replica:", () => {
  const reads = operations.filter(({ method }) => method === "GET");
  let [there, elsewhere]: FullAccount[] = [];
  beforeAll(async () => {
    [there, elsewhere] = [await fullAccount(), await fullAccount()];
  });

  it("reads are retried", () => expect(reads.length).toBeGreaterThan(40));

  it.each(reads.map((o) => [o.operationId, o] as const))("%s", async (_, operation) => {
    if (!there || !elsewhere) throw new Error("no account");
    stopClock();
    for (const knows of [0, 1, 2]) {
      const { method, path, headers, body } = exampleRequest(operation, there);
      const far = farDatabase({ knows });
      // A fresh copy each time: conditional requests and those with a bookmark get none.
      const fresh = { ...headers, "X-Bookmark": "not-a-bookmark" };
      const here = await call(method, path, body, { headers: fresh });
      const answer = await call(method, path, body, { headers: fresh, env: { DB: far.DB } });
      expect(told(answer)).toEqual(told(here));
      // Once the primary was asked, the replica is not asked anymore.
      expect(far.asked.join()).toMatch(/^(replica,?)*(primary,?)*$/);
    }
  });

  it("a share link", async () => {
    const { signUp } = await newCampaign({ landing_url: "https://acme.com/friends" });
    const { referral_code } = (await signUp(someone())).data;
    const far = farDatabase({ knows: 0 });
    const answer = await call("GET", `/t/${referral_code}`, undefined, { env: { DB: far.DB } });
    expect(answer.headers.get("Location")).toContain("https://acme.com/friends");
    expect(far.asked).toEqual(["replica", "primary"]);
  });

  it("a dashboard session", async () => {
    const { owner } = await newCampaign();
    const browser = await browserOf(owner);
    const far = farDatabase({ knows: 0 });
    const headers = { Cookie: `__Host-session=${browser.token()}` };
    const answer = await call("GET", "/home", undefined, { headers, env: { DB: far.DB } });
    expect(answer.status).toBe(200);
  });
});

describe("a replica with an older state", () => {
  /** Older rows, without those that `lacks` selects. */
  function behind(older: Record<string, string>, lacks: (row: Record<string, unknown>) => boolean = () => false) {
    const withSession = (from: string) => {
      const session = env.DB.withSession(from);
      const batch = async (statements: D1PreparedStatement[]) => {
        const results = await session.batch<Record<string, unknown>>(statements);
        if (from === "first-primary") return results;
        return results.map(({ results: rows, meta, ...one }) => ({
          ...one,
          meta: { ...meta, served_by_primary: false },
          results: rows
            .filter((row) => !lacks(row))
            .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, older[name] ?? value]))),
        }));
      };
      return { prepare: (sql: string) => session.prepare(sql), getBookmark: () => session.getBookmark(), batch };
    };
    return { DB: { withSession } as unknown as D1Database };
  }

  it.each(["askForNewPassword", "askToVerify"])("breaks no link in an email: %s", async (name) => {
    const operation = operations.find(({ operationId }) => operationId === name);
    if (!operation) throw new Error(name);
    const { method, path, headers } = exampleRequest(operation, await fullAccount());
    const over = behind({ password_hash: "an older one", email: "older@example.com" });
    const answer = await call(method, path, undefined, { headers, env: over });
    expect(answer.text).toBe((await call(method, path, undefined, { headers })).text);
    expect(answer.status).toBe(200);
  });

  it("breaks no invitation to a team", async () => {
    const { owner } = await newCampaign();
    const row = await env.DB.prepare(
      "INSERT INTO team_invitations (account_id, email, role, date_invited) VALUES (?, 'eve@example.com', 'editor', ?) RETURNING id",
    )
      .bind(owner.id, Date.now())
      .first<{ id: number }>();
    const invitation = { id: row?.id ?? 0, account_id: owner.id, email: "eve@example.com" };
    const link = await joinLink(env, { origin: "", invitation, issued: new Date() });
    const answer = await call("GET", link, undefined, { env: behind({ email: "older@example.com" }) });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.text).toContain("You are invited");
  });

  it("hides no brand whose first campaign was just published", async () => {
    const { brand } = await newCampaign({ publish: "public" });
    const over = behind({}, (row) => "total_participants" in row);
    expect((await call("GET", `/p/${brand.slug}`, undefined, { env: over })).status).toBe(200);
  });
});

it("an unreachable replica costs a moment, but no response", async () => {
  const { owner, id } = await newCampaign();
  const asked: string[] = [];
  const withSession = (from: string) => {
    const session = env.DB.withSession(from);
    const batch = (statements: D1PreparedStatement[]) => {
      asked.push(from);
      if (from === "first-primary") return session.batch(statements);
      return Promise.reject(d1Error("Replica disconnected from primary."));
    };
    return { prepare: (sql: string) => session.prepare(sql), getBookmark: () => session.getBookmark(), batch };
  };
  const DB = { withSession } as unknown as D1Database;
  const answer = await owner.get(`/api/v1/campaigns/${id}`, { env: { DB } });
  expect(answer.status).toBe(200);
  expect(asked.filter((from) => from !== "first-primary")).toHaveLength(1);
});

describe("missing data", () => {
  it("costs one read of the primary per request, even for a signed link of an erased participant", async () => {
    const { signUp, owner } = await newCampaign();
    const { referral_code, id } = (await signUp(someone())).data;
    await owner.delete(`/api/v1/participants/${id}`);
    for (const path of [`/t/${referral_code}`, "/api/widget/config?campaign_id=99999999", "/p/nobody"]) {
      const far = farDatabase({ knows: 0 });
      const answer = await call("GET", path, undefined, { env: { DB: far.DB } });
      expect([302, 404]).toContain(answer.status);
      expect(far.asked).toEqual(["replica", "primary"]);
    }
  });

  it("costs nothing more if the primary itself answered", async () => {
    let calls = 0;
    const withSession = (from: string) => {
      const session = env.DB.withSession(from);
      const batch = (statements: D1PreparedStatement[]) => {
        calls++;
        return session.batch(statements);
      };
      return { prepare: (sql: string) => session.prepare(sql), getBookmark: () => null, batch };
    };
    await call("GET", "/p/nobody", undefined, { env: { DB: { withSession } as unknown as D1Database } });
    expect(calls).toBe(1);
  });
});
