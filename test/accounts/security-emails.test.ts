import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";
import { browser } from "../support/session";

const PASSWORD = "correct horse battery";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const NEWER_FIREFOX = FIREFOX.replaceAll("145", "146");
const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1";
const from = (address: string, agent = FIREFOX) => ({
  headers: { "CF-Connecting-IP": address, "User-Agent": agent },
});
const HOME = "192.0.2.7";

/** A verified member who signed up in the dashboard, from their home address. */
async function newcomer({ isVerified = true } = {}) {
  const email = `ada-${crypto.randomUUID()}@example.com`;
  const ada = browser();
  await ada.submit("/sign-up", { name: "Ada", email, password: PASSWORD }, from(HOME));
  const id = Number(await env.DB.prepare("SELECT id FROM members WHERE email = ?").bind(email).first("id"));
  if (isVerified) await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(id).run();
  const room = mailroom({ id });
  const told = async () =>
    (await room.deliver())
      .filter(({ subject }) => subject !== "Confirm your email address")
      .map(({ subject }) => subject);
  const signIn = (where: ReturnType<typeof from>, password = PASSWORD) =>
    call("POST", "/api/v1/auth/token", { email, password }, where);
  return { ...ada, id, email, room, told, signIn };
}

describe("members get an email", () => {
  it("about a new password, where they can check it, and only there", async () => {
    const ada = await newcomer();
    const change = { old_password: PASSWORD, password: "purple bicycle" };
    await ada.submit("/account/password", change, from(HOME));
    expect(await ada.told()).toEqual(["Your password was changed"]);
    const mail = ada.room.taken.at(-1);
    expect(mail).toMatchObject({ to: ada.email, from: { name: "Referrals" } });
    expect(mail?.text).toContain("Changed in the dashboard");
    expect(mail?.text).toContain("https://referrals.test/account");
  });

  it("about a reset password", async () => {
    const ada = await newcomer();
    await call("POST", "/api/v1/auth/password-reset", { email: ada.email });
    const mails = await ada.room.deliver();
    const path = mails.map(({ text }) => text?.match(/\/reset-password\/[\w.-]+/)?.[0]).findLast(Boolean) ?? "";
    const form = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    expect((await call("POST", path, "password=purple+bicycle", form)).status).toBe(200);
    expect(await ada.told()).toEqual(["Choose a new password", "Your password was changed"]);
  });

  it("about a new API key, with its first characters only, at most three a day", async () => {
    const ada = await newcomer();
    const keys = [];
    for (let n = 0; n < 5; n++) keys.push(/ref_[0-9a-f]{48}/.exec((await ada.submit("/api-keys")).text)?.[0] ?? "");
    expect(await ada.told()).toEqual(Array(3).fill("A new API key was created"));
    const texts = ada.room.taken.map(({ text, html }) => `${text}${html}`).join("");
    for (const key of keys) expect(texts).not.toContain(key);
    expect(texts).toContain(`${keys[0]?.slice(0, 10)}…`);
  });

  it("about a sign-in from a new network or kind of browser, once each", async () => {
    const ada = await newcomer();
    for (const where of [from(HOME), from("192.0.2.200"), from(HOME, NEWER_FIREFOX)]) await ada.signIn(where);
    expect(await ada.told()).toEqual([]);
    await ada.signIn(from("198.51.100.1"));
    await ada.signIn(from("198.51.100.9"));
    expect(await ada.told()).toEqual(["New sign-in to your account"]);
    await ada.signIn(from(HOME, SAFARI));
    expect(await ada.told()).toHaveLength(2);
    expect(ada.room.taken.at(-1)?.text).toContain("Safari on iPhone");
    expect(ada.room.taken.at(-1)?.text).not.toContain(HOME);
  });

  it("but not about the first sign-in of an account created by a program", async () => {
    const email = `ada-${crypto.randomUUID()}@example.com`;
    const { data } = await call("POST", "/api/v1/members", { email, name: "Ada", password: PASSWORD });
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(data.id).run();
    await call("POST", "/api/v1/auth/token", { email, password: PASSWORD }, from("203.0.113.5"));
    expect((await mailroom(data).rows()).map(({ kind }) => kind)).toEqual(["verify_member"]);
  });

  it("but not about refused attempts", async () => {
    const ada = await newcomer();
    await ada.signIn(from("198.51.100.1"), "wrong");
    await ada.submit("/account/password", { old_password: "wrong", password: "purple bicycle" });
    expect(await ada.told()).toEqual([]);
  });

  it("only at a verified address, because it may be another person's", async () => {
    const mallory = await newcomer({ isVerified: false });
    await mallory.submit("/api-keys");
    await mallory.submit("/account/password", { old_password: PASSWORD, password: "purple bicycle" });
    await mallory.signIn(from("198.51.100.1"), "purple bicycle");
    expect(await mallory.told()).toEqual([]);
  });

  it("while places are stored as keyed hashes, at most 50", async () => {
    const ada = await newcomer();
    for (let n = 0; n < 55; n++) await ada.signIn(from(`198.51.${n}.1`));
    const { results } = await env.DB.prepare("SELECT * FROM known_places WHERE member_id = ?").bind(ada.id).all();
    expect(results).toHaveLength(50);
    expect(JSON.stringify(results)).not.toMatch(/198\.51|Firefox/);
    expect((await ada.told()).length).toBe(3);
  });
});
