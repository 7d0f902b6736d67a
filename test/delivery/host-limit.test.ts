import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newDomain, type TestMember } from "../support/client";
import { type Outside, outside } from "../support/outside";

let world: Outside;
beforeEach(() => {
  world = outside();
});
afterEach(() => world.close());

const MINUTE = 60_000;

/** A window of the platform's limit, with the test's clock. */
function limitOf(quota: number) {
  const used = new Map<string, number>();
  return {
    used,
    limit: async ({ key }: { key: string }) => {
      const window = `${Math.floor(Date.now() / MINUTE)} ${key}`;
      used.set(window, (used.get(window) ?? 0) + 1);
      return { success: (used.get(window) ?? 0) <= quota };
    },
  };
}

const settings = (host: number, fresh: number, { share = host, busy = host, freshShare = fresh } = {}) =>
  ({
    RATE_LIMITS: "on",
    HOST_LIMIT: limitOf(host),
    BUSY_HOST_LIMIT: limitOf(busy),
    HOST_SHARE: limitOf(share),
    NEW_HOST_LIMIT: limitOf(fresh),
    NEW_HOST_SHARE: limitOf(freshShare),
  }) as unknown as Partial<typeof env>;

/** How many POSTs of two accounts arrive in one minute at a host, if the first one has thirty before the other has three. */
async function besidesBusy(over: Partial<typeof env>, { isProven }: { isProven: boolean }) {
  const [busy, other] = [await world.verified(), await world.verified()];
  const host = await world.endpoint(busy, {}, () => new Response("", { status: isProven ? 200 : 500 }));
  host.secrets.push((await other.post("/api/v1/webhooks", { link: `${host.link}?other` })).data.secret);
  await env.DB.prepare("UPDATE webhooks SET is_unproven = ? WHERE member_id IN (?, ?)")
    .bind(Number(!isProven), busy.id, other.id)
    .run();
  for (const [member, count] of [
    [busy, 30],
    [other, 3],
  ] as const) {
    const ids: number[] = [];
    for (let n = 0; n < count; n++) ids.push(...(await world.happen(member)).ids);
    await world.consume([{ v: 1, delivery_ids: ids }], over);
  }
  const ours = host.received.filter(({ url }) => url.endsWith("?other")).length;
  return { theirs: host.received.length - ours, ours };
}

/** Consumes due deliveries, including those that the sweep finds, for some minutes. */
async function minutes(count: number, over: Partial<typeof env>) {
  for (let n = 0; n < count; n++) {
    for (let rounds = 0; rounds < 8; rounds++) await world.consume(undefined, over);
    world.later(MINUTE + 15_000);
    await world.cron(over);
  }
}

/** Accounts with a webhook each, all to URLs of one host, and an event for each account. */
async function crowd(accounts: number, events: number) {
  const { link, received, ...victim } = await world.endpoint(await world.verified());
  const members: TestMember[] = [];
  for (let n = 0; n < accounts; n++) members.push(await world.verified());
  const secrets = await Promise.all(
    members.map(async (member, n) => (await member.post("/api/v1/webhooks", { link: `${link}?n=${n}` })).data.secret),
  );
  victim.secrets.push(...secrets);
  const ids: number[] = [];
  for (const member of members) for (let n = 0; n < events; n++) ids.push(...(await world.happen(member)).ids);
  return { received, ids, hints: [{ v: 1, delivery_ids: ids }] };
}
const statuses = async (ids: number[]) => {
  const { results } = await env.DB.prepare(
    "SELECT status, attempt_count, attempts FROM deliveries WHERE id IN (SELECT value FROM json_each(?))",
  )
    .bind(JSON.stringify(ids))
    .all<{ status: string; attempt_count: number; attempts: string }>();
  return results;
};

it("60 webhooks for one URL are one webhook, and 4 requests of a visitor are 4 POSTs", async () => {
  const member = await world.verified();
  const { link, received } = await world.endpoint(member);
  for (let n = 0; n < 59; n++) expect((await member.post("/api/v1/webhooks", { link })).status).toBe(201);
  const hints = [];
  for (let n = 0; n < 4; n++) hints.push((await world.happen(member)).hint);
  await world.consume(hints);
  expect(received).toHaveLength(4);
});

it("60 webhooks of one account for one host are 25, whatever their URLs", async () => {
  const member = await world.verified();
  const host = newDomain();
  const created = [];
  for (let n = 0; n < 60; n++)
    created.push((await member.post("/api/v1/webhooks", { link: `https://${host}/${n}` })).status);
  expect(created.filter((status) => status === 201)).toHaveLength(25);
  expect((await world.happen(member)).ids).toHaveLength(25);
});

it("a host gets its share per minute from all accounts together, and the rest later", async () => {
  const over = settings(10, 3);
  const { received, ids, hints } = await crowd(20, 3);
  await world.consume(hints, over);
  // Three before its first 2xx, and the rest of its own rounds afterward.
  expect(received.length).toBeGreaterThan(0);
  expect(received.length).toBeLessThanOrEqual(3 + 10);
  const waiting = (await statuses(ids)).filter(({ status }) => status === "pending");
  expect(waiting).toHaveLength(60 - received.length);
  for (const { attempt_count, attempts } of waiting) expect([attempt_count, attempts]).toEqual([0, "[]"]);
  await minutes(30, over);
  expect(received).toHaveLength(60);
  expect(new Set((await statuses(ids)).map(({ status }) => status))).toEqual(new Set(["delivered"]));
  const perMinute = Map.groupBy(received, ({ at }) => Math.floor(at / MINUTE));
  for (const posts of perMinute.values()) expect(posts.length).toBeLessThanOrEqual(3 + 10);
});

it("an endpoint without a 2xx gets a few POSTs a minute, and more after its first", async () => {
  const over = settings(1000, 3);
  const member = await world.verified();
  const endpoint = await world.endpoint(member, {}, () => new Response("no", { status: 500 }));
  const ids: number[] = [];
  for (let n = 0; n < 30; n++) ids.push(...(await world.happen(member)).ids);
  await world.consume([{ v: 1, delivery_ids: ids }], over);
  expect(endpoint.received).toHaveLength(3);
  endpoint.reply = () => new Response("ok");
  world.later(MINUTE + 15_000);
  await world.cron(over);
  await world.consume(undefined, over);
  expect(endpoint.received).toHaveLength(3 + 30);
});

it("an older webhook counts as known", async () => {
  const over = settings(1000, 0);
  const member = await world.verified();
  const endpoint = await world.endpoint(member);
  await env.DB.prepare("UPDATE webhooks SET target = NULL, is_unproven = 0 WHERE id = ?").bind(endpoint.id).run();
  await world.consume([(await world.happen(member)).hint], over);
  expect(endpoint.received).toHaveLength(1);
});

it("a busy account leaves a host's other accounts their share", async () => {
  const over = settings(20, 20, { share: 4, busy: 10 });
  // Its first four, and ten of the others.
  expect(await besidesBusy(over, { isProven: true })).toEqual({ theirs: 14, ours: 3 });
});

it("a busy account's endpoints without a 2xx do not block others from their first", async () => {
  const over = settings(1000, 8, { freshShare: 5 });
  expect(await besidesBusy(over, { isProven: false })).toEqual({ theirs: 5, ours: 3 });
});

it("a single account at a host gets nearly all of its share", async () => {
  const over = settings(20, 20, { share: 4, busy: 16 });
  const member = await world.verified();
  const { id, received } = await world.endpoint(member);
  await env.DB.prepare("UPDATE webhooks SET is_unproven = 0 WHERE id = ?").bind(id).run();
  const ids: number[] = [];
  for (let n = 0; n < 30; n++) ids.push(...(await world.happen(member)).ids);
  await world.consume([{ v: 1, delivery_ids: ids }], over);
  expect(received).toHaveLength(20);
});
