import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { call, type TestMember } from "../support/client";
import { browserOf, colleagueOf, signedIn } from "../support/session";

const isOpen = async (key: string) =>
  (await call("GET", "/api/v1/brands", undefined, { headers: { "X-API-Key": key } })).status === 200;

/** A colleague who is an owner, and the key that they created in the dashboard. */
async function withKeyOfColleague(account: Pick<TestMember, "id">) {
  const grace = await colleagueOf(account, "owner");
  const page = await grace.submit("/api-keys");
  const key = /ref_[0-9a-f]{48}/.exec(page.text)?.[0] ?? "none";
  expect(await isOpen(key)).toBe(true);
  return { grace, key };
}

describe("an API key", () => {
  it("names its creator, in the API and in the dashboard", async () => {
    const ada = await signedIn();
    const { grace } = await withKeyOfColleague(ada.member);
    const { data } = await ada.member.get("/api/v1/members/api-keys");
    expect(data.api_keys[0].created_by).toEqual({
      id: grace.member.id,
      name: "Test Member",
      email: grace.member.email,
    });
    expect((await ada.page("/api-keys")).text).toContain("Created by");
    // The fixture's own key is from before the column.
    expect(data.api_keys.at(-1)).toMatchObject({ created_by: null, masked: true });
  });

  it("ends when its creator leaves the team, at once, even where it is cached", async () => {
    const { owner, id: campaign_id } = await newCampaign();
    const ada = await browserOf(owner);
    const { grace, key } = await withKeyOfColleague(owner);
    const signUp = () =>
      call("POST", "/api/v1/signups", { campaign_id, email: someone(), name: "N" }, { headers: { "X-API-Key": key } });
    expect((await signUp()).status).toBe(201);
    await ada.submit(`/team/${grace.member.id}/remove`);
    expect((await signUp()).status).toBe(401);
    expect(await isOpen(key)).toBe(false);
    expect(await isOpen(owner.key)).toBe(true);
  });

  it("created with such a key ends, too", async () => {
    const ada = await signedIn();
    const { grace, key } = await withKeyOfColleague(ada.member);
    const minted = await call("POST", "/api/v1/members/api-key", undefined, { headers: { "X-API-Key": key } });
    await ada.submit(`/team/${grace.member.id}/remove`);
    expect(await isOpen(minted.data.api_key)).toBe(false);
  });

  it("is kept if the owner chooses to keep it", async () => {
    const ada = await signedIn();
    const { grace, key } = await withKeyOfColleague(ada.member);
    expect((await ada.page("/team")).text).toContain("Keep the keys");
    await ada.submit(`/team/${grace.member.id}/remove`, { "@flags": "keep_keys", keep_keys: true });
    expect(await isOpen(key)).toBe(true);
  });

  it.each(["leaves", "becomes an editor", "deletes their account"])("ends when its creator %s", async (how) => {
    const ada = await signedIn();
    const { grace, key } = await withKeyOfColleague(ada.member);
    if (how === "leaves") await grace.submit(`/account/switch/${ada.member.id}/leave`);
    else if (how === "becomes an editor") await ada.submit(`/team/${grace.member.id}/role`, { role: "editor" });
    else {
      const reset = await newPasswordOf(grace.member);
      await grace.submit("/account/deletion", { password: reset });
      expect(await env.DB.prepare("SELECT id FROM members WHERE id = ?").bind(grace.member.id).first()).toBeNull();
    }
    expect(await isOpen(key)).toBe(false);
  });

  it("stays when its creator becomes an owner again, or another colleague leaves", async () => {
    const ada = await signedIn();
    const { grace, key } = await withKeyOfColleague(ada.member);
    const alan = await colleagueOf(ada.member, "owner");
    await ada.submit(`/team/${alan.member.id}/remove`);
    await ada.submit(`/team/${grace.member.id}/role`, { role: "owner" });
    expect(await isOpen(key)).toBe(true);
  });
});

/** Gives a fixture, which has no password, a known one. */
async function newPasswordOf({ id }: Pick<TestMember, "id">) {
  const email = `person-${crypto.randomUUID()}@example.com`;
  const { data } = await call("POST", "/api/v1/members", { email, name: "N", password: "purple bicycle" });
  await env.DB.prepare(
    "UPDATE members SET password_hash = (SELECT password_hash FROM members WHERE id = ?) WHERE id = ?",
  )
    .bind(data.id, id)
    .run();
  return "purple bicycle";
}
