import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { someone } from "../support/campaign";
import { call } from "../support/client";
import { browser, leadsTo, signedIn } from "../support/session";

afterEach(() => void vi.restoreAllMocks());

const OPERATOR = { headers: { Authorization: "Bearer test-operator-token" } };
const newcomer = (more: object = {}) => ({ email: someone(), name: "Eve", password: "correct horse battery", ...more });
const register = (more: object, settings: Partial<typeof env>) =>
  call("POST", "/api/v1/members", newcomer(more), { env: settings });
const invitation = async () => {
  const { status, data } = await call("POST", "/api/v1/operator/invitations", undefined, OPERATOR);
  expect(status).toBe(201);
  return data as { url: string; token: string };
};

describe("creating an account", () => {
  it("is open unless it is closed", async () => {
    for (const REGISTRATION of ["open", ""]) expect((await register({}, { REGISTRATION })).status).toBe(201);
    for (const REGISTRATION of ["invitation", "off"]) {
      const answer = await register({}, { REGISTRATION });
      expect([answer.status, answer.code]).toEqual([403, "registration_closed"]);
      const page = await browser().page("/sign-up", { env: { REGISTRATION } });
      expect(page.status).toBe(403);
      expect(page.text).not.toContain('name="password"');
      const form = await browser().submit("/sign-up", newcomer(), { env: { REGISTRATION } });
      expect([form.status, form.headers.getSetCookie()]).toEqual([400, []]);
    }
  });

  it("by invitation accepts each link once, and no other", async () => {
    const settings = { REGISTRATION: "invitation" };
    const { url, token } = await invitation();
    const eve = browser();
    const page = await eve.page(url.replace("https://referrals.test", ""), { env: settings });
    expect(page.text).toContain(token);
    const typo = await eve.submit("/sign-up", newcomer({ invitation: token, password: "short" }), { env: settings });
    expect(typo.text).toContain(token);
    expect(leadsTo(await eve.submit("/sign-up", newcomer({ invitation: token }), { env: settings }))).toBe("/home");
    const again = await register({ invitation: token }, settings);
    expect([again.status, again.code]).toEqual([403, "registration_closed"]);
    const other = (await invitation()).token;
    expect(
      (await register({ invitation: `${other.slice(0, -1)}${other.endsWith("A") ? "B" : "A"}` }, settings)).status,
    ).toBe(403);
    expect((await register({ invitation: other }, { REGISTRATION: "off" })).status).toBe(403);
    const both = await Promise.all([1, 2].map(() => register({ invitation: other }, settings)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
  });

  it("is open to people invited to a team, with that email, in every mode", async () => {
    const ada = await signedIn();
    for (const REGISTRATION of ["invitation", "off"]) {
      const email = someone();
      await ada.submit("/team/invitations", { email, role: "viewer" });
      const rows = await env.DB.prepare("SELECT id, date_invited FROM team_invitations WHERE email = ?")
        .bind(email)
        .first<{
          id: number;
          date_invited: number;
        }>();
      const { joinLink } = await import("../../src/accounts/team/invitation-link");
      const link = await joinLink(env, {
        origin: "",
        invitation: { id: rows?.id ?? 0, account_id: ada.member.id, email },
        issued: new Date(rows?.date_invited ?? 0),
      });
      const path = `/sign-up?${new URLSearchParams({ next: link })}`;
      const settings = { env: { REGISTRATION } };
      expect((await browser().page(path, settings)).text).toContain('name="password"');
      expect((await browser().submit(path, newcomer(), settings)).status).toBe(400);
      expect(leadsTo(await browser().submit(path, newcomer({ email }), settings))).toBe(link);
    }
  });

  it("requires Turnstile if both keys are set", async () => {
    const settings = { TURNSTILE_SITE_KEY: "site-key", TURNSTILE_SECRET: "secret-key" };
    const asked: unknown[] = [];
    let success = true;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (_, init) => {
      asked.push(JSON.parse(String(init?.body)));
      return Response.json({ success });
    });
    const page = await browser().page("/sign-up", { env: settings });
    expect(page.text).toContain('data-sitekey="site-key"');
    expect(page.headers.get("Content-Security-Policy")).toContain("https://challenges.cloudflare.com");
    expect((await register({}, settings)).code).toBe("captcha_failed");
    expect(asked).toEqual([]);
    expect((await register({ turnstile_token: "t" }, settings)).status).toBe(201);
    expect(asked).toMatchObject([{ secret: "secret-key", response: "t" }]);
    success = false;
    expect((await register({ turnstile_token: "t" }, settings)).code).toBe("captcha_failed");
    const form = await browser().submit("/sign-up", newcomer({ turnstile_token: "t" }), { env: settings });
    expect([form.status, form.headers.getSetCookie()]).toEqual([400, []]);
    expect((await register({}, { TURNSTILE_SITE_KEY: "site-key" })).status).toBe(201);
    const { token } = await invitation();
    expect((await register({ invitation: token }, settings)).status).toBe(201);
  });

  it("is shown to the operator as a link on the page", async () => {
    const opened = browser();
    await opened.submit("/operator/sign-in", { token: "test-operator-token" });
    expect((await opened.submit("/operator/invitations")).text).toMatch(/\/sign-up\?invitation=[\w-]{22}\./);
  });
});
