import { env } from "cloudflare:workers";
import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, it } from "vitest";
import { policies } from "../../src/auth/limit";
import { belongingsOf } from "../support/belongings";
import { call } from "../support/client";
import { stopClock } from "../support/clock";
import { mailroom } from "../support/mailroom";
import { type Browser, browser, leadsTo } from "../support/session";

const PASSWORD = "correct horse battery";
const on = { RATE_LIMITS: "on" };

/** The authenticator app's code, a number of 30-second steps from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** A code that is none of the accepted ones. */
function wrongCode(secret: string) {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  for (let n = 0; ; n++) {
    const code = String(n).padStart(6, "0");
    if (!right.includes(code)) return code;
  }
}

const proofIn = (text: string) => /name="proof" value="([^"]+)"/.exec(text)?.[1] ?? "none";
const codesIn = (text: string) => [...text.matchAll(/<code>([\w-]+)<\/code>/g)].map(([, code = ""]) => code);

/** A member with two-step verification. Codes of the previous step are still unused. */
async function protectedMember() {
  const email = `ada-${crypto.randomUUID()}@example.com`;
  const ada = browser();
  await ada.submit("/sign-up", { name: "Ada", email, password: PASSWORD });
  const id = Number(await env.DB.prepare("SELECT id FROM members WHERE email = ?").bind(email).first("id"));
  await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(id).run();
  const elsewhere = browser();
  await elsewhere.submit("/sign-in", { email, password: PASSWORD });
  const token = (await call("POST", "/api/v1/auth/token", { email, password: PASSWORD })).data.token;
  expect(leadsTo(await ada.submit("/account/two-step", { password: PASSWORD }))).toBe("/account/two-step/confirm");
  const page = await ada.page("/account/two-step/confirm");
  const secret = /[A-Z2-7]{32}/.exec(page.text)?.[0] ?? "none";
  const turnedOn = await ada.submit("/account/two-step/confirm", { code: codeOf(secret, -1) });
  expect(turnedOn.status).toBe(201);
  const tokenRequest = (code?: string, env = {}) =>
    call("POST", "/api/v1/auth/token", { email, password: PASSWORD, code }, { env });
  return { ...ada, id, email, secret, recovery: codesIn(turnedOn.text), elsewhere, token, tokenRequest };
}

const firstStep = async (email: string, next = "/home") => {
  const there = browser();
  const page = await there.submit(`/sign-in?${new URLSearchParams({ next })}`, { email, password: PASSWORD });
  return { ...there, first: page, proof: proofIn(page.text) };
};
const isSignedIn = async (there: Pick<Browser, "page">) => (await there.page("/account")).status === 200;

// Codes change every half a minute.
beforeEach(() => stopClock());

describe("two-step verification", () => {
  it("is turned on with a code from the app, and ends every other session and token", async () => {
    const ada = await protectedMember();
    expect(ada.recovery).toHaveLength(10);
    expect(new Set(ada.recovery).size).toBe(10);
    expect(await isSignedIn(ada)).toBe(true);
    expect(await isSignedIn(ada.elsewhere)).toBe(false);
    const bearer = { headers: { Authorization: `Bearer ${ada.token}` } };
    expect((await call("GET", "/api/v1/brands", undefined, bearer)).status).toBe(401);
    expect((await ada.page("/account/two-step")).text).toContain("10 codes are left");
    expect((await mailroom(ada).deliver()).at(-1)).toMatchObject({
      subject: "Your two-step verification was changed",
      text: expect.stringContaining("Turned on"),
    });
  });

  it("requires a code after the password, and continues to the requested page", async () => {
    const ada = await protectedMember();
    const there = await firstStep(ada.email, "/brands");
    expect(there.first).toMatchObject({ status: 200, text: expect.stringContaining("Enter your code") });
    expect(there.token()).toBeUndefined();
    expect(await isSignedIn(there)).toBe(false);
    const path = `/sign-in/code?${new URLSearchParams({ next: "/brands" })}`;
    const wrong = await there.submit(path, { proof: there.proof, code: wrongCode(ada.secret) });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining("incorrect or has already been used") });
    expect(there.token()).toBeUndefined();
    const right = await there.submit(path, { proof: proofIn(wrong.text), code: codeOf(ada.secret) });
    expect(leadsTo(right)).toBe("/brands");
    expect(await isSignedIn(there)).toBe(true);
  });

  it("accepts a code once, and no code older than a used one", async () => {
    const ada = await protectedMember();
    const code = codeOf(ada.secret, 1);
    const answers = await Promise.all([ada.tokenRequest(code), ada.tokenRequest(code), ada.tokenRequest(code)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
    for (const steps of [-1, 0]) {
      const late = await ada.tokenRequest(codeOf(ada.secret, steps));
      expect(late).toMatchObject({ status: 401, code: "second_factor_wrong" });
    }
  });

  it("refuses the code that turned it on", async () => {
    const ada = await protectedMember();
    expect(await ada.tokenRequest(codeOf(ada.secret, -1))).toMatchObject({ code: "second_factor_wrong" });
  });

  it("has its own error for programs, and only if the password is right", async () => {
    const ada = await protectedMember();
    expect(await ada.tokenRequest()).toMatchObject({ status: 401, code: "second_factor_required" });
    const wrong = { email: ada.email, password: "wrong", code: codeOf(ada.secret) };
    expect(await call("POST", "/api/v1/auth/token", wrong)).toMatchObject({ status: 401, code: "unauthenticated" });
    const grouped = codeOf(ada.secret).replace(/^(...)/, "$1 ");
    expect(await ada.tokenRequest(grouped)).toMatchObject({ status: 200, data: { member: { id: ada.id } } });
  });

  it("accepts each recovery code once, in any spelling, and sends an email", async () => {
    const ada = await protectedMember();
    const [first = "", second = ""] = ada.recovery;
    const answers = await Promise.all([ada.tokenRequest(first), ada.tokenRequest(first)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    expect((await ada.tokenRequest(second.toUpperCase().replace("-", " "))).status).toBe(200);
    expect((await ada.page("/account/two-step")).text).toContain("8 codes are left");
    const texts = (await mailroom(ada).deliver()).map(({ text }) => text ?? "");
    expect(texts.filter((text) => text.includes("A recovery code was used"))).toHaveLength(2);
  });

  it("allows ten wrong codes an hour, then none, not even the right one", async () => {
    const ada = await protectedMember();
    const guess = (n: number, code: string) =>
      call(
        "POST",
        "/api/v1/auth/token",
        { email: ada.email, password: PASSWORD, code },
        {
          headers: { "CF-Connecting-IP": `2001:db8:ffff:${n.toString(16)}::1` },
          env: on,
        },
      );
    const wrong = wrongCode(ada.secret);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => guess(n, wrong)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(policies.second_factor.quota);
    expect(await guess(99, codeOf(ada.secret))).toMatchObject({ status: 429 });
  });

  it("needs the password to set it up, and the password and a code to turn it off", async () => {
    const ada = await protectedMember();
    const off = (password: string, code: string) => ada.submit("/account/two-step/off", { password, code });
    expect((await off("wrong", codeOf(ada.secret))).status).toBe(400);
    expect((await off(PASSWORD, wrongCode(ada.secret))).status).toBe(400);
    expect((await ada.tokenRequest()).code).toBe("second_factor_required");
    expect(leadsTo(await off(PASSWORD, codeOf(ada.secret)))).toBe("/account?done=two_step_off");
    expect((await ada.tokenRequest()).status).toBe(200);
    expect((await ada.submit("/account/two-step", { password: "wrong" })).status).toBe(400);
    expect((await mailroom(ada).deliver()).at(-1)?.text).toContain("Turned off");
  });

  it("gives new recovery codes for a code, and ends the old ones", async () => {
    const ada = await protectedMember();
    const page = await ada.submit("/account/two-step/codes", { code: codeOf(ada.secret) });
    expect(codesIn(page.text)).toHaveLength(10);
    expect((await ada.tokenRequest(ada.recovery[0])).status).toBe(401);
    expect((await ada.tokenRequest(codesIn(page.text)[0])).status).toBe(200);
  });

  it("stores nothing usable: the secret is encrypted, recovery codes are hashed", async () => {
    const ada = await protectedMember();
    const rows = JSON.stringify(await belongingsOf(ada.id));
    expect(rows).not.toContain(ada.secret);
    for (const code of ada.recovery) for (const text of [code, code.replace("-", "")]) expect(rows).not.toContain(text);
  });

  it("cannot be passed with the proof of another member, an older password, or a made-up one", async () => {
    const [ada, eve] = [await protectedMember(), await protectedMember()];
    const there = await firstStep(eve.email);
    const tries = [there.proof.replace(/^\d+/, String(ada.id)), "made.up", ""];
    for (const proof of tries) {
      const answer = await there.submit("/sign-in/code", { proof, code: codeOf(ada.secret) });
      expect(answer.status).toBe(400);
      expect(there.token()).toBeUndefined();
    }
    const change = { old_password: PASSWORD, password: "purple bicycle" };
    await eve.submit("/account/password", change);
    const late = await there.submit("/sign-in/code", { proof: there.proof, code: codeOf(eve.secret) });
    expect(late).toMatchObject({ status: 400, text: expect.stringContaining("has expired") });
  });

  it("still applies after the password was reset by email", async () => {
    const ada = await protectedMember();
    await call("POST", "/api/v1/auth/password-reset", { email: ada.email });
    const mails = await mailroom(ada).deliver();
    const path = mails.map(({ text }) => text?.match(/\/reset-password\/[\w.-]+/)?.[0]).findLast(Boolean) ?? "";
    const form = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    expect((await call("POST", path, "password=purple+bicycle", form)).status).toBe(200);
    const signIn = { email: ada.email, password: "purple bicycle" };
    expect(await call("POST", "/api/v1/auth/token", signIn)).toMatchObject({ code: "second_factor_required" });
  });

  it("is turned off by the operator for a member who lost everything, with an email to them", async () => {
    const ada = await protectedMember();
    const operator = { headers: { Authorization: "Bearer test-operator-token" } };
    const path = `/api/v1/operator/members/${ada.id}/second-factor`;
    expect((await call("DELETE", path)).status).toBe(401);
    expect(await call("DELETE", path, undefined, operator)).toMatchObject({ status: 200, data: { id: ada.id } });
    expect((await call("DELETE", path, undefined, operator)).status).toBe(404);
    expect((await ada.tokenRequest()).status).toBe(200);
    expect((await ada.page("/audit")).text).toContain("Turned off two-step verification");
    expect((await mailroom(ada).deliver()).at(-1)?.text).toContain("Turned off by the administrator");
  });

  it("can also be turned off on the member's operator page", async () => {
    const ada = await protectedMember();
    const operator = browser();
    await operator.submit("/operator/sign-in", { token: "test-operator-token" });
    const path = `/operator/members/${ada.id}`;
    expect((await operator.page(path)).text).toContain("Turn off two-step verification");
    expect(leadsTo(await operator.submit(`${path}/second-factor`))).toBe(`${path}?done=two_step_off`);
    expect((await operator.page(path)).text).not.toContain("Turn off two-step verification");
    expect((await ada.tokenRequest()).status).toBe(200);
  });

  it("is in the audit log, and is deleted with the account", async () => {
    const ada = await protectedMember();
    expect((await ada.page("/audit")).text).toContain("Turned on two-step verification");
    await ada.submit("/account/deletion", { password: PASSWORD });
    for (const table of ["authenticators", "recovery_codes", "known_places"]) {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE member_id = ?`).bind(ada.id).all();
      expect([table, results]).toEqual([table, []]);
    }
  });

  it("can be set up for fifteen minutes, with one secret at a time", async () => {
    const ada = browser();
    const email = `ada-${crypto.randomUUID()}@example.com`;
    await ada.submit("/sign-up", { name: "Ada", email, password: PASSWORD });
    const prepared = async () => {
      await ada.submit("/account/two-step", { password: PASSWORD });
      return /[A-Z2-7]{32}/.exec((await ada.page("/account/two-step/confirm")).text)?.[0] ?? "none";
    };
    const [first, second] = [await prepared(), await prepared()];
    expect((await ada.submit("/account/two-step/confirm", { code: codeOf(first) })).status).toBe(400);
    await env.DB.prepare("UPDATE authenticators SET date_added = date_added - 1000000").run();
    expect((await ada.submit("/account/two-step/confirm", { code: codeOf(second) })).status).toBe(404);
    expect(leadsTo(await ada.page("/account/two-step/confirm"))).toBe("/account/two-step");
    expect((await call("POST", "/api/v1/auth/token", { email, password: PASSWORD })).status).toBe(200);
  });
});
