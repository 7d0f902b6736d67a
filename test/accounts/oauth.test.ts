import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { agentWith } from "../support/agent";
import { call } from "../support/client";
import { openApp, REDIRECT } from "../support/oauth";
import { browserOf, colleagueOf, signedIn } from "../support/session";

afterEach(() => void vi.restoreAllMocks());

/** A connected app. */
async function connected(browser: Parameters<typeof openApp>[0], answer = {}) {
  const app = await openApp(browser);
  const { code } = await app.agree(answer);
  const tokens = await app.exchange(code);
  return { app, tokens, agent: agentWith({ Authorization: `Bearer ${tokens.access_token}` }) };
}
const statusOf = async (agent: ReturnType<typeof agentWith>) => (await agent.rpc("tools/list")).status;

describe("connecting an app", () => {
  it("is described for programs", async () => {
    const resource = JSON.parse((await call("GET", "/.well-known/oauth-protected-resource/mcp")).text);
    expect(resource).toMatchObject({
      resource: "https://referrals.test/mcp",
      authorization_servers: ["https://referrals.test"],
    });
    const server = JSON.parse((await call("GET", "/.well-known/oauth-authorization-server")).text);
    expect(server).toMatchObject({
      issuer: "https://referrals.test",
      authorization_endpoint: "https://referrals.test/oauth/authorize",
      token_endpoint: "https://referrals.test/oauth/token",
      registration_endpoint: "https://referrals.test/oauth/register",
      code_challenge_methods_supported: ["S256"],
      client_id_metadata_document_supported: true,
      scopes_supported: ["read", "write"],
    });
  });

  it("asks a signed-in member, names the app and the redirect host, and lets it work", async () => {
    const ada = await signedIn();
    const app = await openApp(ada);
    const stranger = await call("GET", await app.authorize(), undefined, { headers: { Accept: "text/html" } });
    expect(stranger.headers.get("Location")).toContain("/sign-in?next=%2Foauth%2Fauthorize");
    const { page, sent, location, code } = await app.agree();
    expect(page.status).toBe(200);
    expect(page.text).toContain("Desk &lt;b&gt;helper&lt;/b&gt;");
    expect(page.text).toContain("127.0.0.1");
    expect(page.headers.get("Content-Security-Policy")).toContain("form-action 'self' http://127.0.0.1:7777");
    expect(page.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect([sent.status, location.origin + location.pathname]).toEqual([302, REDIRECT]);
    expect(location.searchParams.get("state")).toBe("s-1");
    expect(location.searchParams.get("iss")).toBe("https://referrals.test");
    expect((await app.exchange(code, { code_verifier: "w".repeat(50) })).error).toBe("invalid_grant");
    const { code: second } = await app.agree();
    const tokens = await app.exchange(second);
    expect(tokens).toMatchObject({ status: 200, token_type: "bearer", scope: "read write" });
    const agent = agentWith({ Authorization: `Bearer ${tokens.access_token}` });
    expect((await agent.use("list_campaigns")).data).toEqual({ campaigns: [], total: 0 });
    const renewed = await app.refresh(tokens.refresh_token);
    expect(await statusOf(agentWith({ Authorization: `Bearer ${renewed.access_token}` }))).toBe(200);
    const account = await ada.page("/account");
    expect(account.text).toContain("Desk &lt;b&gt;helper&lt;/b&gt;");
    const sessions = account.text.split("Active sessions")[1]?.split("Connected apps")[0];
    expect(sessions).not.toContain("Desk");
    // The token is for agents only.
    expect(
      (
        await call("GET", "/api/v1/campaigns", undefined, {
          headers: { Authorization: `Bearer ${tokens.access_token}` },
        })
      ).status,
    ).toBe(401);
  });

  it("needs our own page, in the same browser, once", async () => {
    const [ada, eve] = [await signedIn(), await signedIn()];
    const app = await openApp(ada);
    const path = await app.authorize();
    const handle = app.handleOn((await ada.page(path)).text);
    const forged = await ada.submit(
      path,
      { handle, decision: "allow" },
      { headers: { Origin: "https://evil.example" } },
    );
    expect(forged.status).toBe(403);
    expect((await eve.submit(path, { handle, decision: "allow" })).status).toBe(400);
    expect((await ada.submit(path, { decision: "allow" })).status).toBe(400);
    expect((await ada.submit(path, { handle, decision: "allow" })).status).toBe(302);
    expect((await ada.submit(path, { handle, decision: "allow" })).status).toBe(400);
  });

  it("can be refused, and then grants nothing", async () => {
    const ada = await signedIn();
    const { location } = await (await openApp(ada)).agree({ decision: "deny" });
    expect(location.searchParams.get("error")).toBe("access_denied");
    expect((await ada.page("/account")).text).not.toContain("Desk &lt;b&gt;helper");
  });

  it("redirects only to registered addresses, and requires PKCE", async () => {
    const ada = await signedIn();
    const app = await openApp(ada);
    for (const redirect_uri of ["https://evil.example/", "javascript:alert(1)", `${REDIRECT}/../x`]) {
      const page = await ada.page(await app.authorize({ redirect_uri }));
      expect([page.status, page.headers.get("Location")], redirect_uri).toEqual([400, null]);
    }
    for (const more of [{ code_challenge: "" }, { code_challenge_method: "plain" }, { response_type: "token" }]) {
      const back = await ada.page(await app.authorize(more as unknown as Record<string, string>));
      expect(back.headers.get("Location") ?? "", JSON.stringify(more)).toContain("error=");
    }
    for (const query of ["", "?client_id=x", "?client_id=https://", `?client_id=${"x".repeat(3000)}`])
      expect((await ada.page(`/oauth/authorize${query}`)).status, query).toBeLessThan(500);
  });

  it("never fails, whatever strangers send", async () => {
    const long = "x".repeat(3000);
    const fields = [
      "",
      "grant_type=x",
      "grant_type=authorization_code",
      `grant_type=authorization_code&client_id=${long}&code=a`,
      `grant_type=refresh_token&client_id=a&refresh_token=person-1:${long}:x`,
      `grant_type=authorization_code&client_id=https://evil.example/x&code=${"a:".repeat(500)}`,
      "client_id=a&client_id=b&grant_type=refresh_token&refresh_token=%00",
      "token=a&token_type_hint=x&client_id=a",
      "%",
    ];
    const type = "application/x-www-form-urlencoded";
    for (const body of fields)
      for (const Authorization of ["", `Basic ${btoa(`${long}:x`)}`, "Basic %"]) {
        const headers = { "Content-Type": type, ...(Authorization && { Authorization }) };
        const sent = await call("POST", "/oauth/token", new TextEncoder().encode(body), { headers });
        expect(sent.status, body).toBeGreaterThanOrEqual(400);
        expect(sent.status, body).toBeLessThan(500);
      }
    for (const body of [
      "",
      "{",
      "[]",
      "null",
      "{}",
      { redirect_uris: ["javascript:x"] },
      { redirect_uris: [long], client_name: long },
    ])
      expect((await call("POST", "/oauth/register", body)).status, JSON.stringify(body)).toBeLessThan(500);
    for (const path of [
      "/oauth/token",
      "/oauth/register",
      "/.well-known/oauth-authorization-server/x",
      "/.well-known/oauth-protected-resource/x",
    ])
      expect((await call("GET", path)).status, path).toBe(404);
  });

  it("is off without its storage", async () => {
    const off = { env: { OAUTH_KV: undefined } } as unknown as Parameters<typeof call>[3];
    const ada = await signedIn();
    expect((await call("GET", "/.well-known/oauth-authorization-server", undefined, off)).status).toBe(404);
    expect((await call("POST", "/oauth/token", "{}", off)).status).toBe(404);
    expect((await ada.page(await (await openApp(ada)).authorize(), off)).status).toBe(404);
    const asked = await call("POST", "/mcp", "{}", off);
    expect(asked.headers.get("WWW-Authenticate")).not.toContain("resource_metadata");
    expect((await ada.page("/account", off)).text).not.toContain("Connected apps");
  });
});

describe("a connected app", () => {
  it("is disconnected at once, for its tokens and for new ones", async () => {
    const ada = await signedIn();
    const { agent, app, tokens } = await connected(ada);
    expect(await statusOf(agent)).toBe(200);
    const id = (await ada.page("/account")).text.match(/\/account\/apps\/(\d+)\/revoke/)?.[1];
    const eve = await signedIn();
    expect((await eve.submit(`/account/apps/${id}/revoke`)).status).toBe(404);
    expect((await ada.submit(`/account/apps/${id}/revoke`)).status).toBe(303);
    expect(await statusOf(agent)).toBe(401);
    expect((await app.refresh(tokens.refresh_token)).error).toBe("invalid_grant");
  });

  it("ends when the member signs out everywhere else", async () => {
    const ada = await signedIn();
    const { agent } = await connected(ada);
    await ada.submit("/account/sessions/revoke");
    expect(await statusOf(agent)).toBe(401);
  });

  it("has the granted scopes, within the member's current role", async () => {
    const ada = await signedIn();
    const reader = await connected(ada, { write: false });
    const refused = await reader.agent.use("set_campaign_status", { campaign_id: 1, status: "live" });
    expect([refused.isError, refused.said.includes("allowed reading only")]).toEqual([true, true]);

    const eve = await colleagueOf(ada.member, "editor");
    const { agent } = await connected(eve);
    const writes = () => agent.use("set_campaign_status", { campaign_id: 1, status: "live" });
    expect((await writes()).said).toContain("not_found");
    const role = (to: string) =>
      env.DB.prepare("UPDATE memberships SET role = ? WHERE person_id = ?").bind(to, eve.member.id).run();
    await role("viewer");
    expect((await writes()).said).toContain("viewer");
    await env.DB.prepare("DELETE FROM memberships WHERE person_id = ?").bind(eve.member.id).run();
    expect(await statusOf(agent)).toBe(401);
  });

  it("stops when the member or account is suspended, and until a required second factor is set up", async () => {
    const ada = await signedIn();
    const eve = await colleagueOf(ada.member, "editor");
    const { agent } = await connected(eve);
    const set = (column: string, value: number | null, id: number) =>
      env.DB.prepare(`UPDATE members SET ${column} = ? WHERE id = ?`).bind(value, id).run();
    await set("suspended_at", 1, ada.member.id);
    expect(await statusOf(agent)).toBe(401);
    await set("suspended_at", null, ada.member.id);
    await set("suspended_at", 1, eve.member.id);
    expect(await statusOf(agent)).toBe(401);
    await set("suspended_at", null, eve.member.id);
    await set("needs_second_factor", 1, ada.member.id);
    expect(await statusOf(agent)).toBe(403);
    await set("needs_second_factor", 0, ada.member.id);
    expect(await statusOf(agent)).toBe(200);
  });

  it("cannot use a browser's session, nor the other way around", async () => {
    const ada = await signedIn();
    await connected(ada);
    const row = await env.DB.prepare("SELECT token_hash FROM sessions WHERE person_id = ? AND scopes IS NOT NULL")
      .bind(ada.member.id)
      .first<{ token_hash: string }>();
    // A cookie whose hash is the connection's.
    const other = await browserOf(ada.member);
    await env.DB.prepare("DELETE FROM sessions WHERE id = ?").bind(other.session_id).run();
    await env.DB.prepare("UPDATE sessions SET token_hash = ? WHERE token_hash = ?")
      .bind(await hashOf(other.cookies.get("__Host-session") ?? ""), row?.token_hash)
      .run();
    expect((await other.page("/home")).headers.get("Location")).toContain("/sign-in");
  });

  it("works in test mode if it was connected there, and never falls back to the live account", async () => {
    const ada = await signedIn();
    expect((await ada.submit("/test-mode/on")).status).toBe(303);
    const { agent } = await connected(ada);
    const website = `${crypto.randomUUID().slice(0, 8)}.example`;
    const made = await agent.use("set_up_campaign", { name: "Trial", website, referrer_reward: { kind: "coupon" } });
    expect(made.data.campaign.name).toBe("Trial");
    expect((await ada.member.get("/api/v1/campaigns")).data.campaigns).toEqual([]);
    await env.DB.prepare("UPDATE members SET test_of = NULL WHERE test_of = ?").bind(ada.member.id).run();
    expect(await statusOf(agent)).toBe(401);
  });

  it("is recorded as its member in the audit log", async () => {
    const ada = await signedIn();
    const { agent } = await connected(ada);
    const website = `${crypto.randomUUID().slice(0, 8)}.example`;
    await agent.use("set_up_campaign", { name: "By app", website, referrer_reward: { kind: "coupon" } });
    await vi.waitFor(async () => {
      const { results } = await env.DB.prepare(
        "SELECT action, via, person_id FROM audit_entries WHERE account_id = ? ORDER BY id",
      )
        .bind(ada.member.id)
        .all();
      expect(results).toContainEqual({ action: "Connected an app", via: "dashboard", person_id: ada.member.id });
      expect(results).toContainEqual({ action: "Created a campaign", via: "api", person_id: ada.member.id });
    });
  });
});

const hashOf = async (text: string) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

describe("an app with a metadata document", () => {
  const CLIENT = "https://desk.example.com/oauth/client.json";
  const document = (more = {}) => ({ client_id: CLIENT, client_name: "Desk", redirect_uris: [REDIRECT], ...more });
  const web = (answer: (url: string) => Response) =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      expect(init?.redirect).toBe("manual");
      return answer(String(input));
    });
  const fresh = (n: string) => CLIENT.replace("client", `client-${n}-${crypto.randomUUID().slice(0, 8)}`);

  it("is named by its proven domain", async () => {
    const ada = await signedIn();
    const id = fresh("good");
    const asked = web(() => Response.json(document({ client_id: id })));
    const app = await openApp(ada, id);
    const { page, code } = await app.agree();
    expect(page.text).toContain("published by desk.example.com");
    expect(await app.exchange(code)).toMatchObject({ status: 200 });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      "redirects elsewhere",
      () => new Response(null, { status: 302, headers: { Location: "http://169.254.169.254/" } }),
    ],
    ["is another app's", () => Response.json(document({ client_id: "https://other.example.com/x" }))],
    ["is too large", () => Response.json(document({ pad: "x".repeat(9000) }))],
    ["is no JSON", () => new Response("<p>", { headers: { "Content-Type": "application/json" } })],
    ["is missing", () => new Response(null, { status: 404 })],
    ["wants a secret", () => Response.json(document({ token_endpoint_auth_method: "client_secret_post" }))],
  ])("is refused if the document %s", async (_, answer) => {
    const ada = await signedIn();
    web(answer);
    const page = await ada.page(await (await openApp(ada, fresh("bad"))).authorize());
    expect([page.status, page.headers.get("Location")]).toEqual([400, null]);
  });

  it("never makes us call a private host, or any host for strangers", async () => {
    const ada = await signedIn();
    const asked = web(() => Response.json({}));
    for (const id of [
      "https://127.0.0.1/c.json",
      "https://localhost/c.json",
      "https://printer.local/c.json",
      "http://desk.example.com/c.json",
      "https://user@desk.example.com/c.json",
      "https://desk.example.com:8443/c.json",
    ])
      expect((await ada.page(await (await openApp(ada, id)).authorize())).status, id).toBe(400);
    const stranger = { page: (path: string) => call("GET", path), submit: ada.submit };
    const app = await openApp(stranger, fresh("stranger"));
    await stranger.page(await app.authorize());
    expect((await app.exchange("x")).error).toBeDefined();
    expect(asked).not.toHaveBeenCalled();
  });
});
