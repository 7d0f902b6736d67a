import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { newMember, type TestMember } from "../support/client";
import { type Outside, outside } from "../support/outside";

type Told = { id: string; type: string; sequence: number; data: Record<string, unknown> };

const DAY = 86_400_000;
let world: Outside;
let member: TestMember;
let campaign: TestCampaign;
beforeEach(async () => {
  world = outside();
  // Each test begins on the same day.
  await env.DB.prepare("DELETE FROM event_days").run();
  await env.DB.prepare("INSERT INTO event_days (day, participant_id) VALUES ('', 0)").run();
  member = await world.verified();
  campaign = await newCampaign({ reward_type: 3, custom_message: "Yes", num_signups: 1, reward_invited: true }, member);
});
afterEach(() => {
  expect(world.unverified).toEqual([]);
  world.close();
});

/** Reads the log from a number on, like a client. */
async function read(query = "", from: number | string = 0, who = member) {
  const items: Told[] = [];
  for (let after = from; ; ) {
    const { data, status, text } = await who.get(`/api/v1/events?after=${after}${query}`);
    if (status !== 200) throw new Error(text);
    items.push(...data.items);
    after = data.pagination.after;
    if (!data.pagination.has_more) return { items, after };
  }
}
const typesOf = (events: Told[]) => events.map(({ type }) => type);
const sequences = (events: Told[]) => events.map(({ sequence }) => sequence);
const deliver = async (ms = 61_000) => {
  world.later(ms);
  await world.cron();
  await world.consume();
};

describe("the event log", () => {
  it("returns each event once, in order, while several campaigns write", async () => {
    const campaigns = [campaign, await newCampaign({}, member), await newCampaign({}, member)];
    await campaign.refer((await campaign.signUp(someone())).data.referral_code, someone());
    const seen: Told[] = [];
    let after: number | string = 0;
    let isOver = false;
    const reader = (async () => {
      for (let isLast = false; !isLast; ) {
        isLast = isOver;
        const found = await read("&limit=7", after);
        seen.push(...found.items);
        after = found.after;
      }
    })();
    const { referral_code } = (await campaign.signUp(someone())).data;
    await Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        for (let n = 0; n < 6; n++) {
          const { data } = await (client === 0
            ? campaign.refer(referral_code, someone())
            : (campaigns[(client + n) % 3] as TestCampaign).signUp(someone()));
          if (n === 3)
            await member.patch(`/api/v1/participants/${data.participant?.id ?? data.id}`, { status: "blocked" });
        }
      }),
    );
    isOver = true;
    await reader;
    expect(sequences(seen)).toEqual(sequences(seen).toSorted((a, b) => a - b));
    expect(new Set(sequences(seen)).size).toBe(seen.length);
    const { results } = await env.DB.prepare(
      "SELECT e.id FROM events e JOIN campaigns c ON c.id = e.campaign_id WHERE c.member_id = ?",
    )
      .bind(member.id)
      .all<{ id: string }>();
    expect(seen.map(({ id }) => id).toSorted()).toEqual(results.map(({ id }) => id).toSorted());
    expect((await read("&limit=100")).items).toEqual(seen);
    expect((await read("&limit=3&type=participant.blocked,reward.fulfilled")).items).toEqual(
      seen.filter(({ type }) => ["participant.blocked", "reward.fulfilled"].includes(type)),
    );
    const [, second] = campaigns;
    expect((await read(`&limit=2&campaign_id=${second?.id}`)).items).toEqual(
      seen.filter(({ data }) => data.campaign_id === second?.id),
    );
  });

  it("reuses no number, and adds none below a returned one, whatever is deleted", async () => {
    const told = async () => (await read()).items;
    await campaign.signUp(someone());
    const { id } = (await campaign.signUp(someone())).data;
    await member.patch(`/api/v1/participants/${id}`, { status: "blocked" });
    let last = (await told()).at(-1)?.sequence ?? 0;
    const next = async () => {
      const now = (await told()).at(-1)?.sequence ?? 0;
      expect(now).toBeGreaterThan(last);
      last = now;
    };
    await env.DB.prepare("DELETE FROM events WHERE sequence = ?").bind(last).run();
    await member.patch(`/api/v1/participants/${id}`, { status: "active" });
    await next();
    await campaign.signUp(someone());
    last = (await told()).at(-1)?.sequence ?? 0;
    await env.DB.prepare("DELETE FROM participants WHERE id = (SELECT max(id) FROM participants)").run();
    await campaign.signUp(someone());
    await next();
    // An account that has used half of a tick advances the clock.
    await env.DB.prepare(
      "INSERT INTO events (campaign_id, id, type, data, date, member_id, sequence) SELECT ?, 'evt_f', 'coupons.low', '{}', ?, ?, max(id) * 1048576 + 524288 FROM participants",
    )
      .bind(campaign.id, Date.now(), member.id)
      .run();
    await next();
    await member.patch(`/api/v1/participants/${id}`, { status: "blocked" });
    await next();
    expect(last % 1_048_576).toBe(64);
    await campaign.signUp(someone());
    await next();
  });

  it("numbers the events of the previous release", async () => {
    await env.DB.prepare(
      "INSERT INTO events (campaign_id, id, type, data, date) VALUES (?, 'evt_a', 'coupons.low', '{}', ?)",
    )
      .bind(campaign.id, Date.now())
      .run();
    const { id } = (await campaign.signUp(someone())).data;
    await member.patch(`/api/v1/participants/${id}`, { status: "blocked" });
    expect(typesOf((await read()).items)).toEqual(["coupons.low", "participant.signup", "participant.blocked"]);
  });

  it("belongs to the account, and begins 30 days ago", async () => {
    const other = await newMember();
    await campaign.signUp(someone());
    const [event] = (await read()).items;
    expect((await read("", 0, other)).items).toEqual([]);
    expect((await other.get(`/api/v1/events/${event?.id}`)).status).toBe(404);
    expect((await other.get(`/api/v1/events?campaign_id=${campaign.id}`)).status).toBe(404);
    expect((await member.get(`/api/v1/events/${event?.id}`)).data).toEqual(event);
    for (const query of ["after=-1", "after=x", "type=participant.left", "type=participant.signup,", "campaign_id=x"])
      expect((await member.get(`/api/v1/events?${query}`)).status, query).toBe(400);
    expect((await member.get("/api/v1/events?typ=a")).data.ignored).toEqual(["typ"]);
    const { after } = await read("", "latest");
    for (const days of [1, 31]) {
      world.later(days * DAY);
      await world.cron();
    }
    await campaign.signUp(someone());
    expect((await read()).items).toHaveLength(1);
    expect((await read("", after)).items).toHaveLength(1);
    expect((await member.get(`/api/v1/events/${event?.id}`)).status).toBe(404);
  });
});

describe("an event's body", () => {
  it("is the same at every endpoint and attempt, whatever changes, until the participant is erased", async () => {
    const failing = () => new Response(null, { status: 503 });
    const [first, second] = [await world.endpoint(member, {}, failing), await world.endpoint(member)];
    const ada = (await campaign.signUp(someone(), { name: "Ada", metadata: { plan: "a" } })).data;
    const friend = (await campaign.refer(ada.referral_code, someone(), { name: "Bo" })).data.participant;
    await deliver();
    const change = { name: "Ada Lovelace", email: someone(), external_id: "crm-1", metadata: { plan: "b" } };
    await member.patch(`/api/v1/participants/${ada.id}`, change);
    const [reward] = await campaign.rewards(`&participant_id=${ada.id}`);
    await member.patch(`/api/v1/rewards/${reward.id}`, { status: "revoked" });
    first.reply = () => new Response(null, { status: 204 });
    await deliver(400_000);
    const { items } = await read();
    const bodies = (id: string) =>
      [...first.received, ...second.received].filter((got) => got.id === id).map(({ body }) => body);
    for (const event of items) {
      expect(bodies(event.id).length, event.type).toBeGreaterThan(1);
      expect(new Set([JSON.stringify(event), ...bodies(event.id)]).size, event.type).toBe(1);
    }
    const [joined, referred] = items.filter(({ type }) => type === "participant.signup");
    expect(joined?.data).toMatchObject({ name: "Ada", metadata: { plan: "a" }, referrer: null });
    expect(referred?.data).toMatchObject({
      participant_id: friend.id,
      referrer: { id: ada.id, name: "Ada", referral_code: ada.referral_code },
    });
    const earned = items.find(({ type, data }) => type === "reward.fulfilled" && data.participant_id === ada.id);
    expect(earned?.data).toMatchObject({ status: "fulfilled", participant: { name: "Ada", metadata: { plan: "a" } } });
    expect(items.find(({ type }) => type === "participant.updated")?.data).toMatchObject({
      ...change,
      changed: ["email", "name", "external_id", "metadata"],
      previous: { email: ada.email, name: "Ada", external_id: null, metadata: { plan: "a" } },
    });

    await member.delete(`/api/v1/participants/${ada.id}`);
    const after = JSON.stringify((await read()).items);
    for (const word of ["Ada", "crm-1", change.email, ada.email, '"plan"']) expect(after).not.toContain(word);
    expect((await read()).items.map(({ id }) => id).slice(0, items.length)).toEqual(items.map(({ id }) => id));
  });

  it("has the changes of a PATCH, an upsert, and a batch, and nothing else", async () => {
    const email = someone();
    const { id } = (await campaign.signUp(email, { name: "Ada", metadata: { plan: "a" } })).data;
    const upsert = (fields: object) =>
      member.post("/api/v1/signups?upsert=true", { campaign_id: campaign.id, email, name: "Ada", ...fields });
    await member.patch(`/api/v1/participants/${id}`, { name: "Ada", metadata: { plan: "a" } });
    await upsert({ metadata: { plan: "a" } });
    expect(typesOf((await read()).items)).toEqual(["participant.signup"]);
    await upsert({ external_id: "crm-1" });
    const signups = [{ email, name: "Ada L" }];
    await member.post("/api/v1/signups/batch?upsert=true", { campaign_id: campaign.id, signups });
    await member.patch(`/api/v1/participants/${id}`, { metadata: null });
    expect((await read("&type=participant.updated")).items.map(({ data }) => [data.changed, data.previous])).toEqual([
      [["external_id"], { external_id: null }],
      [["name"], { name: "Ada" }],
      [["metadata"], { metadata: { plan: "a" } }],
    ]);
  });
});

it("can be replayed to a webhook, including one that is newer or was disabled", async () => {
  const early = await world.endpoint(member);
  await campaign.signUp(someone());
  await deliver();
  const { after } = await read("", "latest");
  world.later(3_600_000);
  const before = new Date(Date.now() - 1).toISOString();
  const from = new Date().toISOString();
  const { id } = (await campaign.signUp(someone())).data;
  await member.patch(`/api/v1/participants/${id}`, { status: "blocked" });
  await deliver();
  const later = await world.endpoint(member, { events: ["participant.signup", "participant.blocked"] });
  const replay = (webhook: number, body: object, who = member) =>
    who.post(`/api/v1/webhooks/${webhook}/replay`, body, { env: world.env });
  const replayed = async (webhook: number, body: object) => (await replay(webhook, body)).data;

  expect(await replayed(later.id, { from })).toEqual({ replayed: 2, next: null });
  expect(await replayed(early.id, { after_sequence: after, types: ["participant.blocked"] })).toMatchObject({
    replayed: 1,
  });
  early.received.splice(0);
  await deliver();
  const { items } = await read("", after as number);
  expect(later.received.map(({ body }) => body).toSorted()).toEqual(items.map((e) => JSON.stringify(e)).toSorted());
  expect(early.received.map(({ id }) => id)).toEqual([items[1]?.id]);
  expect(await replayed(later.id, { from: "2026-01-01", to: before, types: ["participant.signup"] })).toMatchObject({
    replayed: 1,
  });
  expect(await replayed(later.id, { from: new Date(Date.now() + DAY).toISOString() })).toMatchObject({ replayed: 0 });

  expect((await replay(later.id, {})).status).toBe(400);
  expect((await replay(later.id, { from }, await newMember())).status).toBe(404);
  await member.put(`/api/v1/webhooks/${later.id}`, { status: "disabled" });
  expect((await replay(later.id, { from })).status).toBe(409);
});
