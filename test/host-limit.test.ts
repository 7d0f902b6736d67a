import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newDomain, type TestMember } from "./support/client";
import { type Outside, outside } from "./support/outside";

let world: Outside;
beforeEach(() => {
  world = outside();
});
afterEach(() => world.close());

const MINUTE = 60_000;

/** A window of the platform's limit, on the test's clock. */
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

const settings = (host: number, fresh: number) =>
  ({ RATE_LIMITS: "on", HOST_LIMIT: limitOf(host), NEW_HOST_LIMIT: limitOf(fresh) }) as unknown as Partial<typeof env>;

/** Consumes what is due, and what the sweep finds, for some minutes. */
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

it("500 webhooks for one URL are one, and 4 requests of a visitor 4 POSTs", async () => {
  const member = await world.verified();
  const { link, received } = await world.endpoint(member);
  for (let n = 0; n < 499; n++) expect((await member.post("/api/v1/webhooks", { link })).status).toBe(201);
  const hints = [];
  for (let n = 0; n < 4; n++) hints.push((await world.happen(member)).hint);
  await world.consume(hints);
  expect(received).toHaveLength(4);
});

it("500 webhooks of one account for one host are 25, whatever their URLs", async () => {
  const member = await world.verified();
  const host = newDomain();
  const created = [];
  for (let n = 0; n < 500; n++)
    created.push((await member.post("/api/v1/webhooks", { link: `https://${host}/${n}` })).status);
  expect(created.filter((status) => status === 201)).toHaveLength(25);
  expect((await world.happen(member)).ids).toHaveLength(25);
});

it("a host gets its share a minute from all accounts together, and later the rest", async () => {
  const over = settings(10, 3);
  const { received, ids, hints } = await crowd(20, 3);
  await world.consume(hints, over);
  // Three as a stranger, and what its own rounds still bring once it has replied.
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

it("an endpoint that never replied with a 2xx gets a few POSTs a minute, and more after its first", async () => {
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

it("a webhook from before this was recorded is no stranger", async () => {
  const over = settings(1000, 0);
  const member = await world.verified();
  const endpoint = await world.endpoint(member);
  await env.DB.prepare("UPDATE webhooks SET target = NULL, is_unproven = 0 WHERE id = ?").bind(endpoint.id).run();
  await world.consume([(await world.happen(member)).hint], over);
  expect(endpoint.received).toHaveLength(1);
});
