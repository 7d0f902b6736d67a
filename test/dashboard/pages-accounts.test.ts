import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { accountDocument } from "../../src/accounts/exports/account-export";
import { policies } from "../../src/auth/limit";
import { newMeter, openDb } from "../../src/lib/db";
import { call, newDomain, newMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import {
  type Browser,
  browser,
  browserOf,
  colleagueOf,
  type Fields,
  leadsTo,
  ORIGIN,
  signedIn,
} from "../support/session";

const PASSWORD = "correct horse battery";
const newEmail = () => `person-${crypto.randomUUID()}@example.com`;
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (char) => char.charCodeAt(0),
);

/** A member who signed up with the form. */
async function newcomer(more: Record<string, string> = {}) {
  const account = { name: "Ada", email: newEmail(), password: PASSWORD, ...more };
  const ada = browser();
  const answer = await ada.submit("/sign-up", account);
  const row = await env.DB.prepare("SELECT id FROM members WHERE email = ?")
    .bind(account.email)
    .first<{ id: number }>();
  const id = row?.id ?? 0;
  return { ...ada, ...account, id, answer, room: mailroom({ id }) };
}

const signInAs = async ({ email, password }: { email: string; password: string }, next?: string) => {
  const there = browser();
  const answer = await there.submit(`/sign-in${next === undefined ? "" : `?${new URLSearchParams({ next })}`}`, {
    email,
    password,
  });
  return { ...there, answer };
};

/** A request of a program that signed in with the API. */
const tokenOf = async (email: string, password: string) => {
  const { token } = (await call("POST", "/api/v1/auth/token", { email, password })).data;
  return { headers: { Authorization: `Bearer ${token}` } };
};

const isSignedIn = async (there: Pick<ReturnType<typeof browser>, "page">) =>
  (await there.page("/account")).status === 200;
const sqlOf = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run();

describe("signing up", () => {
  it("creates an account and its first brand together, signs in, and emails the verification link", async () => {
    const domain = newDomain();
    const ada = await newcomer({ website: domain });
    expect(ada.answer.status).toBe(303);
    expect(leadsTo(ada.answer)).toBe("/home");
    expect(await ada.page("/account")).toMatchObject({ status: 200, text: expect.stringContaining(ada.email) });
    const brands = await env.DB.prepare("SELECT domain FROM brands WHERE member_id = ?").bind(ada.id).all();
    expect(brands.results).toEqual([{ domain }]);
    expect((await ada.room.deliver()).map(({ to }) => to)).toEqual([ada.email]);
  });

  it("stores the browser's time zone, unless it is unknown", async () => {
    const zoneOf = async (more: Record<string, string>) => {
      const { answer, id } = await newcomer(more);
      expect(answer.status).toBe(303);
      return env.DB.prepare("SELECT time_zone FROM members WHERE id = ?").bind(id).first("time_zone");
    };
    expect(await zoneOf({ time_zone: "America/New_York" })).toBe("America/New_York");
    expect(await zoneOf({ time_zone: "America/New_York", website: newDomain() })).toBe("America/New_York");
    for (const time_zone of ["", "Mars/Olympus", "x".repeat(5000), "+05:30"])
      expect(await zoneOf({ time_zone }), time_zone).toBeNull();
  });

  it("creates nothing for an invalid website, and shows the error beside the field, with the input", async () => {
    const ada = await newcomer({ website: "http://127.0.0.1/" });
    expect(ada.answer).toMatchObject({ status: 400, text: expect.stringContaining("IP address") });
    expect(ada.answer.text).toContain('id="field-website-problem"');
    expect(ada.answer.text).toContain(ada.email);
    expect(ada.answer.text).not.toContain(PASSWORD);
    expect([ada.id, ada.token()]).toEqual([0, undefined]);
  });

  it("gives two accounts a brand of the same website, with different slugs", async () => {
    const website = newDomain();
    const both = await Promise.all([newcomer({ website }), newcomer({ website })]);
    const ids = both.map(({ id }) => id);
    const brands = await env.DB.prepare("SELECT slug FROM brands WHERE member_id IN (?, ?)")
      .bind(...ids)
      .all<{ slug: string }>();
    expect(new Set(brands.results.map(({ slug }) => slug)).size).toBe(2);
  });

  it("shows beside the field that an email has an account, and creates no brand", async () => {
    const ada = await newcomer();
    const again = await newcomer({ email: ada.email, website: newDomain() });
    expect(again.answer).toMatchObject({ status: 400, text: expect.stringContaining('id="field-email-problem"') });
    expect(again.token()).toBeUndefined();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM brands WHERE member_id = ?").bind(ada.id).first("n")).toBe(
      0,
    );
  });
});

describe("signing in", () => {
  it("continues to the requested page, and never off the site", async () => {
    const ada = await newcomer();
    expect(leadsTo((await signInAs(ada, "/api-keys?page=2")).answer)).toBe("/api-keys?page=2");
    const elsewhere = ["//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil.example", "evil", ""];
    for (const next of elsewhere) {
      expect(leadsTo((await signInAs(ada, next)).answer), next).toBe("/home");
      const anew = browser();
      const signedUp = await anew.submit(`/sign-up?${new URLSearchParams({ next })}`, {
        name: "E",
        email: newEmail(),
        password: PASSWORD,
      });
      expect(leadsTo(signedUp), next).toBe("/home");
    }
  });

  it("issues a new token and ends the browser's old session", async () => {
    const ada = await newcomer();
    const before = ada.token() ?? "";
    const answer = await ada.submit("/sign-in", { email: ada.email, password: PASSWORD });
    expect(answer.status).toBe(303);
    expect(ada.token()).not.toBe(before);
    const thief = browser();
    thief.cookies.set("__Host-session", before);
    expect(await isSignedIn(thief)).toBe(false);
    const planted = browser();
    planted.cookies.set("__Host-session", "planted-by-somebody-else");
    await planted.submit("/sign-in", { email: ada.email, password: PASSWORD });
    expect(planted.token()).not.toBe("planted-by-somebody-else");
  });

  it("protects its cookie: host only, HttpOnly, and SameSite", async () => {
    const ada = await newcomer();
    const [cookie] = ada.answer.headers.getSetCookie().filter((line) => line.startsWith("__Host-session="));
    for (const part of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Domain");
  });

  it("is limited by address", async () => {
    const asked: string[] = [];
    const SIGN_IN_LIMIT = { limit: async ({ key }: { key: string }) => ({ success: asked.push(key) === 0 }) };
    const over = { RATE_LIMITS: "on", SIGN_IN_LIMIT } as unknown as Partial<typeof env>;
    for (const path of ["/sign-in", "/sign-up", "/forgotten-password"])
      expect(
        (await browser().submit(path, {}, { env: over, headers: { "CF-Connecting-IP": "192.0.2.7" } })).status,
      ).toBe(429);
    expect(asked).toEqual(["192.0.2.7", "192.0.2.7", "192.0.2.7"]);
  });
});

describe("a forgotten password", () => {
  it("gets the same response whether or not the account exists", async () => {
    const ada = await newcomer();
    const [known, unknown] = [
      await browser().submit("/forgotten-password", { email: ada.email }),
      await browser().submit("/forgotten-password", { email: newEmail() }),
    ];
    expect(known.text).toBe(unknown.text);
    expect(known.status).toBe(200);
  });

  it("signs out every browser and program when it is replaced", async () => {
    const ada = await newcomer();
    const token = await tokenOf(ada.email, PASSWORD);
    await browser().submit("/forgotten-password", { email: ada.email });
    const mails = await ada.room.deliver();
    const path = mails.map(({ text }) => text?.match(/\/reset-password\/[\w.-]+/)?.[0]).find(Boolean) ?? "";
    await browser().submit(path, { password: "an other password" });
    expect(await isSignedIn(ada)).toBe(false);
    expect((await call("GET", "/api/v1/brands", undefined, token)).status).toBe(401);
    expect((await signInAs({ email: ada.email, password: "an other password" })).answer.status).toBe(303);
  });
});

describe("a session", () => {
  it("opens nothing if it is expired, closed, or made up", async () => {
    const [late, closed, stolen] = [await signedIn(), await signedIn(), browser()];
    await sqlOf("UPDATE sessions SET expires_at = ? WHERE id = ?", Date.now() - 1, late.session_id);
    await closed.submit("/sign-out");
    const copy = browser();
    copy.cookies.set("__Host-session", (await signedIn()).token()?.replace(/.$/, "x") ?? "");
    stolen.cookies.set("__Host-session", "x' OR 1=1 --");
    for (const there of [late, closed, stolen, copy])
      for (const path of ["/account", "/api-keys", "/team", "/audit", "/account/export"]) {
        const answer = await there.page(path);
        expect([answer.status, leadsTo(answer)?.split("?")[0]], path).toEqual([303, "/sign-in"]);
      }
  });

  it("is closed on the server by signing out, so a copied cookie is useless", async () => {
    const ada = await signedIn();
    const thief = browser();
    thief.cookies.set("__Host-session", ada.token() ?? "");
    expect(await isSignedIn(thief)).toBe(true);
    await ada.submit("/sign-out");
    expect(await isSignedIn(thief)).toBe(false);
  });

  it("returns to the form's page after signing in again, if a form was sent too late", async () => {
    const answer = await browser().submit("/api-keys", {}, { headers: { Referer: `${ORIGIN}/api-keys?page=2` } });
    expect(leadsTo(answer)).toBe("/sign-in?next=%2Fapi-keys%3Fpage%3D2");
    const outside = await browser().submit("/api-keys", {}, { headers: { Referer: "https://evil.example/x" } });
    expect(leadsTo(outside)).toBe("/sign-in?next=%2Fhome");
  });

  it("that ended during a form loses only secrets: the form is kept, and sent after signing in", async () => {
    const ada = await newcomer({ website: newDomain() });
    const late = browser();
    const typed = { name: 'Ada "the first"', photo: "", password: "typed-secret", "@flags": ["a", "b"] };
    const kept = await late.submit("/account", typed, { headers: { Referer: `${ORIGIN}/account` } });
    expect(kept.status).toBe(401);
    expect(kept.text).toContain('href="/sign-in?next=%2Faccount"');
    expect(kept.text).toContain('name="name" value="Ada &quot;the first&quot;"');
    expect(kept.text.match(/name="@flags"/g)).toHaveLength(2);
    expect(kept.text).not.toContain("typed-secret");
    expect(kept.text).toContain('action="/account"');
    const elsewhere = { Origin: "https://evil.example" };
    expect((await late.submit("/account", typed, { headers: elsewhere })).text).not.toContain("the first");
    expect((await late.submit("/account", { name: "x".repeat(200_001) })).status).toBe(303);
    expect(await isSignedIn(ada)).toBe(true);
  });

  it("leaves a kept form to its author, for its account", async () => {
    const ada = await signedIn();
    const host = await newMember();
    await sqlOf(
      "INSERT INTO memberships (account_id, person_id, role, date_added) VALUES (?, ?, 'editor', 0)",
      host.id,
      ada.member.id,
    );
    const guest = await browserOf(ada.member, host);
    const stranger = await signedIn();
    const keptBy = async (who: Browser, path: string, fields: Fields) => {
      await who.page("/home");
      who.cookies.delete("__Host-session");
      const { text } = await who.submit(path, fields);
      return /<form method="post" action="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    };
    const urls = newDomain();
    const send = async (who: Browser, at: string, fields: Fields = { urls }) => (await who.submit(at, fields)).status;
    const brand = await keptBy(guest, "/brands", { urls });
    const again = await browserOf(ada.member, host);
    expect([await send(stranger, brand), await send(ada, brand), await send(again, brand)]).toEqual([409, 409, 303]);
    expect((await host.get("/api/v1/brands")).data.brands).toHaveLength(1);
    expect((await ada.member.get("/api/v1/brands")).data.brands).toHaveLength(0);

    const elsewhere = await stranger.submit(brand, { urls: "kept.example" });
    expect(elsewhere.text).toContain('value="kept.example"');
    expect(elsewhere.text).toContain(`action="${brand.replaceAll("&", "&amp;")}"`);
    const name = await keptBy(again, "/account", { name: "Ada L." });
    expect([await send(stranger, name, { name: "Ada L." }), await send(ada, name, { name: "Ada L." })]).toEqual([
      409, 303,
    ]);
  });

  it("is listed readably, and ended one by one or all at once, by its owner only", async () => {
    const ada = await signedIn();
    const [second, third] = [await browserOf(ada.member), await browserOf(ada.member)];
    await sqlOf(
      "UPDATE sessions SET agent = ? WHERE id = ?",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
      second.session_id,
    );
    expect((await ada.page("/account")).text).toContain("Firefox on Windows");
    const eve = await signedIn();
    expect((await eve.submit(`/account/sessions/${second.session_id}/revoke`)).status).toBe(404);
    expect(await isSignedIn(second)).toBe(true);
    expect((await ada.submit(`/account/sessions/${second.session_id}/revoke`)).status).toBe(303);
    expect((await ada.submit(`/account/sessions/${second.session_id}/revoke`)).status).toBe(404);
    expect((await ada.submit("/account/sessions/x/revoke")).status).toBe(404);
    expect([await isSignedIn(ada), await isSignedIn(second), await isSignedIn(third)]).toEqual([true, false, true]);
    expect((await ada.submit("/account/sessions/revoke")).status).toBe(303);
    expect([await isSignedIn(ada), await isSignedIn(third), await isSignedIn(eve)]).toEqual([true, false, true]);
  });

  it("accepts no form from another site, however it is built", async () => {
    const ada = await signedIn();
    const tries: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "", "Sec-Fetch-Site": "cross-site" },
      { Origin: ORIGIN, "Sec-Fetch-Site": "cross-site" },
      { Origin: "https://evil.example", "Sec-Fetch-Site": "same-site" },
      { Origin: "https://evil.example", "Content-Type": "application/json" },
      { Origin: "https://evil.example", "Content-Type": "" },
    ];
    for (const headers of tries)
      for (const path of ["/api-keys", "/account/sessions/revoke", "/sign-in", "/sign-out", "/team/invitations"])
        expect((await ada.submit(path, {}, { headers })).status, JSON.stringify({ path, ...headers })).toBe(403);
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM api_keys WHERE member_id = ?").bind(ada.member.id).first("n"),
    ).toBe(1);
    expect(
      (await ada.submit("/api-keys", {}, { headers: { Origin: "", "Sec-Fetch-Site": "same-origin" } })).status,
    ).toBe(201);
  });

  it("costs a page one extra look-up", async () => {
    const ada = await signedIn();
    const lines: string[] = [];
    const spy = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
    for (const path of ["/account", "/team", "/audit", "/api-keys", "/account/switch"]) await ada.page(path);
    spy.mockRestore();
    const calls = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === "request");
    expect(calls.map(({ d1_calls }) => d1_calls)).toEqual([2, 2, 2, 2, 2]);
  });
});

describe("a member's own account", () => {
  it("is changed by its member, whichever account they work in", async () => {
    const ada = await signedIn();
    const victor = await colleagueOf(ada.member, "viewer");
    expect((await victor.submit("/account", { name: "Victor", photo: "" })).status).toBe(303);
    expect((await victor.page("/account")).text).toContain('value="Victor"');
    expect((await ada.page("/account")).text).not.toContain("Victor");
    expect((await victor.submit("/account", { name: "", photo: "javascript:alert(1)" })).status).toBe(400);
    expect((await ada.page("/audit")).text).not.toContain("Updated their profile");
  });

  it("changes its email with the password: the new one is verified, the old one notified, once", async () => {
    const ada = await newcomer();
    await ada.room.deliver();
    await sqlOf("UPDATE members SET is_verified = 1 WHERE id = ?", ada.id);
    const email = newEmail();
    const wrong = await ada.submit("/account/email", { email, password: "wrong horse battery" });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining("field-password-problem") });
    expect((await ada.submit("/account/email", { email, password: PASSWORD })).status).toBe(303);
    const mails = (await ada.room.deliver()).slice(1);
    expect(mails.map(({ to }) => to).sort()).toEqual([ada.email, email].sort());
    expect(mails.find(({ to }) => to === ada.email)?.subject).toBe("Your email address was changed");
    expect(await env.DB.prepare("SELECT email, is_verified FROM members WHERE id = ?").bind(ada.id).first()).toEqual({
      email,
      is_verified: 0,
    });
    const stored = await env.DB.prepare("SELECT * FROM mails WHERE member_id = ?").bind(ada.id).all();
    expect(JSON.stringify(stored.results)).not.toContain(ada.email);
    expect((await signInAs(ada)).answer.status).toBe(400);
    expect((await signInAs({ email, password: PASSWORD })).answer.status).toBe(303);
  });

  it("refuses an email that is taken, unchanged, or invalid", async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    for (const email of [eve.email, ada.email, "nobody", ""])
      expect(await ada.submit("/account/email", { email, password: PASSWORD })).toMatchObject({
        status: 400,
        text: expect.stringContaining("field-email-problem"),
      });
  });

  it("changes its password with the old one, and signs out all other sessions", async () => {
    const ada = await newcomer();
    const other = await signInAs(ada);
    const wrong = await ada.submit("/account/password", { old_password: "wrong", password: "a new password" });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining("field-old_password-problem") });
    expect((await ada.submit("/account/password", { old_password: PASSWORD, password: "short" })).status).toBe(400);
    expect(await isSignedIn(other)).toBe(true);
    expect((await ada.submit("/account/password", { old_password: PASSWORD, password: "a new password" })).status).toBe(
      303,
    );
    expect([await isSignedIn(ada), await isSignedIn(other)]).toEqual([true, false]);
    expect((await signInAs(ada)).answer.status).toBe(400);
    expect((await signInAs({ ...ada, password: "a new password" })).answer.status).toBe(303);
  });

  it.each<[string, Fields, number]>([
    [
      "ends tokens and keys if asked to",
      { "@flags": ["end_tokens", "end_keys"], end_tokens: true, end_keys: true },
      401,
    ],
    ["keeps both if not asked to", { "@flags": ["end_tokens", "end_keys"] }, 200],
  ])("changes its password, and %s", async (_, boxes, expected) => {
    const ada = await newcomer({ website: newDomain() });
    const form = (await ada.page("/account/password")).text;
    expect(form).toMatch(/<input(?=[^>]*name="end_tokens")(?=[^>]* checked)/);
    expect(form).not.toMatch(/<input(?=[^>]*name="end_keys")(?=[^>]* checked)/);
    const asToken = await tokenOf(ada.email, PASSWORD);
    const { api_key } = (await call("POST", "/api/v1/members/api-key", {}, asToken)).data;
    const asKey = { headers: { "X-API-Key": api_key } };
    const brand_id = (await call("GET", "/api/v1/brands", undefined, asKey)).data.brands[0].id;
    const { id } = (await call("POST", "/api/v1/campaigns", { brand_id, name: "C" }, asKey)).data;
    const signUp = () => ({ campaign_id: id, email: newEmail(), name: "P" });
    const passwords = { old_password: PASSWORD, password: "a new password", ...boxes };
    expect((await ada.submit("/account/password", { ...passwords, old_password: "wrong" })).status).toBe(400);
    for (const as of [asToken, asKey]) expect((await call("POST", "/api/v1/signups", signUp(), as)).status).toBe(201);
    expect((await ada.submit("/account/password", passwords)).status).toBe(303);
    for (const as of [asToken, asKey]) {
      expect((await call("GET", "/api/v1/brands", undefined, as)).status).toBe(expected);
      expect((await call("POST", "/api/v1/signups", signUp(), as)).status).toBe(expected === 200 ? 201 : 401);
    }
    const anew = await tokenOf(ada.email, "a new password");
    expect((await call("GET", "/api/v1/brands", undefined, anew)).status).toBe(200);
    expect((await call("POST", "/api/v1/signups", signUp(), anew)).status).toBe(201);
  });

  it("shows its photo in the menu and to colleagues, or else an initial", async () => {
    const ada = await signedIn();
    const grace = await colleagueOf(ada.member, "viewer");
    expect((await grace.page("/team")).text).toContain(
      '<span class="picture round letter" aria-hidden="true">T</span>',
    );
    const file = new File([PNG], "me.png", { type: "image/png" });
    expect((await grace.submit("/account", { name: "Grace", photo: "", "@file.photo": file })).status).toBe(303);
    const photo = /<img class="picture round" src="([^"]+\/images\/[^"]+)"/;
    const [, menus] = photo.exec((await grace.page("/home")).text) ?? [];
    expect(photo.exec((await ada.page("/team")).text)?.[1]).toBe(menus);
    expect(photo.test((await ada.page("/home")).text)).toBe(false);
    expect((await browser().page(new URL(menus ?? "").pathname)).status).toBe(200);
    const text = new File(["<svg onload=alert(1)>"], "me.png", { type: "image/png" });
    const refused = await grace.submit("/account", { name: "Grace", photo: "", "@file.photo": text });
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('id="field-photo-problem"') });
  });

  it("limits password guesses by a stolen session", async () => {
    const ada = await newcomer();
    const over = { RATE_LIMITS: "on", KEY_LIMIT: { limit: async () => ({ success: true }) } } as Partial<typeof env>;
    const tried = (path: string, password: string) =>
      ada.submit(path, { password, old_password: password, email: newEmail() }, { env: over });
    for (let n = 0; n < policies.password.quota; n++)
      expect((await tried("/account/deletion", `wrong ${n}`)).status).toBe(400);
    for (const path of ["/account/deletion", "/account/email", "/account/password", "/account/two-step"])
      expect((await tried(path, PASSWORD)).status).toBe(429);
  });

  it("is deleted completely with the password, and leaves nothing that opens anything", async () => {
    const ada = await newcomer({ website: newDomain() });
    const { token } = (await call("POST", "/api/v1/auth/token", { email: ada.email, password: PASSWORD })).data;
    const as = { headers: { Authorization: `Bearer ${token}` } };
    const { data } = await call("GET", "/api/v1/brands", undefined, as);
    const brand_id = data.brands[0].id;
    const campaign = (await call("POST", "/api/v1/campaigns", { brand_id, name: "C" }, as)).data;
    await call("POST", "/api/v1/signups", { campaign_id: campaign.id, email: newEmail(), name: "P" }, as);
    expect((await ada.submit("/account/deletion", { password: "wrong" })).status).toBe(400);
    expect(await isSignedIn(ada)).toBe(true);
    const gone = await ada.submit("/account/deletion", { password: PASSWORD });
    expect([gone.status, leadsTo(gone)]).toEqual([303, "/sign-in?done=account_deleted"]);
    expect(ada.token()).toBeUndefined();
    expect((await call("GET", "/api/v1/brands", undefined, as)).status).toBe(401);
    expect((await signInAs(ada)).answer.status).toBe(400);
    const left = [
      ["members", "id = ?", ada.id],
      ["brands", "member_id = ?", ada.id],
      ["participants", "campaign_id = ?", campaign.id],
      ["events", "campaign_id = ?", campaign.id],
      ["sessions", "person_id = ?", ada.id],
      ["mails", "member_id = ?", ada.id],
    ] as const;
    for (const [table, where, id] of left)
      expect([
        table,
        await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).bind(id).first("n"),
      ]).toEqual([table, 0]);
    expect((await newcomer({ email: ada.email })).answer.status).toBe(303);
  });
});

describe("keys for signed-in members", () => {
  const api = (
    there: ReturnType<typeof browser>,
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ) =>
    call(method, path, body, {
      headers: { Cookie: [...there.cookies].map(([name, value]) => `${name}=${value}`).join("; "), ...headers },
    });
  const FROM_HERE = { Origin: ORIGIN };

  it("are listed, created, and revoked with the session", async () => {
    const ada = await signedIn();
    const made = await api(ada, "POST", "/api/v1/members/api-key", FROM_HERE);
    expect(made).toMatchObject({ status: 201, data: { api_key: expect.stringMatching(/^ref_/) } });
    expect((await api(ada, "GET", "/api/v1/members/api-key")).data.id).toBe(made.data.id);
    expect((await api(ada, "GET", "/v1/members/api-keys")).data.pagination.total).toBe(2);
    expect(
      (await api(ada, "DELETE", `/api/v1/members/api-keys/${made.data.id}`, { "Sec-Fetch-Site": "same-origin" }))
        .status,
    ).toBe(200);
    const log = (await ada.page("/audit")).text;
    expect(log).toContain("Created an API key");
    expect(log).toContain("Revoked an API key");
  });

  it("are not created by another site, or by a program without an origin", async () => {
    const ada = await signedIn();
    for (const headers of [
      {},
      { Origin: "https://evil.example" },
      { Origin: ORIGIN, "Sec-Fetch-Site": "cross-site" },
      { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain" },
    ] as Record<string, string>[])
      expect(await api(ada, "POST", "/api/v1/members/api-key", headers, "{}")).toMatchObject({
        status: 403,
        code: "cross_site",
      });
  });

  it("are the only part of the API that a session opens; another site's form or script has no session", async () => {
    const ada = await signedIn();
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { ...FROM_HERE, "Content-Type": type };
      const sent = await api(ada, "POST", "/api/v1/brands", headers, JSON.stringify({ url: newDomain() }));
      expect(sent).toMatchObject({ status: 401, code: "unauthenticated" });
    }
  });

  it("are created by an owner, for the account they work in", async () => {
    const ada = await signedIn();
    const [editor, owner] = [await colleagueOf(ada.member, "editor"), await colleagueOf(ada.member, "owner")];
    expect(await api(editor, "POST", "/api/v1/members/api-key", FROM_HERE)).toMatchObject({
      status: 403,
      code: "role_needed",
    });
    const { api_key } = (await api(owner, "POST", "/api/v1/members/api-key", FROM_HERE)).data;
    const profile = await call("GET", "/api/v1/members/profile", undefined, { headers: { "X-API-Key": api_key } });
    expect(profile.data.id).toBe(ada.member.id);
  });

  it("cannot be created with an ended session, and no session opens the rest of the API", async () => {
    const ada = await signedIn();
    expect((await api(ada, "GET", "/api/v1/members/profile")).status).toBe(401);
    expect((await api(ada, "GET", "/api/v1/members/api-keys", { "X-API-Key": "ref_wrong" })).status).toBe(401);
    await ada.submit("/sign-out");
    expect((await api(ada, "GET", "/api/v1/members/api-keys")).status).toBe(401);
  });
});

describe("the export", () => {
  it("contains everything of the member's account as one document, and nothing of other accounts", async () => {
    const ada = await signedIn();
    const { data: brand } = await ada.member.post("/api/v1/brands", { url: newDomain() });
    const { data: campaign } = await ada.member.post("/api/v1/campaigns", {
      brand_id: brand.id,
      name: "Launch",
      reward_type: 1,
    });
    await ada.member.post(`/api/v1/campaigns/${campaign.id}/coupons`, { codes: ["SAVE-1", "SAVE-2"] });
    const { data: referrer } = await ada.member.post("/api/v1/signups", {
      campaign_id: campaign.id,
      email: newEmail(),
      name: "R",
    });
    await ada.member.post("/api/v1/signups/referral", {
      referral_code: referrer.referral_code,
      email: newEmail(),
      name: "F",
    });
    const { data: webhook } = await ada.member.post("/api/v1/webhooks", { link: "https://hooks.acme.com/in" });
    const answer = await ada.page("/account/export");
    expect(answer.headers.get("Content-Disposition")).toContain("attachment");
    const all = JSON.parse(answer.text);
    expect(all.account.email).toBe(ada.member.email);
    expect(all.brands.map(({ id }: { id: number }) => id)).toEqual([brand.id]);
    expect(all.campaigns[0]).toMatchObject({ id: campaign.id, name: "Launch", widget: expect.any(Object) });
    expect(all.participants).toHaveLength(2);
    expect(all.rewards).toMatchObject([{ participant_id: referrer.id, coupon: "SAVE-1", status: "fulfilled" }]);
    expect(all.coupons.map(({ code }: { code: string }) => code)).toEqual(["SAVE-1", "SAVE-2"]);
    expect(all.webhooks.map(({ link }: { link: string }) => link)).toEqual(["https://hooks.acme.com/in"]);
    expect(answer.text).not.toContain(webhook.secret);
    expect(answer.text).not.toContain("password_hash");
    const other = await signedIn();
    expect(JSON.parse((await other.page("/account/export")).text)).toMatchObject({
      brands: [],
      campaigns: [],
      participants: [],
      rewards: [],
      coupons: [],
      webhooks: [],
    });
  });

  it("reads campaigns by the dozen, and lists each of them once", async () => {
    const ada = await signedIn();
    const { id: brand_id } = (await ada.member.post("/api/v1/brands", { url: newDomain() })).data;
    const names = Array.from({ length: 35 }, (_, n) => `Campaign ${n}`);
    for (const name of names) await ada.member.post("/api/v1/campaigns", { brand_id, name });
    const meter = newMeter();
    const db = openDb(env.DB, "first-primary", meter);
    const actor = { kind: "member" as const, memberId: ada.member.id, keyHash: null };
    const further = { later: () => {}, requestEvent: "", effects: [] };
    const ctx = { actor, db, env, now: () => new Date(), origin: "https://referrals.test", ...further };
    let text = "";
    for await (const piece of accountDocument(ctx, {})) text += piece;
    expect(JSON.parse(text).campaigns.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(meter.d1_calls).toBeLessThanOrEqual(10);
  });

  it("is for the member's own account, not the one they work in", async () => {
    const ada = await signedIn();
    const victor = await colleagueOf(ada.member, "viewer");
    const all = JSON.parse((await victor.page("/account/export")).text);
    expect(all.account.id).toBe(victor.member.id);
  });
});

describe("the log", () => {
  it("contains no password, address, or token", async () => {
    const lines: string[] = [];
    const spies = (["log", "error", "warn", "info"] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...said) => void lines.push(said.map(String).join(" "))),
    );
    const ada = await newcomer();
    await signInAs(ada);
    await ada.submit("/account/email", { email: newEmail(), password: "another secret" });
    await browser().submit("/sign-in", { email: ada.email, password: "wrong secret" });
    for (const spy of spies) spy.mockRestore();
    const all = lines.join("\n");
    expect(lines.length).toBeGreaterThan(3);
    for (const secret of [PASSWORD, "another secret", "wrong secret", ada.email, ada.token() ?? "?"])
      expect(all).not.toContain(secret);
    const member = await newMember();
    const row = await env.DB.prepare("SELECT * FROM sessions WHERE person_id = ?").bind(ada.id).first();
    expect(JSON.stringify(row)).not.toContain(ada.token());
    expect(member.id).toBeGreaterThan(0);
  });
});
