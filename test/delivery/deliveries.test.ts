import { env } from "cloudflare:workers";
import { getTableName } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { uses } from "../../src/delivery/uses";
import { newMember, type TestMember } from "../support/client";
import { type Endpoint, faultyDb, hangs, newCampaign, newParticipant, type Outside, outside } from "../support/outside";

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const SCHEDULE = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

let world: Outside;
let member: TestMember;
beforeEach(async () => {
  world = outside();
  // This test's sweeps would find due rows of earlier tests.
  await env.DB.prepare("UPDATE deliveries SET status = 'failed' WHERE status = 'pending'").run();
  member = await world.verified();
});
afterEach(() => {
  expect(world.unverified).toEqual([]);
  world.close();
});

const fails =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response("no", { status, headers });
const said = (endpoint: Endpoint, n = 0) => JSON.parse(endpoint.received[n]?.body ?? "null");

/** The endpoint's deliveries from the API, oldest first. */
async function log(endpoint: Endpoint) {
  const { data } = await member.get(`/api/v1/webhooks/${endpoint.id}/deliveries?limit=100`);
  return data.deliveries.sort((a: { id: number }, b: { id: number }) => a.id - b.id);
}
const webhook = async (endpoint: Endpoint) => (await member.get(`/api/v1/webhooks/${endpoint.id}`)).data;
const column = async (table: string, name: string, id: number | undefined) =>
  (
    await env.DB.prepare(`SELECT ${name} AS value FROM ${table} WHERE id = ?`)
      .bind(id ?? 0)
      .first<{ value: unknown }>()
  )?.value;

/** Moves the clock to the delivery's due time, and runs the cron and the queue. */
async function untilDue(id: number | undefined) {
  const at = await column("deliveries", "next_attempt_at", id);
  vi.setSystemTime(Number(at));
  await world.cron();
  vi.setSystemTime(Date.now() + SECOND);
  await world.consume();
}

describe("an event's body", () => {
  it("describes a signup: the participant, the referrer, and the share link", async () => {
    const campaign_id = await newCampaign(member);
    const endpoint = await world.endpoint(member);
    const person = await newParticipant(member, campaign_id);
    const facts = { invited_by: 7, invited_social: 2, origin: "https://share.example.com" };
    const { event_id, hint } = await world.happen(member, { campaign_id, participant_id: person.id, data: facts });
    const result = await world.consume([hint]);
    expect(result).toMatchObject({ ackAll: true, retryBatch: { retry: false } });
    expect(endpoint.received).toHaveLength(1);
    expect(endpoint.received[0]).toMatchObject({ id: event_id, timestamp: Date.now() / 1000, url: endpoint.link });
    expect(said(endpoint)).toEqual({
      id: event_id,
      type: "participant.signup",
      api_version: "2026-11-28",
      sequence: person.id * 2 ** 20,
      created: new Date().toISOString(),
      timestamp: new Date().toISOString(),
      livemode: true,
      data: {
        campaign_id,
        participant_id: person.id,
        email: person.email,
        name: "Grace Hopper",
        date_signedup: new Date().toISOString(),
        invited_by: 7,
        invited_social: 2,
        referrer: null,
        referral_code: expect.stringMatching(/^[\w-]+\.[\w-]+$/),
        share_url: expect.stringMatching(/^https:\/\/share\.example\.com\/t\//),
        external_id: "crm-7",
        metadata: { plan: "pro" },
      },
    });
    expect(Object.fromEntries(endpoint.received[0]?.headers ?? [])).toEqual({
      "content-type": "application/json",
      "user-agent": "Referrals-Webhooks/1.0",
      "webhook-id": event_id,
      "webhook-timestamp": String(Date.now() / 1000),
      "webhook-signature": expect.stringMatching(/^v1,[\w+/]{43}=$/),
    });
  });

  it("has no data of a person who was erased before it was sent", async () => {
    const campaign_id = await newCampaign(member);
    const endpoint = await world.endpoint(member);
    const gone = { email: null, name: null, external_id: null, metadata: null };
    const person = await newParticipant(member, campaign_id, { ...gone, status: "erased" });
    const { hint } = await world.happen(member, { campaign_id, participant_id: person.id });
    await world.consume([hint]);
    expect(said(endpoint).data).toMatchObject({ participant_id: person.id, ...gone });
  });

  it("has a reward with its coupon and participant, as of the event", async () => {
    const campaign_id = await newCampaign(member);
    const endpoint = await world.endpoint(member);
    const person = await newParticipant(member, campaign_id);
    const reward_id = person.id * 64;
    await env.DB.batch([
      env.DB.prepare(
        "INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, cash_cents, date_earned, date_fulfilled, earn_event) VALUES (?, ?, ?, ?, 'referrer', 1, 'fulfilled', 1250, ?, ?, 'evt_x')",
      ).bind(reward_id, member.id, campaign_id, person.id, Date.now(), Date.now()),
      env.DB.prepare(
        "INSERT INTO coupons (id, campaign_id, code, code_key, reward_id) VALUES (?, ?, 'Ten-Off', 'ten-off', ?)",
      ).bind(reward_id, campaign_id, reward_id),
    ]);
    const about = { campaign_id, participant_id: person.id, reward_id };
    const waits = await world.happen(member, {
      ...about,
      type: "reward.pending",
      data: { status: "pending", origin: "https://x.example" },
    });
    const given = await world.happen(member, {
      ...about,
      type: "reward.fulfilled",
      data: { status: "fulfilled", origin: "https://x.example" },
    });
    await world.consume([waits.hint]);
    await world.consume([given.hint]);
    const reward = {
      id: reward_id,
      campaign_id,
      participant_id: person.id,
      role: "referrer",
      reward_type: 1,
      type: "coupon",
    };
    const participant = { id: person.id, email: person.email, name: "Grace Hopper", external_id: "crm-7" };
    expect(said(endpoint, 0)).toMatchObject({
      type: "reward.pending",
      data: { ...reward, status: "pending", coupon: null, date_fulfilled: null, participant },
    });
    expect(said(endpoint, 1)).toMatchObject({
      type: "reward.fulfilled",
      data: {
        ...reward,
        status: "fulfilled",
        coupon: "Ten-Off",
        cash_value: 12.5,
        date_fulfilled: new Date().toISOString(),
        participant,
      },
    });
    expect(said(endpoint, 1).data).not.toHaveProperty("cash_cents");
    expect(said(endpoint, 1).data).not.toHaveProperty("origin");
  });

  it("names the participant and channel of a share, and the facts of all other events", async () => {
    const campaign_id = await newCampaign(member);
    const endpoint = await world.endpoint(member);
    const person = await newParticipant(member, campaign_id);
    const origin = "https://share.example.com";
    const share = { type: "participant.share" as const, data: { social_type: 2, origin } };
    const low = { type: "coupons.low" as const, data: { campaign_id, available: 5, total: 50 } };
    await world.consume([(await world.happen(member, { campaign_id, participant_id: person.id, ...share })).hint]);
    await world.consume([(await world.happen(member, { campaign_id, ...low })).hint]);
    expect(said(endpoint, 0).data).toEqual({
      campaign_id,
      participant_id: person.id,
      email: person.email,
      name: "Grace Hopper",
      social_type: 2,
      referral_code: expect.any(String),
      share_url: expect.stringContaining(origin),
    });
    expect(said(endpoint, 1)).toMatchObject({ type: "coupons.low", data: low.data });
  });

  it("is sent to every matching webhook of the account or the campaign, and to no other", async () => {
    const stranger = await newMember();
    const [campaign_id, other] = [await newCampaign(member), await newCampaign(member)];
    const wanted = [
      await world.endpoint(member),
      await world.endpoint(member, { campaign_id }),
      await world.endpoint(member, { campaign_id, events: ["coupons.low", "participant.signup"] }),
    ];
    const off = await world.endpoint(member);
    await member.put(`/api/v1/webhooks/${off.id}`, { status: "disabled" });
    const unwanted = [
      off,
      await world.endpoint(member, { campaign_id: other }),
      await world.endpoint(member, { events: ["reward.pending"] }),
      await world.endpoint(stranger),
    ];
    const person = await newParticipant(member, campaign_id);
    const { event_id, ids, hint } = await world.happen(member, { campaign_id, participant_id: person.id });
    expect(ids).toHaveLength(3);
    await world.consume([hint]);
    for (const endpoint of wanted) expect(endpoint.received.map((r) => r.id)).toEqual([event_id]);
    for (const endpoint of unwanted) expect(endpoint.received).toEqual([]);
  });
});

describe("the schedule", () => {
  it("is ten attempts over 75 hours, under one id and with fresh timestamps", async () => {
    const endpoint = await world.endpoint(member, {}, fails(500));
    const { event_id, ids, hint } = await world.happen(member);
    const started = Date.now();
    await world.consume([hint]);
    for (const [i, delay] of SCHEDULE.entries()) {
      const [{ next_attempt_at, status }] = await log(endpoint);
      const waits = Date.parse(next_attempt_at) - (endpoint.received.at(-1)?.at ?? 0);
      expect(status).toBe("pending");
      expect(waits, `delay ${i}`).toBeGreaterThanOrEqual(0.8 * delay);
      expect(waits, `delay ${i}`).toBeLessThanOrEqual(1.2 * delay + SECOND);
      vi.setSystemTime(Date.parse(next_attempt_at) - 1);
      await world.consume([hint]);
      expect(endpoint.received, "nothing before its time").toHaveLength(i + 1);
      await untilDue(ids[0]);
      expect(endpoint.received).toHaveLength(i + 2);
    }
    expect(endpoint.received.map((r) => r.id)).toEqual(Array(10).fill(event_id));
    expect(endpoint.received.map((r) => r.timestamp)).toEqual(endpoint.received.map((r) => Math.floor(r.at / 1000)));
    expect(new Set(endpoint.received.map((r) => r.timestamp)).size).toBe(10);
    expect(new Set(endpoint.received.map((r) => r.body)).size).toBe(1);
    const sum = SCHEDULE.reduce((a, b) => a + b);
    expect(Math.abs(Date.now() - started - sum)).toBeLessThan(0.2 * sum + MINUTE);

    const [ended] = await log(endpoint);
    expect(ended).toMatchObject({ status: "failed", next_attempt_at: null });
    expect(ended.attempts).toHaveLength(10);
    expect(ended.attempts.every((a: { error: string }) => a.error === "http_500")).toBe(true);
    world.later(30 * HOUR);
    await world.cron();
    await world.consume();
    await world.consume([hint]);
    expect(endpoint.received).toHaveLength(10);
  });

  it("adds random jitter to delays", async () => {
    await world.endpoint(member, {}, fails(500));
    const happened = await Promise.all(Array.from({ length: 20 }, () => world.happen(member)));
    await world.consume(happened.map((h) => h.hint));
    const due = await Promise.all(happened.map((h) => column("deliveries", "next_attempt_at", h.ids[0])));
    expect(new Set(due).size).toBeGreaterThan(10);
  });

  it("leaves delays up to a minute to the queue, and longer ones to the sweep", async () => {
    await world.endpoint(member, {}, fails(500));
    const { ids, hint } = await world.happen(member);
    await world.consume([hint]);
    expect(world.queued()).toHaveLength(1);
    const [message] = world.queued();
    expect(message?.body).toEqual({ v: 1, delivery_ids: ids });
    expect(message?.dueAt).toBeGreaterThanOrEqual(Number(await column("deliveries", "next_attempt_at", ids[0])));
    world.later(7 * SECOND);
    await world.consume();
    expect(world.queued()).toHaveLength(0);
    world.later(3 * MINUTE);
    await world.cron();
    expect(world.queued()).toHaveLength(0);
    world.later(4 * MINUTE);
    await world.cron();
    expect(world.queued()).toHaveLength(1);
  });

  it.each([
    ["1", 5 * SECOND],
    ["7.5", 7.5 * SECOND],
    ["3600", 10 * SECOND],
    [new Date(Date.UTC(2026, 10, 22, 12, 0, 8)).toUTCString(), 8 * SECOND],
    [new Date(Date.UTC(2026, 10, 21)).toUTCString(), 5 * SECOND],
    [new Date(Date.UTC(2030, 1, 1)).toUTCString(), 10 * SECOND],
  ])("respects Retry-After: %s within limits", async (header, delay) => {
    await world.endpoint(member, {}, fails(429, { "Retry-After": header }));
    const { ids, hint } = await world.happen(member);
    await world.consume([hint]);
    expect(Number(await column("deliveries", "next_attempt_at", ids[0])) - Date.now()).toBe(delay);
  });

  it("ignores an invalid Retry-After", async () => {
    await world.endpoint(member, {}, fails(503, { "Retry-After": "soon" }));
    const { ids, hint } = await world.happen(member);
    await world.consume([hint]);
    expect(Number(await column("deliveries", "next_attempt_at", ids[0])) - Date.now()).toBeLessThanOrEqual(6 * SECOND);
  });
});

describe("a response", () => {
  it.each([
    [200, "delivered", null],
    [201, "delivered", null],
    [204, "delivered", null],
    [301, "pending", "redirect"],
    [302, "pending", "redirect"],
    [307, "pending", "redirect"],
    [400, "pending", "http_400"],
    [404, "pending", "http_404"],
    [429, "pending", "http_429"],
    [500, "pending", "http_500"],
    [503, "pending", "http_503"],
  ])("of %i makes it %s", async (status, becomes, error) => {
    const location = { Location: "https://elsewhere.example.com/" };
    const endpoint = await world.endpoint(member, {}, () => new Response(null, { status, headers: location }));
    await world.consume([(await world.happen(member)).hint]);
    expect(await log(endpoint)).toMatchObject([{ status: becomes, attempts: [{ status_code: status, error }] }]);
    expect(world.fetched).toHaveBeenCalledTimes(1);
  });

  it("counts by its status, whatever its body, of which little is read", async () => {
    let pulled = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          type: "bytes",
          pull(controller) {
            pulled++;
            controller.enqueue(new Uint8Array(1024));
          },
        }),
      );
    const broken = () =>
      new Response(
        new ReadableStream({
          type: "bytes",
          pull() {
            throw new Error("reset");
          },
        }),
      );
    const [one, two] = [await world.endpoint(member, {}, endless), await world.endpoint(member, {}, broken)];
    await world.consume([(await world.happen(member)).hint]);
    expect(await log(one)).toMatchObject([{ status: "delivered" }]);
    expect(await log(two)).toMatchObject([{ status: "delivered" }]);
    expect(pulled).toBeLessThan(10);
  });

  it("of 410 disables the webhook at once and ends its other deliveries", async () => {
    const endpoint = await world.endpoint(member, {}, fails(410));
    const happened = [await world.happen(member), await world.happen(member), await world.happen(member)];
    await world.consume(happened.map((h) => h.hint));
    expect(endpoint.received).toHaveLength(1);
    expect(await webhook(endpoint)).toMatchObject({ status: "disabled", disabled_reason: "gone" });
    await world.consume();
    const ended = await log(endpoint);
    expect(ended.map((d: { status: string }) => d.status)).toEqual(["failed", "failed", "failed"]);
    expect(ended.map((d: { attempts: { error: string }[] }) => d.attempts[0]?.error).sort()).toEqual([
      "endpoint_disabled",
      "endpoint_disabled",
      "http_410",
    ]);
    expect(endpoint.received).toHaveLength(1);
    expect((await world.happen(member)).ids).toEqual([]);
    const mails = await env.DB.prepare("SELECT kind FROM mails WHERE webhook_id = ?").bind(endpoint.id).all();
    expect(mails.results).toEqual([{ kind: "webhook_disabled" }]);
  });
});

describe("an endpoint's response", () => {
  const KEPT = 1024;
  const answered = async (reply: () => Response, event: Parameters<Outside["happen"]>[1] = {}) => {
    const endpoint = await world.endpoint(member, {}, reply);
    await world.consume([(await world.happen(member, event)).hint]);
    return (await log(endpoint))[0].attempts[0].answer;
  };
  const refuses = (body: BodyInit | null, headers: Record<string, string> = {}) =>
    answered(() => new Response(body, { status: 500, headers }));
  const HTML = { "Content-Type": "text/html; charset=utf-8" };

  it("is stored with its type for failures, and always for tests", async () => {
    const said = { content_type: "text/html; charset=utf-8", location: null, body: "<p>no</p>", is_cut: false };
    expect(await refuses("<p>no</p>", HTML)).toEqual(said);
    expect(await answered(() => new Response("<p>no</p>", { headers: HTML }))).toBeUndefined();
    expect(await answered(() => new Response("<p>no</p>", { headers: HTML }), { type: "webhook.test" })).toEqual(said);
    expect(await refuses(null)).toEqual({ content_type: null, location: null, body: "", is_cut: false });
    const moved = () => new Response(null, { status: 308, headers: { Location: "https://www.acme.com/hooks/" } });
    expect(await answered(moved)).toMatchObject({ location: "https://www.acme.com/hooks/" });
  });

  it("is stored up to 1024 bytes, cut between characters", async () => {
    expect(await refuses("x".repeat(KEPT))).toMatchObject({ body: "x".repeat(KEPT), is_cut: false });
    expect(await refuses("x".repeat(KEPT + 1))).toMatchObject({ body: "x".repeat(KEPT), is_cut: true });
    expect(await refuses("€".repeat(1_000_000))).toMatchObject({ body: "€".repeat(341), is_cut: true });
    const long = await refuses("x", { "Content-Type": "t".repeat(5000), Location: "l".repeat(5000) });
    expect([long.content_type.length, long.location.length]).toEqual([200, 500]);
  });

  it("is read over all its chunks, and partially if it breaks or hangs", async () => {
    const inPieces = (last: (controller: ReadableByteStreamController) => void | Promise<void>) => {
      const pieces = ["one, ", "two"];
      return new ReadableStream({
        type: "bytes",
        pull(controller) {
          const piece = pieces.shift();
          return piece === undefined ? last(controller) : controller.enqueue(new TextEncoder().encode(piece));
        },
      });
    };
    const breaks = () => {
      throw new Error("reset");
    };
    expect(await refuses(inPieces(breaks))).toMatchObject({ body: "one, two", is_cut: true });
    expect(await refuses(inPieces(() => new Promise(() => {})))).toMatchObject({ body: "one, two", is_cut: true });
  });

  it("is reported as binary if it is not text", async () => {
    for (const bytes of [[0xff, 0xfe], [0xc3], [0x50, 0x4b, 3, 4], [0x61, 0, 0x62]])
      expect((await refuses(new Uint8Array(bytes))).body, String(bytes)).toBeNull();
    expect((await refuses('tabs\t, "quotes",\r\nlines and \ud83d\ude00')).body).toBe(
      'tabs\t, "quotes",\r\nlines and \ud83d\ude00',
    );
  });

  /** An endpoint that echoes its input, and a delivery of a share that only its event records. */
  async function echo(over: { during?: (person: number) => Promise<unknown> } = {}) {
    const campaign_id = await newCampaign(member);
    const person = await newParticipant(member, campaign_id);
    const endpoint = await world.endpoint(member, {}, async ({ body }) => {
      await over.during?.(person.id);
      return new Response(body, { status: 500, headers: { "Content-Type": "application/json" } });
    });
    const about = {
      campaign_id,
      participant_id: person.id,
      type: "participant.share" as const,
      data: { social_type: 1 },
    };
    const { ids, hint } = await world.happen(member, about);
    await world.consume([hint]);
    return { person, endpoint, id: ids[0], kept: async () => String(await column("deliveries", "attempts", ids[0])) };
  }
  const erase = (id: number) => member.delete(`/api/v1/participants/${id}`);

  it("is erased with the event's participant, whatever its type; others stay", async () => {
    const [gone, other] = [await echo(), await echo()];
    await untilDue(gone.id);
    expect(await gone.kept()).toContain(gone.person.email);
    await erase(gone.person.id);
    expect(await gone.kept()).not.toContain("answer");
    expect((await log(gone.endpoint))[0].attempts).toMatchObject([{ status_code: 500 }, { status_code: 500 }]);
    expect(await column("deliveries", "answers_of", gone.id)).toBeNull();
    expect(await other.kept()).toContain(other.person.email);
  });

  it("is not stored for a participant who was erased before or during the delivery", async () => {
    const { person, id, kept, endpoint } = await echo({ during: erase });
    expect(endpoint.received[0]?.body).toContain(person.email);
    expect(JSON.parse(await kept())).toMatchObject([{ status_code: 500 }]);
    expect(await kept()).not.toContain(person.email);
    endpoint.reply = () => new Response(`Who is ${person.email}?`, { status: 404 });
    await untilDue(id);
    expect(JSON.parse(await kept())).toMatchObject([{ status_code: 500 }, { status_code: 404 }]);
    expect(await kept()).not.toContain("answer");
    expect(await column("deliveries", "answers_of", id)).toBeNull();
  });
});

describe("an endpoint's health", () => {
  it("is lost after five days of failures only", async () => {
    const endpoint = await world.endpoint(member, {}, fails(500));
    const first = await world.happen(member);
    await world.consume([first.hint]);
    for (const _ of SCHEDULE) await untilDue(first.ids[0]);
    expect(await webhook(endpoint)).toMatchObject({ status: "active", disabled_reason: null });
    const second = await world.happen(member);
    await world.consume([second.hint]);
    while ((await webhook(endpoint)).status === "active") await untilDue(second.ids[0]);
    const failing = Date.now() - Number(await column("webhooks", "failing_since", endpoint.id));
    expect(failing).toBeGreaterThanOrEqual(5 * DAY);
    expect(await webhook(endpoint)).toMatchObject({ disabled_reason: "failing" });
    await untilDue(second.ids[0]);
    expect((await log(endpoint)).at(-1)).toMatchObject({ status: "failed", next_attempt_at: null });
  });

  it("is restored by a single success, or by enabling it again", async () => {
    const endpoint = await world.endpoint(member, {}, fails(500));
    const first = await world.happen(member);
    await world.consume([first.hint]);
    expect(await column("webhooks", "failing_since", endpoint.id)).not.toBeNull();
    endpoint.reply = () => new Response("ok");
    await untilDue(first.ids[0]);
    expect(await column("webhooks", "failing_since", endpoint.id)).toBeNull();
    endpoint.reply = fails(410);
    await world.consume([(await world.happen(member)).hint]);
    await member.put(`/api/v1/webhooks/${endpoint.id}`, { status: "active" });
    expect(await webhook(endpoint)).toMatchObject({ status: "active", disabled_reason: null });
    endpoint.reply = () => new Response("ok");
    const { hint } = await world.happen(member);
    await world.consume([hint]);
    expect((await log(endpoint)).at(-1)).toMatchObject({ status: "delivered" });
  });

  it("is not affected by a URL that has since been replaced", async () => {
    const endpoint = await world.endpoint(member, {}, async () => {
      await member.put(`/api/v1/webhooks/${endpoint.id}`, { link: "https://new.example.com/" });
      return new Response("gone", { status: 410 });
    });
    await world.consume([(await world.happen(member)).hint]);
    expect(await webhook(endpoint)).toMatchObject({ status: "active", link: "https://new.example.com/" });
  });
});

describe("an endpoint that hangs", () => {
  const impatient = () => {
    const real = AbortSignal.timeout.bind(AbortSignal);
    return vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => real(ms / 100));
  };

  it("times out after 15 seconds, and delays no other endpoint, nor its own others repeatedly", async () => {
    const patience = impatient();
    const [slow, quick] = [await world.endpoint(member, {}, hangs), await world.endpoint(member)];
    const happened = await Promise.all(Array.from({ length: 8 }, () => world.happen(member)));
    await world.consume(happened.map((h) => h.hint));
    expect(patience.mock.calls.every(([ms]) => ms === 15_000)).toBe(true);
    expect((await log(quick)).filter((d: { status: string }) => d.status === "delivered")).toHaveLength(8);
    const waiting = await log(slow);
    expect(slow.received).toHaveLength(1);
    expect(waiting.flatMap((d: { attempts: unknown[] }) => d.attempts)).toMatchObject([
      { error: "timeout", status_code: null },
    ]);
    expect(waiting.every((d: { status: string }) => d.status === "pending")).toBe(true);
    const leases = await env.DB.prepare(
      "SELECT count(*) AS n FROM deliveries WHERE webhook_id = ? AND lease IS NOT NULL",
    )
      .bind(slow.id)
      .first<{ n: number }>();
    expect(leases?.n).toBe(0);

    slow.reply = () => new Response("ok");
    world.later(20 * SECOND);
    await world.consume();
    expect((await log(slow)).every((d: { status: string }) => d.status === "delivered")).toBe(true);
    expect(slow.received).toHaveLength(9);
  });

  it("delays neither the queue nor the results of other deliveries", async () => {
    let give = () => {};
    const held = new Promise<void>((resolve) => {
      give = resolve;
    });
    const [slow, quick] = [
      await world.endpoint(member, {}, () => held.then(() => new Response("ok"))),
      await world.endpoint(member),
    ];
    const { acknowledged, rest } = await world.hand([(await world.happen(member)).hint]);
    expect(acknowledged).toMatchObject({ ackAll: true });
    expect(await log(quick)).toMatchObject([{ status: "delivered" }]);
    expect(await log(slow)).toMatchObject([{ status: "pending", attempts: [] }]);
    give();
    await rest;
    expect(await log(slow)).toMatchObject([{ status: "delivered", attempts: [{ status_code: 200 }] }]);
    expect([slow.received.length, quick.received.length]).toEqual([1, 1]);
  });

  it("leaves no time for its own long queue, which waits for another round", async () => {
    const slow = await world.endpoint(member, {}, () => {
      world.later(3 * SECOND);
      return new Response("ok");
    });
    const happened = await Promise.all(Array.from({ length: 20 }, () => world.happen(member)));
    await world.consume(happened.map((h) => h.hint));
    const some = slow.received.length;
    expect(some).toBeLessThan(12);
    world.later(10 * SECOND);
    await world.consume();
    expect(slow.received.length).toBeGreaterThan(some);
    const attempted = (await log(slow)).filter((d: { attempts: unknown[] }) => d.attempts.length > 0);
    expect(attempted).toHaveLength(slow.received.length);
  });

  it("is tried less often the longer it hangs", async () => {
    const unreachable = await world.endpoint(member, {}, () => Promise.reject(new TypeError("refused")));
    await world.consume([(await world.happen(member)).hint]);
    world.later(10 * MINUTE);
    world.loseMessages();
    const more = [await world.happen(member), await world.happen(member), await world.happen(member)];
    await world.consume(more.map((h) => h.hint));
    const [, , ...putBack] = await log(unreachable);
    expect(putBack).toHaveLength(2);
    for (const { attempts, next_attempt_at } of putBack) {
      expect(attempts).toEqual([]);
      expect(Date.parse(next_attempt_at) - Date.now()).toBeGreaterThan(7 * MINUTE);
    }
    expect((await log(unreachable))[1].attempts).toMatchObject([{ error: "connect_error" }]);
  });

  // Cloudflare responds for an unreachable endpoint, where other runtimes throw.
  it.each([
    ...[519, 531].map((status) => [status, `http_${status}`] as const),
    ...[520, 521, 522, 523, 524, 525, 526, 527, 530].map((status) => [status, "connect_error"] as const),
  ])("that returns %i has failed with %s", async (status, error) => {
    const endpoint = await world.endpoint(member, {}, () => new Response("error code: 1016", { status }));
    await world.consume([(await world.happen(member)).hint]);
    const more = [await world.happen(member), await world.happen(member)];
    await world.consume(more.map((h) => h.hint));
    const [first, , last] = await log(endpoint);
    expect(first).toMatchObject({ status: "pending", attempts: [{ status_code: status, error }] });
    // One attempt shows that it is still unreachable. A responding server gets each delivery.
    expect(endpoint.received).toHaveLength(error === "connect_error" ? 2 : 3);
    expect(last.attempts).toHaveLength(error === "connect_error" ? 0 : 1);
  });

  it("may hang during its response body: the status counts", async () => {
    impatient();
    const stuck = () => new Response(new ReadableStream({ type: "bytes", pull: () => new Promise<void>(() => {}) }));
    const endpoint = await world.endpoint(member, {}, stuck);
    await world.consume([(await world.happen(member)).hint]);
    expect(await log(endpoint)).toMatchObject([{ status: "delivered" }]);
  });

  it("has at most four concurrent requests, and all endpoints together six", async () => {
    const counts = { all: 0, most: 0 };
    const { promise: isFull, resolve: fill } = Promise.withResolvers<void>();
    const busy = () => {
      const own = { all: 0, now: 0, most: 0 };
      const reply = async (...asked: Parameters<typeof hangs>) => {
        counts.most = Math.max(counts.most, ++counts.all);
        own.most = Math.max(own.most, ++own.now);
        if (counts.all === 6) fill();
        // Each endpoint gets one request at a time until its first response; after that, nobody responds before six have arrived.
        if (own.all++ > 0) await Promise.race([isFull, hangs(...asked)]).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 2));
        counts.all--;
        own.now--;
        return new Response("ok");
      };
      return { own, reply };
    };
    const kinds = [busy(), busy(), busy()];
    for (const { reply } of kinds) await world.endpoint(member, {}, reply);
    const happened = await Promise.all(Array.from({ length: 12 }, () => world.happen(member)));
    await world.consume(happened.map((h) => h.hint));
    expect(counts.most).toBe(6);
    for (const { own } of kinds) expect(own.most).toBeLessThanOrEqual(4);
    expect(world.fetched).toHaveBeenCalledTimes(36);
  });

  it("waits behind endpoints that recently worked", async () => {
    const order: string[] = [];
    const noting = (name: string) => async () => {
      order.push(name);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return new Response("ok");
    };
    const bad = await Promise.all(Array.from({ length: 9 }, () => world.endpoint(member, {}, fails(500))));
    await world.consume([(await world.happen(member)).hint]);
    for (const endpoint of bad) endpoint.reply = noting("bad");
    await world.endpoint(member, {}, noting("good"));
    await world.consume([(await world.happen(member)).hint]);
    expect(order.indexOf("good")).toBeLessThan(6);
    expect(order).toHaveLength(10);
  });
});

describe("queue messages", () => {
  it("may repeat, be mixed, and be late: each event is posted once", async () => {
    const endpoint = await world.endpoint(member);
    const happened = await Promise.all(Array.from({ length: 5 }, () => world.happen(member)));
    const hints = happened.map((h) => h.hint);
    await world.consume([...hints, ...hints.toReversed(), ...hints]);
    await world.consume(hints);
    world.later(DAY);
    await world.consume(hints.toReversed());
    expect(endpoint.received.map((r) => r.id).sort()).toEqual(happened.map((h) => h.event_id).sort());
  });

  it("may reach two consumers at once: one of them posts", async () => {
    const endpoint = await world.endpoint(member, {}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response("ok");
    });
    const { hint } = await world.happen(member);
    await Promise.all([1, 2, 3, 4].map(() => world.consume([hint])));
    expect(endpoint.received).toHaveLength(1);
    expect((await log(endpoint))[0].attempts).toHaveLength(1);
  });

  it("may all be lost: the sweep delivers every event", async () => {
    const endpoint = await world.endpoint(member);
    const happened = await Promise.all(Array.from({ length: 60 }, () => world.happen(member)));
    await world.cron();
    expect(world.queued(), "messages are believed to be under way for a minute").toEqual([]);
    world.later(61 * SECOND);
    await world.cron();
    expect(world.queued()).toHaveLength(2);
    world.loseMessages();
    world.later(MINUTE);
    await world.cron();
    expect(world.queued(), "and the sweep's for five").toEqual([]);
    world.later(4 * MINUTE + SECOND);
    await world.cron();
    await world.consume();
    expect(new Set(endpoint.received.map((r) => r.id))).toEqual(new Set(happened.map((h) => h.event_id)));
    expect(endpoint.received).toHaveLength(60);
  });

  it("of an unknown kind are acknowledged", async () => {
    const endpoint = await world.endpoint(member);
    const { hint } = await world.happen(member);
    const result = await world.consume([
      null,
      "x",
      { v: 2, delivery_ids: [1] },
      { v: 1, delivery_ids: ["1"] },
      { v: 1 },
      hint,
    ]);
    expect(result).toMatchObject({ ackAll: true });
    expect(endpoint.received).toHaveLength(1);
  });

  it("beyond one round go back to the queue", async () => {
    const endpoint = await world.endpoint(member);
    const happened = await Promise.all(Array.from({ length: 230 }, () => world.happen(member)));
    await world.consume(happened.map((h) => h.hint));
    expect(endpoint.received).toHaveLength(200);
    await world.consume();
    expect(new Set(endpoint.received.map((r) => r.id)).size).toBe(230);
  });

  it("cost two database calls for any number, and three rows written for each delivery", async () => {
    await world.endpoint(member);
    // The first 2xx is recorded once.
    await world.consume([(await world.happen(member)).hint]);
    const logged = vi.spyOn(console, "log").mockImplementation(() => {});
    const happened = await Promise.all(Array.from({ length: 40 }, () => world.happen(member)));
    await world.consume(happened.map((h) => h.hint));
    const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
    const round = lines.find((line) => line.message === "deliveries");
    expect(round).toMatchObject({ d1_calls: 2, delivered: 40, rows_written: 120 });
    expect(round.rows_read).toBeLessThanOrEqual(40 * 25);
  });

  it("cost the same however many others are due", async () => {
    await world.endpoint(member);
    const happened = [];
    for (let i = 0; i < 300; i++) happened.push(await world.happen(member));
    const [first] = happened;
    const logged = vi.spyOn(console, "log").mockImplementation(() => {});
    await world.consume(first ? [first.hint] : []);
    const round = logged.mock.calls.map(([line]) => JSON.parse(String(line))).find((l) => l.message === "deliveries");
    expect(round).toMatchObject({ d1_calls: 2, delivered: 1 });
    expect(round.rows_read).toBeLessThanOrEqual(30);
  });

  it("may fail to be sent: the sweep makes up for them", async () => {
    const broken = {
      send: () => Promise.reject(new Error("full")),
      sendBatch: () => Promise.reject(new Error("full")),
    };
    const over = { DELIVERIES: broken as unknown as typeof env.DELIVERIES };
    const endpoint = await world.endpoint(member, {}, fails(500));
    const { hint } = await world.happen(member);
    expect(await world.consume([hint], over)).toMatchObject({ ackAll: true });
    endpoint.reply = () => new Response("ok");
    world.later(70 * SECOND);
    await world.cron();
    await world.consume();
    expect(await log(endpoint)).toMatchObject([{ status: "delivered", attempts: [{}, {}] }]);
  });
});

describe("a crash", () => {
  it("after the receiver's 2xx and before it was recorded: the event is sent again under the same id", async () => {
    const endpoint = await world.endpoint(member);
    const { event_id, hint } = await world.happen(member);
    const dies = faultyDb((call, run) => (call === 1 ? run() : Promise.reject(new Error("D1_ERROR: gone"))));
    expect(await world.consume([hint], { DB: dies })).toMatchObject({
      ackAll: false,
      retryBatch: { retry: true },
    });
    await world.consume([hint]);
    await world.cron();
    await world.consume();
    expect(endpoint.received, "the lease is kept").toHaveLength(1);
    world.later(61 * SECOND);
    await world.cron();
    await world.consume();
    expect(endpoint.received.map((r) => r.id)).toEqual([event_id, event_id]);
    expect(await log(endpoint)).toMatchObject([{ status: "delivered", attempts: [{ error: null }] }]);
  });

  it("that loses only the database's response: the result is recorded once", async () => {
    const endpoint = await world.endpoint(member, {}, fails(500));
    const { hint } = await world.happen(member);
    const lost = faultyDb(async (call, run) => {
      const results = await run();
      if (call === 2) throw new Error("D1_ERROR: Network connection lost.");
      return results;
    });
    expect(await world.consume([hint], { DB: lost })).toMatchObject({ ackAll: true });
    expect((await log(endpoint))[0].attempts).toHaveLength(1);
    expect(endpoint.received).toHaveLength(1);
  });

  it("before anything was claimed: the queue tries again", async () => {
    const endpoint = await world.endpoint(member);
    const { hint } = await world.happen(member);
    const down = faultyDb(() => Promise.reject(new Error("D1_ERROR: overloaded")));
    expect(await world.consume([hint], { DB: down })).toMatchObject({ retryBatch: { retry: true } });
    await world.consume([hint]);
    expect(endpoint.received).toHaveLength(1);
  });

  it("that outlives its lease does not overwrite a newer result", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const endpoint = await world.endpoint(member, {}, async () => {
      if (endpoint.received.length === 1) {
        await held;
        return new Response("no", { status: 500 });
      }
      return new Response("ok");
    });
    const { hint } = await world.happen(member);
    const first = world.consume([hint]);
    while (endpoint.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    world.later(61 * SECOND);
    await world.consume([hint]);
    expect(await log(endpoint)).toMatchObject([{ status: "delivered" }]);
    release();
    await first;
    expect(await log(endpoint)).toMatchObject([{ status: "delivered", attempts: [{ error: null }] }]);
  });

  it("during two concurrent sweeps sends nothing twice", async () => {
    await world.endpoint(member);
    const happened = await Promise.all(Array.from({ length: 30 }, () => world.happen(member)));
    world.later(61 * SECOND);
    await Promise.all([world.cron(), world.cron(), world.cron()]);
    const sent = world.queued().flatMap((m) => (m.body as { delivery_ids: number[] }).delivery_ids);
    expect(sent.sort()).toEqual(happened.flatMap((h) => h.ids).sort());
  });
});

describe("a hostname", () => {
  const DOH = { DOH_URL: "https://resolver.example.net/dns-query" };
  /** Names resolve to this; everything else is unchanged. */
  function resolvesTo(address: () => string | null) {
    const deliver = world.fetched.getMockImplementation();
    const asked = vi.fn();
    world.fetched.mockImplementation(async (input, init) => {
      const url = new URL(String(input));
      if (url.hostname !== "resolver.example.net") return deliver?.(input, init) ?? new Response();
      asked(url.searchParams.get("name"));
      const data = address();
      if (data === null) throw new TypeError("no route");
      const wanted = url.searchParams.get("type") === (data.includes(":") ? "AAAA" : "A");
      return Response.json({ Status: 0, Answer: wanted ? [{ type: data.includes(":") ? 28 : 1, data }] : [] });
    });
    return asked;
  }

  it("that starts to resolve to a private address is not posted to until it is public again", async () => {
    const endpoint = await world.endpoint(member);
    let address = "10.0.0.7";
    resolvesTo(() => address);
    const { ids, hint } = await world.happen(member);
    await world.consume([hint], DOH);
    expect(endpoint.received).toHaveLength(0);
    expect(await log(endpoint)).toMatchObject([{ attempts: [{ error: "dns_blocked", status_code: null }] }]);
    address = "2606:4700::1111";
    vi.setSystemTime(Number(await column("deliveries", "next_attempt_at", ids[0])));
    await world.consume([hint], DOH);
    expect(endpoint.received).toHaveLength(1);
  });

  it("that our resolver cannot resolve fails the attempt, but does not count against the endpoint", async () => {
    const endpoint = await world.endpoint(member);
    resolvesTo(() => null);
    await world.consume([(await world.happen(member)).hint], DOH);
    expect(endpoint.received).toHaveLength(0);
    expect(await log(endpoint)).toMatchObject([{ status: "pending", attempts: [{ error: "dns_error" }] }]);
    expect(await column("webhooks", "failing_since", endpoint.id)).toBeNull();
  });

  it("is resolved once per batch", async () => {
    await world.endpoint(member);
    const asked = resolvesTo(() => "8.8.8.8");
    const happened = await Promise.all(Array.from({ length: 10 }, () => world.happen(member)));
    await world.consume(
      happened.map((h) => h.hint),
      DOH,
    );
    expect(asked).toHaveBeenCalledTimes(2);
    await world.consume([(await world.happen(member)).hint], DOH);
    expect(asked).toHaveBeenCalledTimes(4);
  });

  it("of a local endpoint needs no resolver, and stops working when local ones are not allowed", async () => {
    const asked = resolvesTo(() => "10.0.0.7");
    const local = { ALLOW_LOCAL_WEBHOOKS: "on", ...DOH };
    const made = await member.post("/api/v1/webhooks", { link: "http://127.0.0.1:9999/hook" }, { env: local });
    const endpoint = { id: made.data.id } as Endpoint;
    const posted: string[] = [];
    world.fetched.mockImplementation(async (input) => {
      posted.push(String(input));
      return new Response("ok");
    });
    await world.consume([(await world.happen(member)).hint], local);
    expect(posted).toEqual(["http://127.0.0.1:9999/hook"]);
    expect(asked).not.toHaveBeenCalled();
    world.later(SECOND);
    await world.consume([(await world.happen(member)).hint], DOH);
    expect(posted).toHaveLength(1);
    expect((await log(endpoint)).at(-1)).toMatchObject({ attempts: [{ error: "url_blocked" }] });
  });
});

describe("an undeliverable event", () => {
  it("by our own fault is postponed uncounted, and its neighbors are sent", async () => {
    const [broken, fine] = [await world.endpoint(member), await world.endpoint(member)];
    await env.DB.prepare("UPDATE webhooks SET secret = 'c2VhbGVkIHdpdGggYW5vdGhlciBzZWNyZXQ=' WHERE id = ?")
      .bind(broken.id)
      .run();
    await world.consume([(await world.happen(member)).hint]);
    expect(await log(fine)).toMatchObject([{ status: "delivered" }]);
    expect(await log(broken)).toMatchObject([{ status: "pending", attempts: [] }]);
    expect(await column("webhooks", "failing_since", broken.id)).toBeNull();
  });

  it("of a deleted campaign is deleted", async () => {
    const endpoint = await world.endpoint(member);
    const { event_id, ids, hint } = await world.happen(member);
    await env.DB.prepare("DELETE FROM events WHERE id = ?").bind(event_id).run();
    await world.consume([hint]);
    expect(endpoint.received).toEqual([]);
    expect(await column("deliveries", "id", ids[0])).toBeUndefined();
  });
});

describe("the cron", () => {
  it("deletes deliveries that ended 30 days ago, and nothing else", async () => {
    const endpoint = await world.endpoint(member);
    const campaign_id = await newCampaign(member);
    const [ended, waits] = [await world.happen(member), await world.happen(member)];
    const ofCampaign = await world.happen(member, { campaign_id });
    await world.consume([ended.hint, ofCampaign.hint]);
    await env.DB.prepare("UPDATE deliveries SET hinted_until = ? WHERE id = ?")
      .bind(Date.now() + 90 * DAY, waits.ids[0])
      .run();
    world.later(29 * DAY);
    await world.cron();
    expect(await log(endpoint)).toHaveLength(3);
    world.later(DAY + MINUTE);
    const recent = await world.happen(member);
    await world.consume([recent.hint]);
    await world.cron();
    expect((await log(endpoint)).map((d: { event_id: string }) => d.event_id).sort()).toEqual(
      [waits.event_id, recent.event_id].sort(),
    );
    const kept = await env.DB.prepare("SELECT id FROM events WHERE id IN (?, ?)")
      .bind(ended.event_id, ofCampaign.event_id)
      .all();
    expect(kept.results).toEqual([{ id: ofCampaign.event_id }]);
  });

  it("runs each of its jobs even if others fail", async () => {
    await world.endpoint(member);
    await world.happen(member);
    const key = `key-${crypto.randomUUID()}`;
    await env.DB.prepare(
      "INSERT INTO idempotency_keys (id, fingerprint, request_event, leased_until, expires_at) VALUES (?, '', '', 0, 0)",
    )
      .bind(key)
      .run();
    world.later(61 * SECOND);
    const failing = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = {
      ...env.DELIVERIES,
      sendBatch: () => Promise.reject(new Error("full")),
    } as unknown as typeof env.DELIVERIES;
    let sessions = 0;
    const DB = {
      withSession: (c: string) => (++sessions === 2 ? Promise.reject : env.DB.withSession(c)),
    } as unknown as D1Database;
    await world.cron({ DELIVERIES: broken, DB });
    const lines = failing.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines.filter((line) => line.message === "job failed")).toHaveLength(1);
    expect(await column("idempotency_keys", "id", key as unknown as number)).toBeUndefined();
  });
});

describe("no query", () => {
  /**
   * Scans, except of a query's own rows: parameters, and subqueries with a limit. Jobs, holds, and open alerts, imports, and releases are a
   * dozen rows. For campaigns with unreported codes, and for failed payments, an index has the first ones.
   */
  const SCAN =
    /SCAN (?!CONSTANT ROW|json_each|j VIRTUAL|counted|r$|gone$|people$|told$|seen$|\(subquery|jobs$|accounts$|waiting$|listed$|outbox_holds|(alerts|imports|releases|r) USING INDEX \w+_open|(s|campaign_stats) USING INDEX (campaign_stats|subscriptions)_untold)/;
  /** Due rows, up to a limit, under another name. */
  const TOLD = /^WITH told AS MATERIALIZED .* LIMIT \?.* SCAN [dt]$/s;
  /** The oldest rows in table order, up to a limit: of the outboxes, and of these tables. */
  const listed = [
    ...uses.map(({ outbox }) => getTableName(outbox.table)),
    "audit_entries",
    "goal_falls",
    "import_jobs",
  ];
  const OLDEST = new RegExp(`FROM "?(${listed.join("|")})"? ORDER BY (campaign_)?id LIMIT \\?`);

  it("of the consumer, cron, or API scans a table", async () => {
    const queries = new Set<string>();
    const DB = faultyDb(
      (_, run) => run(),
      (query) => queries.add(query),
    );
    const endpoint = await world.endpoint(member);
    const campaign_id = await newCampaign(member);
    const { ids, hint } = await world.happen(member, { campaign_id });
    await world.consume([hint], { DB });
    await world.cron({ DB });
    const path = `/api/v1/webhooks/${endpoint.id}`;
    const calls: [string, string, unknown?][] = [
      ["GET", "/api/v1/webhooks"],
      ["POST", "/api/v1/webhooks", { link: "https://example.com", campaign_id }],
      ["PUT", path, { campaign_id, link: "https://example.com/2", status: "active" }],
      ["POST", `${path}/secret`],
      ["DELETE", `${path}/secret/previous`],
      ["POST", `${path}/test`],
      ["GET", `${path}/deliveries`],
      ["GET", `${path}/deliveries?status=failed`],
      ["GET", `${path}/deliveries?status=pending`],
      ["POST", `${path}/recover`, { since: "2000-01-01" }],
      ["POST", `/api/v1/deliveries/${ids[0]}/retry`],
      ["GET", "/api/v1/zapier/contacts"],
      ["GET", `/api/v1/zapier/contacts?campaign_id=${campaign_id}`],
      ["POST", "/api/v1/zapier/auth"],
      ["DELETE", path],
    ];
    for (const [method, to, body] of calls)
      expect(
        (await member.call(method, to, body, { env: { ...world.env, DB } })).status,
        `${method} ${to}`,
      ).toBeLessThan(300);

    const walks: string[] = [];
    for (const query of queries) {
      const explained = env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`).bind(
        ...[...query.matchAll(/\?/g)].map(() => null),
      );
      const { results } = await explained.all<{ detail: string }>();
      for (const { detail } of results)
        if (SCAN.test(detail) && !OLDEST.test(query) && !TOLD.test(`${query} ${detail}`))
          walks.push(`${detail} <- ${query.slice(0, 160)}`);
    }
    expect(queries.size).toBeGreaterThan(25);
    expect(walks).toEqual([]);
  });
});
