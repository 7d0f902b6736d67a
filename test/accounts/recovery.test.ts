import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { memberLink } from "../../src/accounts/account-link";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";
import { workOf } from "../support/work";

const FORM = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };

/** A person with a new account, and their mailroom. */
async function newcomer() {
  const account = { email: `ada-${crypto.randomUUID()}@example.com`, name: "Ada", password: "correct horse battery" };
  const { data } = await call("POST", "/api/v1/members", account);
  const signIn = (password = account.password) =>
    call("POST", "/api/v1/auth/token", { email: account.email, password });
  const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
  const as = bearer((await signIn()).data.token);
  return {
    ...account,
    id: Number(data.id),
    room: mailroom({ id: data.id }),
    as,
    signIn,
    profile: async (token?: string) =>
      (await call("GET", "/api/v1/members/profile", undefined, token ? bearer(token) : as)).data,
    askAgain: () => call("POST", "/api/v1/auth/verification", undefined, as),
  };
}

const linkIn = (text: string | undefined) =>
  text?.match(/https:\/\/referrals\.test(\/(?:verify|reset-password)\/[\w.-]+)/)?.[1] ?? "";
const age = (memberId: number, ms: number) =>
  env.DB.prepare("UPDATE mails SET date_added = date_added - ? WHERE member_id = ?").bind(ms, memberId).run();
const [HOUR, DAY] = [3_600_000, 86_400_000];

describe("verifying an email", () => {
  it("starts with an email about the account, needs a click, and can be repeated", async () => {
    const ada = await newcomer();
    const [mail, ...others] = await ada.room.deliver();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: ada.email, from: { name: "Referrals", email: "mail@referrals.test" } });
    expect(mail?.headers).toBeUndefined();
    const path = linkIn(mail?.text);
    expect(await call("GET", path)).toMatchObject({ status: 200, text: expect.stringContaining("Verify my email") });
    expect(await ada.profile()).toMatchObject({ is_verified: false });
    for (let n = 0; n < 2; n++) expect((await call("POST", path, undefined, ada.as)).status).toBe(200);
    expect(await ada.profile()).toMatchObject({ is_verified: true });
  });

  it("is sent again on request, three times a day, unless it is verified", async () => {
    const ada = await newcomer();
    for (let n = 0; n < 4; n++) expect(await ada.askAgain()).toMatchObject({ status: 202, data: { sent: true } });
    expect(await ada.room.deliver()).toHaveLength(3);
    await call("POST", linkIn(ada.room.taken[0]?.text), undefined, ada.as);
    await age(ada.id, DAY);
    await ada.askAgain();
    expect(await ada.room.deliver()).toHaveLength(3);
    expect((await ada.room.rows()).at(-1)).toMatchObject({ status: "suppressed", error: "verified_already" });
  });

  it("needs a valid link for this member and purpose, at most a week old", async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const path = linkIn((await ada.room.deliver())[0]?.text);
    const bad = [
      path.slice(0, -1),
      `${path}x`,
      path.replace(`/${ada.id}.`, `/${eve.id}.`),
      path.replace("/verify/", "/reset-password/"),
      "/verify/x",
    ];
    for (const link of bad)
      for (const method of ["GET", "POST"])
        expect(
          (await call(method, link, method === "POST" ? "password=another+password" : undefined, FORM)).status,
          link,
        ).toBe(404);
    // The page leads on to a new link.
    expect((await call("GET", "/verify/x")).text).toContain('href="/account"');
    expect((await call("GET", "/reset-password/x")).text).toContain('href="/forgotten-password"');
    const issuedAgo = async (ms: number) => {
      const link = {
        origin: "",
        member: { id: ada.id, email: ada.email, password_hash: "" },
        issued: new Date(Date.now() - ms),
      };
      return (await call("GET", await memberLink(env, "verify", link))).status;
    };
    expect(await issuedAgo(6.9 * DAY)).toBe(200);
    expect(await issuedAgo(7.1 * DAY)).toBe(404);
    for (const one of [ada, eve]) expect(await one.profile()).toMatchObject({ is_verified: false });
  });
});

describe("a forgotten password", () => {
  const ask = (email: string) => call("POST", "/api/v1/auth/password-reset", { email });
  async function withLink() {
    const ada = await newcomer();
    await ask(ada.email.toUpperCase());
    const mails = await ada.room.deliver();
    return { ...ada, path: linkIn(mails.find(({ text }) => text?.includes("/reset-password/"))?.text) };
  }

  it("is replaced by a link that works once", async () => {
    const ada = await withLink();
    expect(await call("GET", ada.path)).toMatchObject({
      status: 200,
      text: expect.stringContaining('type="password"'),
    });
    const set = (password: string) => call("POST", ada.path, `password=${encodeURIComponent(password)}`, FORM);
    expect((await set("a new password")).status).toBe(200);
    expect((await ada.signIn()).status).toBe(401);
    expect((await ada.signIn("a new password")).status).toBe(200);
    expect((await set("one more password")).status).toBe(404);
    expect((await call("GET", ada.path)).status).toBe(404);
    const again = await ada.signIn("a new password");
    expect(again.status).toBe(200);
    expect(await ada.profile()).toBeUndefined();
    expect(await ada.profile(again.data.token)).toMatchObject({ is_verified: true });
  });

  it("is replaced by one of two concurrent uses of the link", async () => {
    const ada = await withLink();
    const passwords = ["the first password", "the second password"];
    const answers = await Promise.all(
      passwords.map((password) => call("POST", ada.path, `password=${encodeURIComponent(password)}`, FORM)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)] ?? "";
    expect((await ada.signIn(winner)).status).toBe(200);
  });

  it("is not replaced by a short or empty one, and the form shows why", async () => {
    const ada = await withLink();
    for (const body of ["password=short", "password=", "", "x=1", `password=${"a".repeat(1001)}`])
      expect(await call("POST", ada.path, body, FORM)).toMatchObject({
        status: 400,
        text: expect.stringContaining("8 to 1,000 characters"),
      });
    expect((await ada.signIn()).status).toBe(200);
  });

  it("is not replaced by a link older than an hour, and an email half an hour late is not sent", async () => {
    const ada = await newcomer();
    await ask(ada.email);
    await age(ada.id, 0.4 * HOUR);
    const path = linkIn((await ada.room.deliver()).at(-1)?.text);
    expect((await call("GET", path)).status).toBe(200);
    const member = await env.DB.prepare("SELECT password_hash FROM members WHERE id = ?")
      .bind(ada.id)
      .first<{ password_hash: string }>();
    const issuedAgo = async (ms: number) => {
      const link = {
        origin: "",
        member: { id: ada.id, email: ada.email, password_hash: member?.password_hash ?? "" },
        issued: new Date(Date.now() - ms),
      };
      return (await call("GET", await memberLink(env, "reset-password", link))).status;
    };
    expect(await issuedAgo(0.9 * HOUR)).toBe(200);
    expect(await issuedAgo(1.1 * HOUR)).toBe(404);
    await ask(ada.email);
    await age(ada.id, 0.6 * HOUR);
    await ada.room.deliver();
    expect((await ada.room.rows()).at(-1)).toMatchObject({
      kind: "reset_password",
      status: "failed",
      error: "too_late",
    });
  });

  it("can be requested by anyone, and reveals nothing: the response precedes any lookup", async () => {
    const ada = await newcomer();
    const known = await ask(ada.email);
    const unknown = await ask(`nobody-${crypto.randomUUID()}@example.com`);
    expect([known.status, known.data]).toEqual([unknown.status, unknown.data]);
    expect(known).toMatchObject({ status: 202, data: { sent: true } });
    const line = { rows_read: 0, rows_written: 0 };
    for (const email of [ada.email, "nobody@example.com"]) expect(await workOf(() => ask(email))).toMatchObject(line);
  });

  it("is emailed at most three times a day", async () => {
    const ada = await newcomer();
    for (let n = 0; n < 5; n++) await ask(ada.email);
    expect((await ada.room.rows()).filter(({ kind }) => kind === "reset_password")).toHaveLength(3);
  });
});
