import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventTypes } from "../../drizzle/schema/webhooks";
import { hmac, toBase64, unseal } from "../../src/lib/crypto";
import { newSecret, signatures } from "../../src/outbox/webhooks/signature";
import { newMember, type TestMember } from "../support/client";
import { type Endpoint, newCampaign, type Outside, outside, verifies } from "../support/outside";

const [SECOND, HOUR] = [1000, 3_600_000];
const ALL = [...eventTypes];

let world: Outside;
let member: TestMember;
beforeEach(async () => {
  world = outside();
  member = await world.verified();
});
afterEach(() => {
  expect(world.unverified).toEqual([]);
  world.close();
});

const create = (body: Record<string, unknown>, who = member) => who.post("/api/v1/webhooks", body);
const act = (path: string, body?: unknown, who = member) => who.post(path, body, { env: world.env });

describe("creating a webhook", () => {
  it("needs only a URL, and shows the secret once", async () => {
    const made = await create({ link: "https://example.com/hooks?a=1" });
    expect(made).toMatchObject({
      status: 201,
      data: {
        id: expect.any(Number),
        member_id: member.id,
        link: "https://example.com/hooks?a=1",
        message: null,
        campaign_id: null,
        events: ALL,
        status: "active",
        disabled_reason: null,
        previous_secret_expires: null,
        date_added: new Date().toISOString(),
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      },
    });
    const { secret, ...shown } = made.data;
    expect((await member.get(`/api/v1/webhooks/${shown.id}`)).data).toEqual(shown);
    expect((await member.get("/api/v1/webhooks")).text).not.toContain(secret.slice(6));
  });

  it("encrypts its secret", async () => {
    const { id, secret } = (await create({ link: "https://example.com" })).data;
    const row = await env.DB.prepare("SELECT * FROM webhooks WHERE id = ?").bind(id).first<{ secret: string }>();
    expect(JSON.stringify(row)).not.toContain(secret.slice(6, 30));
    expect(await unseal("test-seal-secret", row?.secret ?? "")).toBe(secret);
  });

  it("accepts a campaign of the member's, as a number or as its digits, and the events to send", async () => {
    const campaign_id = await newCampaign(member);
    const body = {
      link: "https://example.com",
      message: "crm",
      events: ["reward.pending", "coupons.low", "reward.pending"],
    };
    expect(await create({ ...body, campaign_id: String(campaign_id) })).toMatchObject({
      status: 201,
      data: { campaign_id, message: "crm", events: ["reward.pending", "coupons.low"] },
    });
    expect(await create({ ...body, campaign_id: null })).toMatchObject({ status: 201, data: { campaign_id: null } });
  });

  it("sends every event if none is named", async () => {
    for (const events of [undefined, null, []])
      expect((await create({ link: "https://example.com", events })).data.events).toEqual(ALL);
    for (const events of ["", ["x"], [""], {}])
      expect(await create({ link: "https://example.com", events })).toMatchObject({ status: 400 });
  });

  it("sends every public event, including types added later, if it asked for all", async () => {
    const made = [undefined, null, []].map((events) => world.endpoint(member, { events }));
    const all = (await Promise.all(made)).map(({ id }) => id).sort((a, b) => a - b);
    const { id: listed } = await world.endpoint(member, { events: ALL });
    const kept = async () => {
      const rows = await env.DB.prepare("SELECT id, events FROM webhooks WHERE member_id = ? ORDER BY id")
        .bind(member.id)
        .all<{ id: number; events: string | null }>();
      return rows.results.map(({ id, events }) => [id, events]);
    };
    // A list stays as sent. Null means all event types that exist when an event happens.
    expect(await kept()).toEqual([...all.map((id) => [id, null]), [listed, JSON.stringify(ALL)]]);
    const told = async (type: string) => (await world.happen(member, { type: type as never })).ids.length;
    for (const type of ALL) expect(await told(type), type).toBe(4);
    for (const type of ["participant.active", "participant.gone"]) expect(await told(type), type).toBe(0);

    const [first] = all;
    await member.put(`/api/v1/webhooks/${first}`, { events: ["coupons.low"] });
    expect(await member.put(`/api/v1/webhooks/${listed}`, { events: null })).toMatchObject({ data: { events: ALL } });
    expect((await kept()).filter(([, events]) => events !== null)).toEqual([[first, '["coupons.low"]']]);
  });

  it("is a 404 for another's campaign, or a missing one", async () => {
    const campaign_id = await newCampaign(await newMember());
    for (const id of [campaign_id, 999_999_999])
      expect(await create({ link: "https://example.com", campaign_id: id })).toMatchObject({
        status: 404,
        code: "not_found",
      });
    expect((await member.get("/api/v1/webhooks")).data.pagination.total).toBe(0);
  });

  it.each([
    [{}, "link"],
    [{ link: "" }, "link"],
    [{ link: 5 }, "link"],
    [{ link: null }, "link"],
    [{ link: `https://example.com/${"a".repeat(2000)}` }, "link"],
    [{ link: "https://example.com/\u0000" }, "link"],
    [{ link: "http://example.com" }, "link"],
    [{ link: "https://example.com", events: ["participant.active"] }, "events.0"],
    [{ link: "https://example.com", events: "participant.signup" }, "events"],
    [{ link: "https://example.com", campaign_id: "x" }, "campaign_id"],
    [{ link: "https://example.com", campaign_id: -1 }, "campaign_id"],
    [{ link: "https://example.com", message: "a".repeat(1001) }, "message"],
  ])("refuses %j", async (body, path) => {
    expect(await create(body)).toMatchObject({ status: 400, details: [{ path }] });
  });

  it("stops at 500 of an account", async () => {
    const row =
      "INSERT INTO webhooks (member_id, link, events, secret, date_added) VALUES (?, 'https://example.org/', '[]', '', 0)";
    await env.DB.batch(Array.from({ length: 499 }, () => env.DB.prepare(row).bind(member.id)));
    expect((await create({ link: "https://example.com" })).status).toBe(201);
    expect(await create({ link: "https://example.com/2" })).toMatchObject({ status: 403, code: "webhook_limit" });
    expect((await create({ link: "https://example.com" })).status).toBe(201);
  });

  it("stops at 5 until the account's email address is verified", async () => {
    await env.DB.prepare("UPDATE members SET is_verified = 0 WHERE id = ?").bind(member.id).run();
    for (let n = 1; n <= 5; n++) expect((await create({ link: `https://${n}.example.com` })).status).toBe(201);
    const refused = await create({ link: "https://6.example.com" });
    expect(refused).toMatchObject({ status: 403, code: "webhook_limit" });
    expect(refused.error).toContain("until its email address is verified");
    await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(member.id).run();
    expect((await create({ link: "https://6.example.com" })).status).toBe(201);
  });

  it("stops at 25 for the same host and campaign, however the URLs differ", async () => {
    const campaign_id = await newCampaign(member);
    for (let n = 1; n <= 25; n++) expect((await create({ link: `https://Example.com/?n=${n}` })).status).toBe(201);
    expect(await create({ link: "https://example.com/hooks" })).toMatchObject({ status: 403, code: "webhook_limit" });
    expect((await create({ link: "https://example.com/hooks", campaign_id })).status).toBe(201);
    expect((await create({ link: "https://example.com.example.org/hooks" })).status).toBe(201);
  });

  it("is idempotent for a URL, campaign, and events, however they are spelled, and keeps its secret", async () => {
    const campaign_id = await newCampaign(member);
    const first = await create({ link: "https://example.com/a", events: ["coupons.low", "reward.pending"] });
    const spellings = ["https://EXAMPLE.com:443/a", "https://example.com/b/../a#x"];
    const events = ["reward.pending", "coupons.low"];
    const again = await Promise.all(spellings.map((link) => create({ link, events })));
    for (const answer of again) expect(answer).toMatchObject({ status: 201, data: first.data });
    const others = [
      { events: ["coupons.low"] },
      { events, campaign_id },
      {},
      { link: "https://example.com/a?", events },
    ];
    for (const other of others) {
      const { data } = await create({ link: "https://example.com/a", ...other });
      expect(data.id).not.toBe(first.data.id);
    }
    expect((await member.get("/api/v1/webhooks")).data.pagination.total).toBe(1 + others.length);
  });

  it("enables an existing one", async () => {
    const { data } = await create({ link: "https://example.com" });
    await member.put(`/api/v1/webhooks/${data.id}`, { status: "disabled" });
    expect(await create({ link: "https://example.com" })).toMatchObject({ data: { id: data.id, status: "active" } });
  });

  it("cannot become identical to another one", async () => {
    const [one, two] = [
      await create({ link: "https://example.com/1" }),
      await create({ link: "https://example.com/2" }),
    ];
    const put = (body: object) => member.put(`/api/v1/webhooks/${two.data.id}`, body);
    expect(await put({ link: "https://example.com/1" })).toMatchObject({ status: 409, code: "conflict" });
    expect((await put({ link: "https://example.com/1", events: ["coupons.low"] })).status).toBe(200);
    expect(await put({ events: null })).toMatchObject({ status: 409, code: "conflict" });
    expect((await member.get(`/api/v1/webhooks/${one.data.id}`)).data.link).toBe("https://example.com/1");
  });

  it("keeps older duplicates, and each still gets its events", async () => {
    const row =
      "INSERT INTO webhooks (member_id, link, secret, date_added) VALUES (?, 'https://example.com/old', '', 0) RETURNING id";
    const rows = await env.DB.batch<{ id: number }>([row, row].map((sql) => env.DB.prepare(sql).bind(member.id)));
    const ids = rows.flatMap(({ results }) => results.map(({ id }) => id));
    expect((await world.happen(member)).ids).toHaveLength(2);
    for (const id of ids)
      expect((await member.put(`/api/v1/webhooks/${id}`, { message: "kept" })).data.message).toBe("kept");
  });

  it("happens once per Idempotency-Key, and returns the same secret again", async () => {
    const once = { headers: { "Idempotency-Key": "hook-1" } };
    const post = () => member.post("/api/v1/webhooks", { link: "https://example.com" }, once);
    const atOnce = await Promise.all([post(), post()]);
    expect(atOnce.map((a) => a.status).every((status) => status === 201 || status === 409)).toBe(true);
    const first = atOnce.find((a) => a.status === 201);
    const again = await post();
    expect(again.data).toEqual(first?.data);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(again.data.secret).toMatch(/^whsec_/);
    expect((await member.get("/api/v1/webhooks")).data.pagination.total).toBe(1);
  });
});

describe("a webhook", () => {
  it("can be changed by any subset", async () => {
    const campaign_id = await newCampaign(member);
    const { id } = (await create({ link: "https://example.com", campaign_id, message: "one" })).data;
    const put = (body: unknown) => member.put(`/api/v1/webhooks/${id}`, body);
    expect(await put({ message: "two" })).toMatchObject({ status: 200, data: { message: "two", campaign_id } });
    expect(await put({ campaign_id: null, message: null })).toMatchObject({
      data: { campaign_id: null, message: null },
    });
    expect(await put({ campaign_id })).toMatchObject({ data: { campaign_id } });
    expect(await put({ events: ["coupons.low"] })).toMatchObject({ data: { events: ["coupons.low"] } });
    expect(await put({ link: "https://example.org/x" })).toMatchObject({ data: { link: "https://example.org/x" } });
    expect(await put({})).toMatchObject({
      status: 200,
      data: { link: "https://example.org/x", events: ["coupons.low"] },
    });
    expect(await put({ status: "disabled" })).toMatchObject({
      data: { status: "disabled", disabled_reason: "member" },
    });
    expect(await put({ status: "active" })).toMatchObject({ data: { status: "active", disabled_reason: null } });
    expect((await put({ status: "active" })).data).not.toHaveProperty("secret");
  });

  it("refuses invalid changes, and stays unchanged", async () => {
    const { id, ...before } = (await create({ link: "https://example.com" })).data;
    const foreign = await newCampaign(await newMember());
    const put = (body: unknown) => member.put(`/api/v1/webhooks/${id}`, body);
    expect(await put({ link: "https://10.0.0.1/" })).toMatchObject({ status: 400, code: "bad_link" });
    expect(await put({ campaign_id: foreign, message: "x" })).toMatchObject({ status: 404, code: "not_found" });
    for (const fields of [{ status: "paused" }, { events: [] }, { events: "" }])
      expect(await put(fields)).toMatchObject({ status: 400, code: "invalid_request" });
    const { secret: _, ...shown } = before;
    expect((await member.get(`/api/v1/webhooks/${id}`)).data).toEqual({ id, ...shown });
  });

  it("is deleted with its deliveries", async () => {
    const endpoint = await world.endpoint(member);
    const { ids } = await world.happen(member);
    expect(await member.delete(`/api/v1/webhooks/${endpoint.id}`)).toMatchObject({
      status: 200,
      data: { id: endpoint.id, deleted: true },
    });
    expect((await member.delete(`/api/v1/webhooks/${endpoint.id}`)).status).toBe(404);
    expect((await member.get(`/api/v1/webhooks/${endpoint.id}`)).status).toBe(404);
    expect(
      await env.DB.prepare("SELECT id FROM deliveries WHERE id = ?")
        .bind(ids[0] ?? 0)
        .first(),
    ).toBeNull();
    await world.consume([{ v: 1, delivery_ids: ids }]);
    expect(endpoint.received).toEqual([]);
  });

  it("is hidden from others, with everything that belongs to it", async () => {
    const stranger = await newMember();
    const endpoint = await world.endpoint(member);
    const { ids } = await world.happen(member);
    await env.DB.prepare("UPDATE deliveries SET status = 'failed', attempt_count = 10 WHERE id = ?")
      .bind(ids[0] ?? 0)
      .run();
    const stored = () =>
      env.DB.batch([
        env.DB.prepare("SELECT * FROM webhooks WHERE id = ?").bind(endpoint.id),
        env.DB.prepare("SELECT * FROM deliveries WHERE webhook_id = ?").bind(endpoint.id),
      ]).then((results) => results.map((r) => r.results));
    const before = await stored();
    const path = `/api/v1/webhooks/${endpoint.id}`;
    const attempts: [string, string, unknown?][] = [
      ["GET", path],
      ["PUT", path, { status: "disabled" }],
      ["DELETE", path],
      ["POST", `${path}/secret`],
      ["POST", `${path}/test`],
      ["GET", `${path}/deliveries`],
      ["GET", `${path}/deliveries?status=failed`],
      ["POST", `${path}/recover`, { since: "2000-01-01" }],
      ["POST", `/api/v1/deliveries/${ids[0]}/retry`],
    ];
    for (const [method, to, body] of attempts) {
      const answer = await stranger.call(method, to, body, { env: world.env });
      const absent = await stranger.call(method, to.replace(/\/\d+/, "/999999999"), body, { env: world.env });
      expect(answer, `${method} ${to}`).toMatchObject({ status: 404, code: "not_found" });
      expect(answer.text).toBe(absent.text);
    }
    expect(world.queued()).toEqual([]);
    expect(await stored()).toEqual(before);
    expect((await stranger.get("/api/v1/webhooks")).data.webhooks).toEqual([]);
  });

  it("is listed newest first, by pages", async () => {
    const ids: number[] = [];
    for (let i = 0; i < 3; i++) ids.unshift((await create({ link: `https://example.com/${i}` })).data.id);
    const { data } = await member.get("/api/v1/webhooks?limit=2");
    expect(data.webhooks.map((w: { id: number }) => w.id)).toEqual(ids.slice(0, 2));
    expect(data.pagination).toEqual({ page: 1, limit: 2, total: 3, totalPages: 2 });
    expect((await member.get("/api/v1/webhooks?limit=2&page=2")).data.webhooks).toMatchObject([{ id: ids[2] }]);
  });
});

describe("a signature", () => {
  it("matches the test vector of Standard Webhooks", async () => {
    const made = await signatures(
      ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1614265330,
      '{"test": 2432232314}',
    );
    expect(made).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("uses the secret's bytes, 32 random ones", async () => {
    const [one, two] = [newSecret(), newSecret()];
    expect(one).not.toBe(two);
    const key = Uint8Array.from(atob(one.slice(6)), (c) => c.charCodeAt(0));
    expect(key).toHaveLength(32);
    expect(await signatures([one], "id", 1, "{}")).toBe(`v1,${toBase64(await hmac(key, "id.1.{}"))}`);
  });

  it("has both secrets for a day after a rotation, newest first, and then only the new one", async () => {
    const endpoint = await world.endpoint(member);
    const [old] = endpoint.secrets as [string];
    const rotated = await act(`/api/v1/webhooks/${endpoint.id}/secret`);
    expect(rotated).toMatchObject({
      status: 201,
      data: {
        secret: expect.stringMatching(/^whsec_/),
        previous_secret_expires: new Date(Date.now() + 24 * HOUR).toISOString(),
      },
    });
    const fresh = rotated.data.secret;
    expect(fresh).not.toBe(old);
    endpoint.secrets = [fresh];
    const deliver = async () => {
      await world.consume([(await world.happen(member)).hint]);
      return endpoint.received.at(-1) as Endpoint["received"][number];
    };
    for (const wait of [0, 24 * HOUR - SECOND]) {
      world.later(wait);
      const during = await deliver();
      expect(during.headers.get("webhook-signature")?.split(" ")).toHaveLength(2);
      expect([verifies(old, during), verifies(fresh, during)]).toEqual([true, true]);
      const [first] = during.headers.get("webhook-signature")?.split(" ") ?? [];
      expect(first).toBe(await signatures([fresh], during.id, during.timestamp, during.body));
    }
    world.later(SECOND);
    const after = await deliver();
    expect([verifies(old, after), verifies(fresh, after)]).toEqual([false, true]);
    expect(after.headers.get("webhook-signature")?.split(" ")).toHaveLength(1);
  });

  it("has only the new secret once the old one was ended", async () => {
    const endpoint = await world.endpoint(member);
    const [leaked = ""] = endpoint.secrets;
    const { data } = await act(`/api/v1/webhooks/${endpoint.id}/secret`);
    const ended = await member.delete(`/api/v1/webhooks/${endpoint.id}/secret/previous`);
    expect(ended).toMatchObject({ status: 200, data: { id: endpoint.id, previous_secret_expires: null } });
    endpoint.secrets = [data.secret];
    await world.consume([(await world.happen(member)).hint]);
    const [received] = endpoint.received;
    expect(received && verifies(leaked, received)).toBe(false);
    expect(received?.headers.get("webhook-signature")?.split(" ")).toHaveLength(1);
    expect(await env.DB.prepare("SELECT previous_secret FROM webhooks WHERE id = ?").bind(endpoint.id).first()).toEqual(
      {
        previous_secret: null,
      },
    );
    expect((await member.delete(`/api/v1/webhooks/${endpoint.id}/secret/previous`)).status).toBe(200);
    expect((await act(`/api/v1/webhooks/${endpoint.id}/secret`)).status).toBe(201);
    const stranger = await newMember();
    expect((await stranger.delete(`/api/v1/webhooks/${endpoint.id}/secret/previous`)).status).toBe(404);
  });

  it("never needs a third secret: rotating again within a day is a 409", async () => {
    const endpoint = await world.endpoint(member);
    const rotate = () => act(`/api/v1/webhooks/${endpoint.id}/secret`);
    const [one, two] = await Promise.all([rotate(), rotate()]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
    world.later(24 * HOUR - SECOND);
    expect(await rotate()).toMatchObject({ status: 409, code: "conflict" });
    world.later(SECOND);
    expect((await rotate()).status).toBe(201);
  });
});

describe("a test event", () => {
  it("is sent to its webhook only, whatever its events", async () => {
    const endpoint = await world.endpoint(member, { events: ["coupons.low"] });
    const other = await world.endpoint(member);
    const answer = await act(`/api/v1/webhooks/${endpoint.id}/test`);
    expect(answer).toMatchObject({
      status: 202,
      data: {
        id: expect.any(Number),
        event_id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
        type: "webhook.test",
        webhook_id: endpoint.id,
        status: "pending",
        attempts: [],
        next_attempt_at: new Date().toISOString(),
      },
    });
    expect(world.queued()).toMatchObject([{ body: { v: 1, delivery_ids: [answer.data.id] } }]);
    await world.consume();
    expect(endpoint.received.map((r) => r.id)).toEqual([answer.data.event_id]);
    expect(JSON.parse(endpoint.received[0]?.body ?? "")).toMatchObject({
      type: "webhook.test",
      timestamp: new Date().toISOString(),
      data: { email: "ada@example.com" },
    });
    expect(other.received).toEqual([]);
  });

  it("belongs to the campaign of a webhook that has one, and is deleted with it", async () => {
    const campaign_id = await newCampaign(member);
    const endpoint = await world.endpoint(member, { campaign_id });
    const { data } = await act(`/api/v1/webhooks/${endpoint.id}/test`);
    const row = await env.DB.prepare("SELECT campaign_id, type FROM events WHERE id = ?").bind(data.event_id).first();
    expect(row).toEqual({ campaign_id, type: "webhook.test" });
  });

  it("is refused while the webhook is disabled", async () => {
    const endpoint = await world.endpoint(member);
    await member.put(`/api/v1/webhooks/${endpoint.id}`, { status: "disabled" });
    expect(await act(`/api/v1/webhooks/${endpoint.id}/test`)).toMatchObject({ status: 409, code: "conflict" });
    expect(world.queued()).toEqual([]);
  });

  it("happens once per Idempotency-Key", async () => {
    const endpoint = await world.endpoint(member);
    const once = { headers: { "Idempotency-Key": "test-1" }, env: world.env };
    const first = await member.post(`/api/v1/webhooks/${endpoint.id}/test`, undefined, once);
    const again = await member.post(`/api/v1/webhooks/${endpoint.id}/test`, undefined, once);
    expect(again.data).toEqual(first.data);
    await world.consume();
    expect(endpoint.received).toHaveLength(1);
  });
});

describe("deliveries", () => {
  const fail = async (endpoint: Endpoint) => {
    endpoint.reply = () => new Response("no", { status: 500 });
    const { event_id, ids, hint } = await world.happen(member);
    await env.DB.prepare("UPDATE deliveries SET attempt_count = 9 WHERE id = ?")
      .bind(ids[0] ?? 0)
      .run();
    await world.consume([hint]);
    endpoint.reply = () => new Response("ok");
    world.later(SECOND);
    return { event_id, id: ids[0] ?? 0 };
  };
  const list = async (endpoint: Endpoint, query = "") =>
    (await member.get(`/api/v1/webhooks/${endpoint.id}/deliveries${query}`)).data;

  it("are listed newest first, by pages and by status", async () => {
    const endpoint = await world.endpoint(member);
    const failed = await fail(endpoint);
    const delivered = await world.happen(member);
    await world.consume([delivered.hint]);
    world.later(SECOND);
    const pending = await world.happen(member);
    const ids = async (query: string) => (await list(endpoint, query)).deliveries.map((d: { id: number }) => d.id);
    expect(await ids("")).toEqual([pending.ids[0], delivered.ids[0], failed.id]);
    expect(await ids("?status=failed")).toEqual([failed.id]);
    expect(await ids("?status=delivered")).toEqual(delivered.ids);
    expect(await ids("?status=pending")).toEqual(pending.ids);
    expect(await ids("?limit=1&page=2")).toEqual(delivered.ids);
    expect((await list(endpoint, "?limit=1&page=2")).pagination).toEqual({
      page: 2,
      limit: 1,
      total: 3,
      totalPages: 3,
    });
    expect((await list(endpoint, "?status=failed")).pagination.total).toBe(1);
    expect(await member.get(`/api/v1/webhooks/${endpoint.id}/deliveries?status=lost`)).toMatchObject({ status: 400 });
  });

  it.each(["failed", "delivered", "pending"])("that are %s restart their schedule on request", async (status) => {
    const endpoint = await world.endpoint(member);
    const { event_id, id } = await fail(endpoint);
    if (status !== "failed") await act(`/api/v1/deliveries/${id}/retry`);
    if (status === "delivered") await world.consume();
    world.loseMessages();
    const before = endpoint.received.length;
    expect((await list(endpoint)).deliveries[0].status).toBe(status);
    const answer = await act(`/api/v1/deliveries/${id}/retry`);
    expect(answer).toMatchObject({
      status: 202,
      data: { id, event_id, status: "pending", next_attempt_at: new Date().toISOString() },
    });
    expect(await env.DB.prepare("SELECT attempt_count FROM deliveries WHERE id = ?").bind(id).first()).toEqual({
      attempt_count: 0,
    });
    await act(`/api/v1/deliveries/${id}/retry`);
    await world.consume();
    expect(endpoint.received).toHaveLength(before + 1);
    expect(endpoint.received.at(-1)?.id).toBe(event_id);
    expect((await list(endpoint)).deliveries[0]).toMatchObject({ status: "delivered", next_attempt_at: null });
  });

  it("that are being attempted right now are not touched", async () => {
    const endpoint = await world.endpoint(member);
    const { ids, hint } = await world.happen(member);
    let answer: unknown;
    endpoint.reply = async () => {
      answer = await act(`/api/v1/deliveries/${ids[0]}/retry`);
      return new Response("ok");
    };
    await world.consume([hint]);
    expect(answer).toMatchObject({ status: 409, code: "conflict" });
    expect(endpoint.received).toHaveLength(1);
  });

  it("of a disabled webhook stay unchanged", async () => {
    const endpoint = await world.endpoint(member);
    const { id } = await fail(endpoint);
    await member.put(`/api/v1/webhooks/${endpoint.id}`, { status: "disabled" });
    expect(await act(`/api/v1/deliveries/${id}/retry`)).toMatchObject({ status: 409, code: "conflict" });
    expect(await act(`/api/v1/webhooks/${endpoint.id}/recover`, { since: "2000-01-01" })).toMatchObject({
      status: 409,
    });
    expect((await list(endpoint)).deliveries[0].status).toBe("failed");
  });

  it("that failed since a moment are recovered, earlier ones are not", async () => {
    const endpoint = await world.endpoint(member);
    const before = await fail(endpoint);
    const since = new Date().toISOString();
    const after = [await fail(endpoint), await fail(endpoint)];
    await world.consume([(await world.happen(member)).hint]);
    const recover = () => act(`/api/v1/webhooks/${endpoint.id}/recover`, { since });
    expect(await recover()).toMatchObject({ status: 202, data: { recovered: 2 } });
    expect(await recover()).toMatchObject({ status: 202, data: { recovered: 0 } });
    const posted = endpoint.received.length;
    await world.consume();
    expect(
      endpoint.received
        .slice(posted)
        .map((r) => r.id)
        .sort(),
    ).toEqual(after.map((f) => f.event_id).sort());
    expect((await list(endpoint, "?status=failed")).deliveries).toMatchObject([{ id: before.id }]);
  });

  it("are recovered a thousand at a time, the oldest first", async () => {
    const endpoint = await world.endpoint(member);
    const ids = Array.from({ length: 1200 }, (_, i) => `evt_${(Date.now() + i).toString(16).padStart(12, "0")}`);
    await env.DB.prepare(
      "INSERT INTO deliveries (webhook_id, campaign_id, event_id, type, status) SELECT ?, 0, value, 'webhook.test', 'failed' FROM json_each(?)",
    )
      .bind(endpoint.id, JSON.stringify(ids))
      .run();
    const recover = () => act(`/api/v1/webhooks/${endpoint.id}/recover`, { since: "2000-01-01T00:00:00Z" });
    expect((await recover()).data).toEqual({ recovered: 1000, next: null });
    const left = await list(endpoint, "?status=failed&limit=1&page=200");
    expect(left).toMatchObject({ deliveries: [{ event_id: ids[1000] }], pagination: { total: 200 } });
    expect((await recover()).data).toEqual({ recovered: 200, next: null });
    expect(world.queued()).toHaveLength(24);
  });

  it.each([[{}], [{ since: "yesterday" }], [{ since: 5 }], [{ since: null }]])(
    "are not recovered since %j",
    async (body) => {
      const endpoint = await world.endpoint(member);
      expect(await act(`/api/v1/webhooks/${endpoint.id}/recover`, body)).toMatchObject({
        status: 400,
        details: [{ path: "since" }],
      });
    },
  );

  it("keep the last 20 attempts, however often they were restarted", async () => {
    const endpoint = await world.endpoint(member, {}, () => new Response("no", { status: 500 }));
    const { ids } = await world.happen(member);
    for (let i = 0; i < 23; i++) {
      await act(`/api/v1/deliveries/${ids[0]}/retry`);
      await world.consume();
      world.loseMessages();
      world.later(SECOND);
    }
    const { attempts } = (await list(endpoint)).deliveries[0];
    expect(attempts).toHaveLength(20);
    expect(attempts.map((a: { at: string }) => a.at)).toEqual(
      endpoint.received.slice(-20).map((r) => new Date(r.at).toISOString()),
    );
  });
});
