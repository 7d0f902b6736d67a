import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { call, newDomain } from "../support/client";
import { type Mailroom, mailroom } from "../support/mailroom";
import { browser, leadsTo, signedIn } from "../support/session";

const FORM = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };
const newEmail = (name: string) => `${name}-${crypto.randomUUID()}@example.com`;
const countOf = (sql: string, id: number) => env.DB.prepare(sql).bind(id).first<number>("n");

/** Someone signs up with an email, perhaps not their own, and creates credentials for the account. */
async function settled(email: string) {
  const squatter = browser();
  await squatter.submit("/sign-up", { name: "Mallory", email, password: "squatters secret" });
  const id = Number(await env.DB.prepare("SELECT id FROM members WHERE email = ?").bind(email).first("id"));
  const { token } = (await call("POST", "/api/v1/auth/token", { email, password: "squatters secret" })).data;
  const bearer = { headers: { Authorization: `Bearer ${token}` } };
  const { api_key } = (await call("POST", "/api/v1/members/api-key", undefined, bearer)).data;
  await call("POST", "/api/v1/webhooks", { link: "https://hooks.mallory.com/in" }, bearer);
  await call("POST", "/api/v1/brands", { url: newDomain() }, bearer);
  const accomplice = await signedIn();
  // Only verified members may invite: this one verified an address of their own first, and changed it.
  const verified = (flag: 0 | 1) =>
    env.DB.prepare("UPDATE members SET is_verified = ? WHERE id = ?").bind(flag, id).run();
  const room = mailroom({ id });
  await room.deliver();
  await verified(1);
  await squatter.submit("/team/invitations", { email: accomplice.member.email, role: "owner" });
  const invitation = (await room.deliver()).find(({ to }) => to === accomplice.member.email);
  await accomplice.submit(invitation?.text?.match(/\/team\/join\/[\w.-]+/)?.[0] ?? "/none");
  await squatter.submit("/team/invitations", { email: newEmail("second"), role: "owner" });
  await verified(0);
  return { id, email, squatter, accomplice, room, bearer, key: { headers: { "X-API-Key": api_key } } };
}

const resetLink = async (email: string, room: Mailroom) => {
  await call("POST", "/api/v1/auth/password-reset", { email });
  const mails = await room.deliver();
  return mails.map(({ text }) => text?.match(/\/reset-password\/[\w.-]+/)?.[0]).findLast(Boolean) ?? "/none";
};
const verifyLink = async (room: Mailroom) =>
  (await room.deliver()).map(({ text }) => text?.match(/\/verify\/[\w.-]+/)?.[0]).find(Boolean) ?? "/none";

/** The credentials that still work: the key, the token, the squatter's browser, and the accomplice. */
async function ways({ key, bearer, squatter, accomplice, email }: Awaited<ReturnType<typeof settled>>) {
  const team = await accomplice.page("/team");
  return {
    key: (await call("GET", "/api/v1/brands", undefined, key)).status,
    token: (await call("GET", "/api/v1/brands", undefined, bearer)).status,
    session: (await squatter.page("/account")).status,
    accomplice: team.status === 200 && team.text.includes(email),
  };
}
const OPEN = { key: 200, token: 200, session: 200, accomplice: true };
const SHUT = { key: 401, token: 401, session: 303, accomplice: false };

const rowsThatOpen = (id: number) =>
  Promise.all([
    countOf("SELECT count(*) AS n FROM api_keys WHERE member_id = ? AND revoked_at IS NULL", id),
    countOf("SELECT count(*) AS n FROM memberships WHERE account_id = ?", id),
    countOf("SELECT count(*) AS n FROM team_invitations WHERE account_id = ?", id),
    countOf("SELECT count(*) AS n FROM webhooks WHERE member_id = ?", id),
  ]);

describe("an account created with another person's email", () => {
  it("belongs to its owner alone once they reset the password", async () => {
    const account = await settled(newEmail("victim"));
    expect(await ways(account)).toEqual(OPEN);
    expect(await rowsThatOpen(account.id)).toEqual([1, 1, 1, 1]);
    const path = await resetLink(account.email, account.room);
    expect((await call("POST", path, "password=purple+bicycle", FORM)).status).toBe(200);
    expect(await ways(account)).toEqual(SHUT);
    expect(await rowsThatOpen(account.id)).toEqual([0, 0, 0, 0]);
    const victim = browser();
    expect(leadsTo(await victim.submit("/sign-in", { email: account.email, password: "purple bicycle" }))).toBe(
      "/home",
    );
    expect((await victim.page("/brands")).status).toBe(200);
  });

  it("opens with only a password again, if the squatter turned two-step verification on", async () => {
    const account = await settled(newEmail("victim"));
    await env.DB.prepare(
      "INSERT INTO authenticators (member_id, secret, date_added, date_confirmed) VALUES (?, 'sealed', 1, 1)",
    )
      .bind(account.id)
      .run();
    const path = await resetLink(account.email, account.room);
    await call("POST", path, "password=purple+bicycle", FORM);
    const signIn = { email: account.email, password: "purple bicycle" };
    expect((await call("POST", "/api/v1/auth/token", signIn)).status).toBe(200);
  });

  it("keeps its keys, team, and webhooks if its email was verified before", async () => {
    const account = await settled(newEmail("owner"));
    await account.squatter.submit(await verifyLink(account.room));
    const path = await resetLink(account.email, account.room);
    expect((await call("POST", path, "password=purple+bicycle", FORM)).status).toBe(200);
    expect(await ways(account)).toEqual({ key: 200, token: 401, session: 303, accomplice: true });
    expect(await rowsThatOpen(account.id)).toEqual([1, 1, 1, 1]);
  });

  it("loses its keys to a reset that announces it, even if its email was verified", async () => {
    const account = await settled(newEmail("owner"));
    await account.squatter.submit(await verifyLink(account.room));
    const path = await resetLink(account.email, account.room);
    expect((await call("GET", path)).text).toContain("Revoke all API keys");
    expect((await call("POST", path, "password=purple+bicycle&end_keys=on", FORM)).status).toBe(200);
    expect(await ways(account)).toEqual({ key: 401, token: 401, session: 303, accomplice: true });
  });

  it("loses nothing to a link that is used a second time, or with a refused password", async () => {
    const account = await settled(newEmail("victim"));
    const path = await resetLink(account.email, account.room);
    expect((await call("POST", path, "password=password1", FORM)).status).toBe(400);
    expect(await ways(account)).toEqual(OPEN);
  });
});

describe("the link that verifies an email", () => {
  const isVerified = (id: number) => countOf("SELECT is_verified AS n FROM members WHERE id = ?", id);
  const END = { end_access: "on" };
  const FORM_WORDS = "Verify and end all other access";

  it("ends everything that a stranger created with the reader's email, and lets the reader choose a password", async () => {
    const account = await settled(newEmail("victim"));
    await env.DB.prepare(
      "INSERT INTO authenticators (member_id, secret, date_added, date_confirmed) VALUES (?, 'sealed', 1, 1)",
    )
      .bind(account.id)
      .run();
    const path = await verifyLink(account.room);
    const victim = browser();
    expect((await victim.page(path)).text).toContain(FORM_WORDS);
    expect(await ways(account)).toEqual(OPEN);
    const { status, text } = await victim.submit(path, END);
    expect([status, await isVerified(account.id)]).toEqual([200, 1]);
    expect(await ways(account)).toEqual(SHUT);
    expect(await rowsThatOpen(account.id)).toEqual([0, 0, 0, 0]);
    const old = { email: account.email, password: "squatters secret" };
    expect((await call("POST", "/api/v1/auth/token", old)).status).toBe(401);
    const next = text.match(/action="(\/reset-password\/[\w.-]+)"/)?.[1] ?? "/none";
    expect((await victim.submit(next, { password: "purple bicycle" })).status).toBe(200);
    const own = { email: account.email, password: "purple bicycle" };
    expect((await call("POST", "/api/v1/auth/token", own)).status).toBe(200);
    expect((await victim.submit(next, { password: "green bicycle" })).status).toBe(404);
  });

  it("ends nothing for a reader who is signed in, sends a key or a token, or knows the password", async () => {
    const ways_in = [
      ["session", async ({ squatter }, path) => squatter.submit(path)],
      ["key", async ({ key }, path) => call("POST", path, undefined, key)],
      ["token", async ({ bearer }, path) => call("POST", path, undefined, bearer)],
      ["password", async (_, path) => call("POST", path, "password=squatters+secret", FORM)],
    ] as [string, (account: Awaited<ReturnType<typeof settled>>, path: string) => ReturnType<typeof call>][];
    for (const [name, verify] of ways_in) {
      const account = await settled(newEmail(name));
      const { status } = await verify(account, await verifyLink(account.room));
      expect([name, status, await isVerified(account.id)]).toEqual([name, 200, 1]);
      expect(await ways(account), name).toEqual(OPEN);
    }
  });

  it("asks for no password if it would protect nothing", async () => {
    const account = await settled(newEmail("owner"));
    const path = await verifyLink(account.room);
    expect((await account.squatter.page(path)).text).not.toContain(FORM_WORDS);
    await account.squatter.submit(path);
    expect((await browser().page(path)).text).not.toContain(FORM_WORDS);
    expect((await call("POST", path)).status).toBe(200);
    expect(await ways(account)).toEqual(OPEN);
  });

  it("ends access even if the reader is signed in to another account", async () => {
    const account = await settled(newEmail("victim"));
    const reader = await signedIn();
    const path = await verifyLink(account.room);
    expect((await reader.page(path)).text).toContain(FORM_WORDS);
    expect((await reader.submit(path, END)).status).toBe(200);
    expect(await ways(account)).toEqual(SHUT);
    expect((await reader.page("/brands")).status).toBe(200);
  });

  it("verifies and ends nothing with a wrong password", async () => {
    const account = await settled(newEmail("victim"));
    const path = await verifyLink(account.room);
    for (const password of ["wrong", "", "a".repeat(1001)]) {
      const { status, text } = await call("POST", path, `password=${password}`, FORM);
      expect([status, text.includes('aria-invalid="true"')]).toEqual([400, true]);
    }
    expect([await isVerified(account.id), await ways(account)]).toEqual([0, OPEN]);
  });

  it("accepts requests without a form as before, whatever their type, and ends nothing", async () => {
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
      const account = await settled(newEmail("victim"));
      const path = await verifyLink(account.room);
      expect((await call("POST", path, "", { headers: { "Content-Type": type } })).status).toBe(200);
      expect(await ways(account)).toEqual(OPEN);
    }
  });

  it("ends access once for two concurrent readers, and lets both continue", async () => {
    const account = await settled(newEmail("victim"));
    const path = await verifyLink(account.room);
    const answers = await Promise.all([1, 2].map(() => call("POST", path, "end_access=on", FORM)));
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 404)).toEqual([]);
    expect(answers.some(({ text }) => text.includes("/reset-password/"))).toBe(true);
    expect(await ways(account)).toEqual(SHUT);
  });
});

describe("a link in an email", () => {
  it("does not verify an address that it was not sent to", async () => {
    const own = newEmail("mallory");
    const victims = newEmail("victim");
    const { id, room, squatter } = await settled(own);
    const [reset, verify] = [await resetLink(own, room), await verifyLink(room)];
    await squatter.submit("/account/email", { email: victims, password: "squatters secret" });
    for (const path of [reset, verify]) expect((await call("GET", path)).status).toBe(404);
    expect((await call("POST", reset, "password=purple+bicycle", FORM)).status).toBe(404);
    expect((await call("POST", verify)).status).toBe(404);
    const member = await env.DB.prepare("SELECT email, is_verified FROM members WHERE id = ?").bind(id).first();
    expect(member).toEqual({ email: victims, is_verified: 0 });
  });
});
