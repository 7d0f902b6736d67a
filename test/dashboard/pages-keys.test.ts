import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../support/client";
import { colleagueOf, leadsTo, signedIn } from "../support/session";

let ada: Awaited<ReturnType<typeof signedIn>>;
beforeEach(async () => {
  ada = await signedIn();
});
const made = async (fields: object) => (await ada.member.post("/api/v1/keys", fields)).data;
const stored = async (id: number) => (await ada.member.get(`/api/v1/keys/${id}`)).data;

describe("a key's page", () => {
  it("renames a key, changes its scopes, and ends it", async () => {
    const { id, key } = await made({ name: "Shop", scopes: ["read", "write"] });
    const path = `/api-keys/named/${id}`;
    expect((await ada.page("/api-keys")).text).toContain(`href="${path}"`);
    expect((await ada.page(path)).text).toMatch(/<option value="read,write" selected/);
    const change = { name: "Reports", access: "read", expires_at: "2099-01-01T00:00", "@times": "expires_at UTC" };
    expect(leadsTo(await ada.submit(path, change))).toBe("/api-keys?done=saved");
    expect(await stored(id)).toMatchObject({
      name: "Reports",
      scopes: ["read"],
      expires_at: "2099-01-01T00:00:00.000Z",
    });
    const headers = { "X-API-Key": key };
    expect((await call("POST", "/api/v1/brands", { url: "acme.example" }, { headers })).status).toBe(403);
    const entry = "SELECT action FROM audit_entries WHERE account_id = ? AND path = ?";
    expect(await env.DB.prepare(entry).bind(ada.member.id, path).first("action")).toBe("Changed a named API key");
    await ada.submit(path, { ...change, expires_at: "" });
    expect((await stored(id)).expires_at).toBeNull();
  });

  it("changes a publishable key's websites, and never its kind", async () => {
    const sent = { name: "Site", kind: "publishable", mode: "test", allowed_origins: ["https://a.example"] };
    const { id } = await made(sent);
    const path = `/api-keys/named/${id}`;
    const { text } = await ada.page(path);
    expect(text).toContain("Publishable");
    expect(text).toContain("Test");
    expect(text).not.toContain('name="access"');
    await ada.submit(path, { name: "Site", allowed_origins: "https://a.example\nhttps://b.example", expires_at: "" });
    expect((await stored(id)).allowed_origins).toEqual(["https://a.example", "https://b.example"]);
    const refused = await ada.submit(path, { name: "Site", allowed_origins: "nonsense" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("nonsense");
  });

  it("keeps scopes that the form does not have", async () => {
    const { id } = await made({ name: "Both", scopes: ["read", "signup"] });
    expect((await ada.page(`/api-keys/named/${id}`)).text).toMatch(/<option value="read,signup" selected/);
  });

  it("is for owners of the account only", async () => {
    const { id } = await made({ name: "Shop", scopes: ["read"] });
    const path = `/api-keys/named/${id}`;
    const editor = await colleagueOf(ada.member, "editor");
    expect((await editor.page(path)).status).toBe(403);
    expect((await editor.submit(path, { name: "Mine" })).status).toBe(403);
    const stranger = await signedIn();
    expect((await stranger.page(path)).status).toBe(404);
    expect((await stranger.submit(path, { name: "Mine" })).status).toBe(404);
    expect((await stored(id)).name).toBe("Shop");
  });
});
