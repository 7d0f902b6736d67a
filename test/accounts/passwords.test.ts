import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { hashPassword } from "../../src/accounts/password";
import { call } from "../support/client";
import { browser } from "../support/session";

const newEmail = () => `ada-${crypto.randomUUID()}@example.com`;
const register = (password: string, { email = newEmail(), name = "Ada Lovelace" } = {}) =>
  call("POST", "/api/v1/members", { email, name, password });

describe("a new password", () => {
  it.each(["password", "Password1", "12345678", "qwerty123", "iloveyou", "PASSW0RD", "aaaaaaaaaaaa", "        "])(
    "is refused if it is among the first that are tried: %s",
    async (password) =>
      expect(await register(password)).toMatchObject({
        status: 400,
        details: [{ path: "password", message: expect.stringContaining("too easy to guess") }],
      }),
  );

  it("is refused if it is the member's own name or email", async () => {
    const email = newEmail();
    const mailbox = email.split("@")[0] ?? "";
    for (const password of [email, email.toUpperCase(), mailbox, "ada lovelace"])
      expect(await register(password, { email })).toMatchObject({
        status: 400,
        details: [{ path: "password", message: expect.stringContaining("not your name or email") }],
      });
  });

  it.each(["correct horse", "correct horse battery", "purple bicycle", "crème brûlée", "zxqwmnop"])(
    "needs no digits, capitals, or signs: %s",
    async (password) => expect((await register(password)).status).toBe(201),
  );

  it("follows the same rule in every form", async () => {
    const ada = browser();
    const email = newEmail();
    const refused = await ada.submit("/sign-up", { name: "Ada", email, password: "password1" });
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining("too easy to guess") });
    await ada.submit("/sign-up", { name: "Ada", email, password: "purple bicycle" });
    const change = { old_password: "purple bicycle", password: "password1" };
    expect(await ada.submit("/account/password", change)).toMatchObject({
      status: 400,
      text: expect.stringContaining("too easy to guess"),
    });
    expect((await call("POST", "/api/v1/auth/token", { email, password: "purple bicycle" })).status).toBe(200);
  });

  it("does not lock out members with a password older than the rule", async () => {
    const email = newEmail();
    await register("purple bicycle", { email });
    await env.DB.prepare("UPDATE members SET password_hash = ? WHERE email = ?")
      .bind(await hashPassword("password1"), email)
      .run();
    expect((await call("POST", "/api/v1/auth/token", { email, password: "password1" })).status).toBe(200);
  });
});
