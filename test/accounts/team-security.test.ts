import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { hashPassword } from "../../src/accounts/password";
import { bearerOf } from "../support/bearer";
import { call } from "../support/client";
import { colleagueOf, leadsTo, signedIn } from "../support/session";

const PASSWORD = "correct horse battery";
const TWO_STEP = "/account/two-step";
const protect = (id: number) =>
  env.DB.prepare(
    "INSERT INTO authenticators (member_id, secret, date_added, date_confirmed) VALUES (?, 'sealed', 1, 1)",
  )
    .bind(id)
    .run();
const REQUIRED = { "@flags": "second_factor_required", second_factor_required: true };
const OPTIONAL = { "@flags": "second_factor_required" };

/** An account that requires two-step verification, and an editor without it. */
async function strictAccount() {
  const ada = await signedIn();
  await protect(ada.member.id);
  const grace = await colleagueOf(ada.member, "editor");
  expect((await grace.page("/home")).status).toBe(200);
  expect(leadsTo(await ada.submit("/team/security", REQUIRED))).toBe("/team?done=two_step_required");
  return { ada, grace };
}

describe("an account that requires two-step verification of its team", () => {
  it("shows nothing to a colleague without it, and leads them to the setting", async () => {
    const { ada, grace } = await strictAccount();
    for (const path of ["/home", "/campaigns", "/team", "/audit", "/participants"])
      expect(leadsTo(await grace.page(path))).toBe(TWO_STEP);
    const { results: before } = await env.DB.prepare("SELECT id FROM brands").all();
    expect(leadsTo(await grace.submit("/brands/new", { url: "blocked.example" }))).toBe(TWO_STEP);
    const { results: after } = await env.DB.prepare("SELECT id FROM brands").all();
    expect(after).toHaveLength(before.length);
    expect(await grace.page("/api/v1/members/api-key")).toMatchObject({ status: 403, code: "second_factor_missing" });
    const page = await grace.page(TWO_STEP);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining("requires two-step verification") });
    expect(page.text).not.toContain(ada.member.email.replace("@", "&#64;"));
  });

  it("lets them in once they have it, in the same browser", async () => {
    const { grace } = await strictAccount();
    await protect(grace.member.id);
    expect((await grace.page("/home")).status).toBe(200);
    expect((await grace.page(TWO_STEP)).text).not.toContain("requires two-step verification");
  });

  it("leaves them their own account, and a way to leave", async () => {
    const { ada, grace } = await strictAccount();
    expect((await grace.page("/account/switch")).status).toBe(200);
    expect(leadsTo(await grace.submit(`/account/switch/${grace.member.id}`))).toBe("/home?done=switched");
    expect((await grace.page("/home")).status).toBe(200);
    expect(leadsTo(await grace.submit(`/account/switch/${ada.member.id}`))).toBe("/home?done=switched");
    expect(leadsTo(await grace.page("/home"))).toBe(TWO_STEP);
    expect(leadsTo(await grace.submit(`/account/switch/${ada.member.id}/leave`))).toBe("/account/switch?done=left");
    expect((await grace.page("/home?done=x")).status).not.toBe(500);
  });

  it("can be configured by owners only, and only if the account's own member has it", async () => {
    const ada = await signedIn();
    const refused = await ada.submit("/team/security", REQUIRED);
    expect(refused).toMatchObject({
      status: 400,
      text: expect.stringContaining("turn on two-step verification first"),
    });
    expect((await ada.page("/home")).status).toBe(200);
    await protect(ada.member.id);
    const editor = await colleagueOf(ada.member, "editor");
    expect((await editor.submit("/team/security", REQUIRED)).status).toBe(403);
    expect((await editor.page("/team")).text).not.toContain("Require it");
    expect((await editor.page("/home")).status).toBe(200);
  });

  it("prevents its own member from turning it off first", async () => {
    const { ada } = await strictAccount();
    const refused = await ada.submit(`${TWO_STEP}/off`, { password: "correct horse", code: "123456" });
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining("Change that under Team") });
    expect(leadsTo(await ada.submit("/team/security", OPTIONAL))).toBe("/team?done=two_step_optional");
  });

  it("gives its own member no token without it, and ends older ones", async () => {
    const { ada } = await strictAccount();
    await env.DB.prepare("UPDATE members SET password_hash = ? WHERE id = ?")
      .bind(await hashPassword(PASSWORD), ada.member.id)
      .run();
    const before = { headers: await bearerOf(ada.member) };
    const signIn = () => call("POST", "/api/v1/auth/token", { email: ada.member.email, password: PASSWORD });
    const profile = () => call("GET", "/api/v1/members/profile", undefined, before);
    expect((await profile()).status).toBe(200);
    expect(await signIn()).toMatchObject({ status: 401, code: "second_factor_required" });
    const path = `/api/v1/operator/members/${ada.member.id}/second-factor`;
    const headers = { Authorization: "Bearer test-operator-token" };
    expect((await call("DELETE", path, undefined, { headers })).status).toBeLessThan(300);
    expect((await profile()).status).toBe(401);
    expect(await signIn()).toMatchObject({ status: 403, code: "second_factor_missing" });
    await env.DB.prepare("UPDATE members SET needs_second_factor = 0 WHERE id = ?").bind(ada.member.id).run();
    expect((await signIn()).status).toBe(200);
  });

  it("is in the audit log, and stops requiring it when the owner turns it off", async () => {
    const { ada, grace } = await strictAccount();
    expect((await ada.page("/audit")).text).toContain("Changed whether the team requires two-step verification");
    expect((await ada.page("/team")).text).toContain("No two-step verification");
    await ada.submit("/team/security", OPTIONAL);
    expect((await grace.page("/home")).status).toBe(200);
  });

  it("can be read and changed with the API, where keys keep working", async () => {
    const ada = await signedIn();
    const path = "/api/v1/members/team-security";
    expect((await ada.member.get(path)).data).toEqual({ second_factor_required: false });
    expect(await ada.member.put(path, { second_factor_required: true })).toMatchObject({ status: 400 });
    await protect(ada.member.id);
    expect((await ada.member.put(path, { second_factor_required: true })).data).toEqual({
      second_factor_required: true,
    });
    expect((await ada.member.get(path)).data).toEqual({ second_factor_required: true });
    expect(await ada.member.put(path, { second_factor_required: "yes" })).toMatchObject({ status: 400 });
    const grace = await colleagueOf(ada.member, "owner");
    expect(leadsTo(await grace.page("/home"))).toBe(TWO_STEP);
    expect((await ada.page("/audit")).text).toContain("Changed whether the team requires two-step verification");
  });
});
