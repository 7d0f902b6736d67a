import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memberLink } from "../../src/accounts/account-link";
import { policies } from "../../src/auth/limit";
import { call } from "../support/client";

/** Passwords are slow to hash, on purpose, so limits that count wrong ones are tried with smaller quotas. */
const real = structuredClone(policies);
const smaller = { email: { quota: 12 }, network: { quota: 20 } };
beforeEach(() => {
  for (const policy of ["email", "network"] as const) Object.assign(policies[policy], smaller[policy]);
});
afterEach(() => {
  for (const policy of ["email", "network"] as const) Object.assign(policies[policy], real[policy]);
});

const on = { RATE_LIMITS: "on" };
const PASSWORD = "correct horse";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

async function newcomer() {
  const email = `ada-${crypto.randomUUID()}@example.com`;
  const { data } = await call("POST", "/api/v1/members", { email, name: "Ada", password: PASSWORD });
  return { id: Number(data.id), email };
}

let networks = 0;
/** An IPv4 address, or a /64, that no other test uses. */
const newIpv4 = () => `203.0.${Math.floor(++networks / 250)}.${networks % 250}`;
const newIpv6 = () => `2001:db8:${(++networks).toString(16)}:0::1`;

const signIn = async (email: string, address: string, password: string, agent = FIREFOX) =>
  call(
    "POST",
    "/api/v1/auth/token",
    { email, password },
    {
      headers: { "CF-Connecting-IP": address, "User-Agent": agent },
      env: on,
    },
  );
const statuses = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe("wrong passwords", () => {
  it("are limited to 10 for an email from one address, 50 from all, and 100 from a network", () => {
    const told = (["password", "email", "network"] as const).map((name) => [
      real[name].quota,
      real[name].windowSeconds,
    ]);
    expect(told).toEqual([
      [10, 900],
      [50, 3600],
      [100, 900],
    ]);
  });

  it("from 60 addresses of one /64 are 10 for an email, known or not, as if they came from one", async () => {
    const { email } = await newcomer();
    for (const target of [email, `nobody-${crypto.randomUUID()}@example.com`]) {
      const network = newIpv6().slice(0, -1);
      const answers = [];
      for (let n = 1; n <= 60; n++) answers.push(await signIn(target, `${network}${n.toString(16)}`, `wrong ${n}`));
      expect(statuses(answers, 401)).toBe(policies.password.quota);
      expect(statuses(answers, 429)).toBe(60 - policies.password.quota);
    }
  });

  it("for many emails from one /64 are 20 a minute, even if the binding lets more through", async () => {
    const network = newIpv6().slice(0, -1);
    const lenient = { limit: async () => ({ success: true }) } as unknown as RateLimit;
    const attempt = (n: number) =>
      call(
        "POST",
        "/api/v1/auth/token",
        { email: `nobody-${n}@example.com`, password: "wrong" },
        {
          headers: { "CF-Connecting-IP": `${network}${n.toString(16)}` },
          env: { ...on, SIGN_IN_LIMIT: lenient },
        },
      );
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => attempt(n)));
    expect(statuses(answers, 401)).toBe(policies.sign_in.quota);
    expect(statuses(answers, 429)).toBe(60 - policies.sign_in.quota);
  });

  it("from many networks are limited for an email", async () => {
    const { email } = await newcomer();
    const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => signIn(email, newIpv6(), `wrong ${n}`)));
    expect(statuses(answers, 401)).toBe(policies.email.quota);
    expect(statuses(answers, 429)).toBe(15 - policies.email.quota);
    const late = await signIn(email, newIpv6(), PASSWORD);
    expect(late).toMatchObject({ status: 429, code: "rate_limited" });
    expect(late.headers.get("RateLimit-Policy")).toBe('"email";q=12;w=3600');
    expect(Number(late.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  it("for many emails from many /64 of one /48 are limited, but correct ones do not count, and known places are not locked out", async () => {
    const addressIn = (n: number) => `2001:db9:77:${n.toString(16)}::1`;
    const people = await Promise.all([newcomer(), newcomer(), newcomer()]);
    const [ada, grace] = people;
    const office = await Promise.all(Array.from({ length: 5 }, (_, n) => signIn(ada.email, addressIn(n), PASSWORD)));
    expect(statuses(office, 200)).toBe(5);
    const attempts = people.flatMap(({ email }, one) =>
      Array.from({ length: 8 }, (_, n) => ({ email, n: 100 + one * 8 + n })),
    );
    const answers = await Promise.all(attempts.map(({ email, n }) => signIn(email, addressIn(n), `wrong ${n}`)));
    expect(statuses(answers, 401)).toBe(policies.network.quota);
    expect(statuses(answers, 429)).toBe(attempts.length - policies.network.quota);
    const late = await signIn(grace.email, addressIn(50), PASSWORD);
    expect(late).toMatchObject({ status: 429, code: "rate_limited" });
    expect(late.headers.get("RateLimit-Policy")).toBe('"network";q=20;w=900');
    expect((await signIn(grace.email, newIpv6(), PASSWORD)).status).toBe(200);
    expect((await signIn(ada.email, addressIn(0), PASSWORD)).status).toBe(200);
  });

  it("of strangers do not lock the member out of known places", async () => {
    const { email } = await newcomer();
    const home = newIpv4();
    expect((await signIn(email, home, PASSWORD)).status).toBe(200);
    await Promise.all(Array.from({ length: 15 }, (_, n) => signIn(email, newIpv6(), `wrong ${n}`)));
    expect((await signIn(email, newIpv6(), PASSWORD)).status).toBe(429);
    expect((await signIn(email, home, PASSWORD)).status).toBe(200);
    const own = [];
    for (let n = 0; n < 12; n++) own.push(await signIn(email, home, `wrong ${n}`));
    expect(statuses(own, 401)).toBe(policies.password.quota);
    expect((await signIn(email, home, PASSWORD)).status).toBe(429);
  });

  it("do not lock out a member who sets a new password with the link in an email", async () => {
    const { id, email } = await newcomer();
    await Promise.all(Array.from({ length: 15 }, (_, n) => signIn(email, newIpv6(), `wrong ${n}`)));
    const cafe = { "CF-Connecting-IP": newIpv4(), "User-Agent": FIREFOX };
    const member = await env.DB.prepare("SELECT id, email, password_hash FROM members WHERE id = ?")
      .bind(id)
      .first<{ id: number; email: string; password_hash: string }>();
    if (!member) throw new Error("no member");
    const path = await memberLink(env, "reset-password", { origin: "", member, issued: new Date() });
    const form = { ...cafe, "Content-Type": "application/x-www-form-urlencoded" };
    expect((await call("POST", path, "password=purple+bicycle", { headers: form, env: on })).status).toBe(200);
    expect((await signIn(email, cafe["CF-Connecting-IP"], "purple bicycle")).status).toBe(200);
  });

  it("are reset by the right one, so typos never add up", async () => {
    const { email } = await newcomer();
    const home = newIpv4();
    const answers = [];
    // Each address has 20 attempts a minute, and the right ones are given back to the other limits only.
    for (let n = 0; n < 18; n++) answers.push(await signIn(email, home, PASSWORD));
    expect(statuses(answers, 200)).toBe(18);
  });
});

describe("a limit whose counter is unreachable", () => {
  it("allows no guess, and explains that this is temporary", async () => {
    const { email } = await newcomer();
    const LIMITER = {
      getByName: () => ({
        take: async () => {
          throw new Error("the object is gone");
        },
      }),
    } as unknown as typeof env.LIMITER;
    const answer = await call(
      "POST",
      "/api/v1/auth/token",
      { email, password: PASSWORD },
      {
        headers: { "CF-Connecting-IP": newIpv4() },
        env: { ...on, LIMITER },
      },
    );
    expect(answer).toMatchObject({ status: 503, code: "overloaded" });
  });
});

describe("password resets", () => {
  it("are limited for each email, whatever the caller's address", async () => {
    const email = `nobody-${crypto.randomUUID()}@example.com`;
    const ask = () =>
      call(
        "POST",
        "/api/v1/auth/password-reset",
        { email },
        {
          headers: { "CF-Connecting-IP": newIpv6() },
          env: on,
        },
      );
    const answers = await Promise.all(Array.from({ length: 30 }, ask));
    expect(statuses(answers, 202)).toBe(policies.password_reset.quota);
  });
});
