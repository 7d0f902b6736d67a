import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newDomain } from "../support/client";
import { type Endpoint, newCampaign, newParticipant, type Outside, outside } from "../support/outside";
import { colleagueOf, leadsTo, signedIn } from "../support/session";
import { type Work, workOf } from "../support/work";

let world: Outside;
let ada: Awaited<ReturnType<typeof signedIn>>;
let endpoint: Endpoint;
beforeEach(async () => {
  world = outside();
  await env.DB.prepare("UPDATE deliveries SET status = 'failed' WHERE status = 'pending'").run();
  ada = await signedIn();
  endpoint = await world.endpoint(ada.member);
});
afterEach(() => world.close());

const plain = (html: string) =>
  html.replace(
    /&(quot|#39|lt|gt|amp);/g,
    (_, name: string) => ({ quot: '"', "#39": "'", lt: "<", gt: ">" })[name] ?? "&",
  );
const page = (path: string) => ada.page(path, { env: world.env });
const submit = (path: string, fields = {}) => ada.submit(path, fields, { env: world.env });
const stored = async () => (await ada.member.get(`/api/v1/webhooks/${endpoint.id}`)).data;
const deliveries = async () => (await ada.member.get(`/api/v1/webhooks/${endpoint.id}/deliveries?limit=100`)).data;
const fails = () => {
  endpoint.reply = () => new Response("no", { status: 400 });
};

/** The endpoint's deliveries after the consumer, one a second; a 410 would disable it. */
async function happen(n: number, type: "participant.signup" | "participant.share" = "participant.signup") {
  for (let i = 0; i < n; i++) {
    world.later(1000);
    const { hint } = await world.happen(ada.member, { type });
    await world.consume([hint]);
  }
}
const giveUp = () =>
  env.DB.prepare("UPDATE deliveries SET status = 'failed', next_attempt_at = NULL WHERE webhook_id = ?")
    .bind(endpoint.id)
    .run();

describe("a webhook's form", () => {
  it("creates a webhook, and shows its secret once with how to verify it", async () => {
    const campaign_id = await newCampaign(ada.member);
    const link = `https://${newDomain()}/in`;
    const sent = {
      link,
      campaign_id,
      "@lists": "events",
      events: ["participant.signup", "reward.pending"],
      message: "",
    };
    const made = await submit("/webhooks", sent);
    expect(made.status).toBe(201);
    const [secret = ""] = /whsec_[A-Za-z0-9+/=]+/.exec(made.text) ?? [];
    expect(secret.length).toBeGreaterThan(40);
    expect(made.text).toContain("standardwebhooks");
    const [newest] = (await ada.member.get("/api/v1/webhooks")).data.webhooks;
    expect(newest).toMatchObject({
      link,
      campaign_id,
      events: ["participant.signup", "reward.pending"],
      message: null,
    });
    for (const path of ["/webhooks", `/webhooks/${newest.id}`]) expect((await page(path)).text).not.toContain(secret);
  });

  it("shows errors beside the field, and keeps the input", async () => {
    const before = (await ada.member.get("/api/v1/webhooks")).data.pagination.total;
    for (const [fields, told] of [
      [{ link: "http://acme.com/in", message: "mine" }, "Must start with https"],
      [{ link: "https://127.0.0.1/in", message: "mine" }, "Must be a host name"],
      [{ link: "", message: "mine" }, "This field is required."],
      [{ link: "https://acme.com/in", "@lists": "events", message: "mine" }, "Choose at least one event."],
    ] as const) {
      const refused = await submit("/webhooks", fields);
      expect(refused.status, told).toBe(400);
      expect(refused.text).toContain(told);
      expect(refused.text).toContain("mine");
    }
    expect((await ada.member.get("/api/v1/webhooks")).data.pagination.total).toBe(before);
  });

  it("changes the checked events and keeps the rest", async () => {
    const path = `/webhooks/${endpoint.id}`;
    const sent = { link: endpoint.link, campaign_id: "", "@lists": "events", events: ["coupons.low"], message: "ops" };
    expect(leadsTo(await submit(path, sent))).toBe(`${path}?done=saved`);
    expect(await stored()).toMatchObject({
      link: endpoint.link,
      events: ["coupons.low"],
      message: "ops",
      status: "active",
    });
    const shown = (await page(path)).text;
    expect(shown).toMatch(/value="coupons.low"[^>]*checked/);
    expect(shown).not.toMatch(/value="participant.signup"[^>]*checked/);
    expect(shown).not.toMatch(/value="\*"[^>]*checked/);
  });

  it("has a box for all events, which is checked until some are chosen", async () => {
    const path = `/webhooks/${endpoint.id}`;
    const kept = () => env.DB.prepare("SELECT events FROM webhooks WHERE id = ?").bind(endpoint.id).first("events");
    expect((await page(path)).text).toMatch(/value="\*"[^>]*checked/);
    expect((await page("/webhooks")).text).toContain("<td>All</td>");
    const save = (...events: string[]) => submit(path, { link: endpoint.link, "@lists": "events", events });
    await save("coupons.low", "reward.pending");
    expect(await kept()).toBe('["reward.pending","coupons.low"]');
    expect((await page("/webhooks")).text).toContain("<td>2</td>");
    await save("*", "coupons.low");
    expect(await kept()).toBeNull();
  });

  it("disables and enables, and shows why it is disabled", async () => {
    const path = `/webhooks/${endpoint.id}`;
    await submit(`${path}/status`, { status: "disabled" });
    expect((await page(path)).text).toContain("You disabled it");
    await submit(`${path}/status`, { status: "active" });
    expect(await stored()).toMatchObject({ status: "active", disabled_reason: null });
    endpoint.reply = () => new Response("gone", { status: 410 });
    await happen(1);
    expect((await page(path)).text).toContain("410 Gone");
    expect((await page("/webhooks")).text).toContain("Disabled");
    expect((await submit(`${path}/status`, { status: "asleep" })).status).toBe(400);
  });

  it("rotates the secret once a day, and shows until when the old one signs", async () => {
    const path = `/webhooks/${endpoint.id}`;
    const rotated = await submit(`${path}/secret`);
    expect(rotated.status).toBe(201);
    expect(rotated.text).toMatch(/whsec_/);
    expect(rotated.text).toContain("2026-11-23T12:00:00.000Z");
    expect((await page(path)).text).toContain("2026-11-23T12:00:00.000Z");
    const again = await submit(`${path}/secret`);
    expect(again.status).toBe(400);
    expect(again.text).toContain("less than 24 hours ago");
  });

  it("deletes, once", async () => {
    const path = `/webhooks/${endpoint.id}`;
    expect(leadsTo(await submit(`${path}/delete`))).toBe("/webhooks?done=deleted");
    expect((await submit(`${path}/delete`)).status).toBe(404);
    expect((await page(path)).status).toBe(404);
  });
});

describe("a delivery's page", () => {
  it("shows a test from sending to its response", async () => {
    const sent = await submit(`/webhooks/${endpoint.id}/test`);
    const path = (leadsTo(sent) ?? "").replace(/\?.*/, "");
    expect(path).toMatch(/^\/deliveries\/\d+$/);
    const waiting = (await page(path)).text;
    expect(waiting).toContain("In progress");
    await world.consume();
    const done = (await page(path)).text;
    expect(done).toContain("Delivered");
    expect(done).not.toContain("In progress");
    expect(done).toContain("ada@example.com");
  });

  it("shows the sent body, without the secret and without erased participants", async () => {
    const campaign_id = await newCampaign(ada.member);
    const { id, email } = await newParticipant(ada.member, campaign_id);
    const { ids, hint } = await world.happen(ada.member, { campaign_id, participant_id: id });
    await world.consume([hint]);
    const path = `/deliveries/${ids[0]}`;
    const shown = (await page(path)).text;
    const pre = [...shown.matchAll(/<pre>([\s\S]*?)<\/pre>/g)].map(([, text = ""]) => text.replaceAll("&quot;", '"'));
    expect(JSON.parse(pre[1] ?? "")).toEqual(JSON.parse(endpoint.received[0]?.body ?? ""));
    expect(shown).toContain(email);
    expect(shown).not.toContain("whsec_");
    await ada.member.delete(`/api/v1/participants/${id}`);
    expect((await page(path)).text).not.toContain(email);
  });

  it("lists each attempt, and retries on request", async () => {
    fails();
    await happen(1);
    const [delivery] = (await deliveries()).deliveries;
    const path = `/deliveries/${delivery.id}`;
    expect((await page(path)).text).toContain("Rejected by your endpoint (400)");
    await giveUp();
    expect((await page(path)).text).toContain("Failed permanently.");
    endpoint.reply = () => new Response("ok");
    expect(leadsTo(await submit(`${path}/retry`))).toBe(`${path}?done=retried`);
    await world.consume();
    expect((await page(path)).text).toMatch(/Delivered/);
    await submit(`/webhooks/${endpoint.id}/status`, { status: "disabled" });
    const refused = await submit(`${path}/retry`);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("The webhook is disabled");
  });

  it("shows responses as text, whatever they are, with their type, and the newest one open", async () => {
    const hostile = "</pre><script>alert(1)</script><img src=x onerror=alert(2)>";
    const types = { "Content-Type": "text/html; charset=<b>", Location: "javascript:alert(3)" };
    endpoint.reply = () => new Response(hostile, { status: 502, headers: types });
    const { ids, hint } = await world.happen(ada.member);
    await world.consume([hint]);
    const path = `/deliveries/${ids[0]}`;
    const shown = (await page(path)).text;
    expect(shown).toContain("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;");
    expect(shown).toContain("content-type: text/html; charset=&lt;b&gt;\nlocation: javascript:alert(3)");
    for (const live of ["<script>alert", "<img src=x", '="javascript:alert']) expect(shown).not.toContain(live);
    endpoint.reply = () => new Response(new Uint8Array([0, 1, 2]), { status: 500 });
    await submit(`${path}/retry`);
    await world.consume();
    const again = (await page(path)).text;
    expect(again).toContain("The body is not UTF-8 text");
    expect(again.match(/<details class="answer" open/g)).toHaveLength(1);
    expect(again.indexOf("no text in UTF-8")).toBeLessThan(again.indexOf("&lt;/pre&gt;"));
  });

  it("has a cURL command with a valid signature, for members with permission, and never the secret", async () => {
    const campaign_id = await newCampaign(ada.member);
    const { id } = await newParticipant(ada.member, campaign_id, { name: "Miles O'Brien '$(id)' `id`\\" });
    const { ids, hint } = await world.happen(ada.member, { campaign_id, participant_id: id });
    await world.consume([hint]);
    const path = `/deliveries/${ids[0]}`;
    const { text } = await page(path);
    const [curl = ""] = [...text.matchAll(/<pre>(curl [\s\S]*?)<\/pre>/g)].map(([, line = ""]) => plain(line));
    const words = [...curl.matchAll(/(?:'[^']*'|\\')+/g)].map(([word]) =>
      word.replaceAll("'\\''", "\0").replaceAll("'", "").replaceAll("\0", "'"),
    );
    const [link, ...rest] = words;
    const body = rest.pop() ?? "";
    const headers = Object.fromEntries(rest.map((line) => line.split(/: (.*)/s) as [string, string]));
    expect(link).toBe(endpoint.link);
    expect(body).toBe(endpoint.received[0]?.body);
    expect(headers["webhook-id"]).toBe(endpoint.received[0]?.id);
    expect(new Webhook(endpoint.secrets[0] ?? "").verify(body, headers)).toMatchObject({ type: "participant.signup" });
    expect(text).not.toContain("whsec_");
    const victor = await colleagueOf(ada.member, "viewer");
    const seen = (await victor.page(path, { env: world.env })).text;
    expect(seen).toContain("made with the secret at each attempt");
    expect(seen).not.toContain("<pre>curl");
    expect(seen).not.toMatch(/v1,[\w+/]{43}=/);
  });

  it("stays after its event is deleted with its campaign", async () => {
    const campaign_id = await newCampaign(ada.member);
    const { ids } = await world.happen(ada.member, { campaign_id });
    await env.DB.prepare("DELETE FROM events WHERE campaign_id = ?").bind(campaign_id).run();
    const shown = await page(`/deliveries/${ids[0]}`);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain("was deleted with its campaign");
  });
});

describe("an endpoint's log", () => {
  it("summarizes the last hundred deliveries, and none of the older ones", async () => {
    fails();
    await happen(1);
    await giveUp();
    endpoint.reply = () => new Response("ok");
    await happen(3);
    expect((await page("/webhooks")).text.replace(/<[^>]+>/g, "")).toContain("75% of the last 4");
    await happen(100);
    expect((await page(`/webhooks/${endpoint.id}`)).text.replace(/<[^>]+>/g, "")).toContain("100% of the last 100");
  });

  it("is paged without gaps or repetitions, with and without filters", async () => {
    await happen(30, "participant.share");
    await happen(30);
    const seen = async (query: string) => {
      const found: string[] = [];
      for (let path: string | undefined = `/webhooks/${endpoint.id}?${query}`, n = 0; path && n < 9; n++) {
        const { text } = await page(path);
        found.push(...[...text.matchAll(/href="\/deliveries\/(\d+)"/g)].map(([, id = ""]) => id));
        path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
      }
      return found;
    };
    const all = (await deliveries()).deliveries.map(({ id }: { id: number }) => String(id));
    expect(await seen("")).toEqual(all);
    expect(await seen("type=participant.share")).toEqual(all.slice(30));
    expect(await seen("status=delivered&type=participant.signup")).toEqual(all.slice(0, 30));
    expect(await seen("status=failed")).toEqual([]);
    expect(await seen("status=nonsense&before=%00")).toEqual(all);
  });

  it("continues its search if a page has no match", async () => {
    await happen(1, "participant.share");
    await env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 1200)
      INSERT INTO deliveries (webhook_id, campaign_id, event_id, type, status)
      SELECT ?, 0, 'evt_f' || printf('%011x', n), 'participant.signup', 'delivered' FROM i`)
      .bind(endpoint.id)
      .run();
    const first = await page(`/webhooks/${endpoint.id}?type=participant.share`);
    expect(first.text).toContain("No matches among the 1,000 deliveries");
    const older = /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await page(older)).text).toMatch(/href="\/deliveries\/\d+"/);
  });

  it("recovers failures since a moment, and nothing older", async () => {
    fails();
    await happen(1);
    vi.setSystemTime(Date.UTC(2026, 10, 22, 14));
    await happen(2);
    await giveUp();
    const path = `/webhooks/${endpoint.id}`;
    expect(leadsTo(await submit(`${path}/recover`, { since: "2026-11-22T13:30" }))).toBe(`${path}?done=recovered`);
    const states = (await deliveries()).deliveries.map(({ status }: { status: string }) => status);
    expect(states).toEqual(["pending", "pending", "failed"]);
    expect(leadsTo(await submit(`${path}/recover`, { since: "2026-11-22T13:30" }))).toBe(
      `${path}?done=nothing_to_recover`,
    );
    const refused = await submit(`${path}/recover`, { since: "yesterday" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("Must be an ISO 8601 time");
  });

  it("costs two round trips and the same at ten thousand deliveries as at two hundred", async () => {
    const fill = (from: number, n: number) =>
      env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?3)
        INSERT INTO deliveries (webhook_id, campaign_id, event_id, type, status)
        SELECT ?1, 0, 'evt_' || printf('%012x', ?2 + n), 'participant.signup', 'delivered' FROM i`)
        .bind(endpoint.id, from, n)
        .run();
    const cost = async () => {
      const path = `/webhooks/${endpoint.id}`;
      const costs: Work[] = [];
      for (const asked of ["/webhooks", path, `${path}?before=evt_000000000100`])
        costs.push(await workOf(() => page(asked)));
      return costs;
    };
    await fill(0, 400);
    const few = await cost();
    await fill(1000, 10_000);
    expect(await cost()).toEqual(few);
    for (const { d1_calls, rows_read } of few) {
      expect(d1_calls).toBe(2);
      expect(rows_read).toBeLessThan(400);
    }
  });
});

describe("a viewer", () => {
  it("sees a webhook, and no form of it", async () => {
    const victor = await colleagueOf(ada.member, "viewer");
    await happen(1);
    const [delivery] = (await deliveries()).deliveries;
    for (const path of ["/webhooks", `/webhooks/${endpoint.id}`, `/deliveries/${delivery.id}`]) {
      const { status, text } = await victor.page(path);
      expect(status).toBe(200);
      const forms = [...text.matchAll(/<form[^>]*method="post"[^>]*>/g)].map(([form]) => form);
      expect(forms.filter((form) => !form.includes("/sign-out"))).toEqual([]);
    }
    expect((await victor.submit(`/webhooks/${endpoint.id}/test`)).status).toBe(403);
  });
});
