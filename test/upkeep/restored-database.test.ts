import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { participantLinkToken } from "../../src/auth/token";
import { runJobs } from "../../src/cron";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { mailroom } from "../support/mailroom";
import { newCampaign, newParticipant, outside } from "../support/outside";
import { browser } from "../support/session";

const [MINUTE, HOUR] = [60_000, 3_600_000];

let world: ReturnType<typeof outside>;
beforeEach(async () => {
  const known = await env.WITNESS.getByName("database").latest();
  world = outside(Math.max(Date.UTC(2034, 0, 1), known + HOUR));
  await env.DB.exec("DELETE FROM outbox_holds");
});
afterEach(async () => {
  world.close();
  await env.DB.exec("DELETE FROM outbox_holds");
});

/** Sets the mark like a restore to that moment. */
const restoreTo = (moment: number) => env.DB.prepare("UPDATE database_mark SET at = ?").bind(moment).run();

async function operator() {
  const opened = browser();
  await opened.submit("/operator/sign-in", { token: "test-operator-token" });
  return opened;
}

const statuses = async () =>
  (
    await env.DB.prepare("SELECT id, status FROM deliveries ORDER BY id").all<{ id: number; status: string }>()
  ).results.map(({ status }) => status);

/** A webhook with a delivery that was sent in the lost time. */
async function sentBeforeRestore() {
  await env.DB.exec("DELETE FROM deliveries");
  const member = await newMember();
  const endpoint = await world.endpoint(member);
  await world.cron();
  const before = Date.now();
  const old = await world.happen(member);
  world.later(HOUR);
  await world.cron();
  await world.consume([old.hint]);
  expect(endpoint.received).toHaveLength(1);
  await env.DB.exec(
    "UPDATE deliveries SET status = 'pending', attempts = '[]', attempt_count = 0, next_attempt_at = 1, hinted_until = NULL",
  );
  await restoreTo(before);
  return { member, endpoint, old, before };
}

describe("a restored database", () => {
  it("does not revive a key that was revoked or rolled in the lost time", async () => {
    const member = await newMember();
    const create = async () => (await member.post("/api/v1/keys", { name: "Till", scopes: ["read"] })).data;
    const [revoked, rolled, kept] = [await create(), await create(), await create()];
    const classic = (await member.post("/api/v1/members/api-key", undefined)).data;
    const alive = async (key: string) =>
      (await call("GET", "/api/v1/brands", undefined, { headers: { "X-API-Key": key } })).status === 200;
    await world.cron();
    const before = Date.now();
    world.later(MINUTE);
    await member.delete(`/api/v1/keys/${revoked.id}`);
    await member.delete(`/api/v1/members/api-keys/${classic.id}`);
    await member.post(`/api/v1/keys/${rolled.id}/roll`, { grace_hours: 1 });
    await world.cron();
    await env.DB.prepare(
      "UPDATE api_keys SET revoked_at = NULL, rolled_at = NULL, expires_at = NULL WHERE member_id = ?",
    )
      .bind(member.id)
      .run();
    await restoreTo(before);
    expect(await alive(revoked.key)).toBe(true);
    await world.cron();
    expect([await alive(revoked.key), await alive(classic.api_key)]).toEqual([false, false]);
    expect([await alive(rolled.key), await alive(kept.key)]).toEqual([true, true]);
    world.later(2 * HOUR);
    expect([await alive(rolled.key), await alive(kept.key)]).toEqual([false, true]);
  });

  it("sends nothing even before it is noticed, whatever is in the queue", async () => {
    const { endpoint, old } = await sentBeforeRestore();
    await world.consume([old.hint]);
    expect((await heldOutboxes()).held).toEqual([]);
    await world.cron();
    expect((await heldOutboxes()).held).toEqual(["deliveries", "mails"]);
    await world.consume([old.hint]);
    world.later(HOUR);
    await world.cron();
    await world.consume();
    expect(endpoint.received).toHaveLength(1);
    expect(await statuses()).toEqual(["pending"]);
  });

  it("is noticed by the cron before it sweeps", async () => {
    const { endpoint } = await sentBeforeRestore();
    await world.cron();
    await world.consume();
    world.later(MINUTE);
    await world.cron();
    await world.consume();
    expect(endpoint.received).toHaveLength(1);
  });

  it("lets the operator skip old deliveries, and send new ones", async () => {
    const { member, endpoint, before } = await sentBeforeRestore();
    await world.cron();
    const fresh = await world.happen(member);
    const opened = await operator();
    const page = await opened.page("/operator/sending");
    expect(page.text).toContain("The database was restored to");
    expect(page.text).toContain("2 waiting");
    const cut = /name="before"[^>]*value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    expect(Date.parse(`${cut}Z`)).toBeGreaterThan(before);
    await opened.submit("/operator/sending/skip", { outbox: "deliveries", before: cut });
    expect(await statuses()).toEqual(["failed", "pending"]);
    await opened.submit("/operator/sending/release", { outbox: "deliveries", reason: "restored" });
    world.later(MINUTE);
    await world.cron();
    await world.consume();
    expect(endpoint.received.map(({ id }) => id).slice(1)).toEqual([fresh.event_id]);
    expect(await statuses()).toEqual(["failed", "delivered"]);
    const { held } = await heldOutboxes();
    expect(held).toEqual(["mails"]);
  });

  it("holds emails, too, and sends them when the operator releases them", async () => {
    const member = await newMember();
    const campaign = await newCampaign(member);
    const room = mailroom(member);
    const person = await newParticipant(member, campaign);
    await world.cron();
    const before = Date.now();
    world.later(HOUR);
    await world.cron();
    await restoreTo(before);
    await env.DB.prepare(
      "INSERT INTO mails (cause, kind, member_id, campaign_id, participant_id, origin, next_attempt_at, date_added) VALUES (?, 'magic_link', ?, ?, ?, 'https://refer.example', 1, ?)",
    )
      .bind(`magic_link:${person.id}`, member.id, campaign, person.id, Date.now())
      .run();
    expect(await room.deliver()).toEqual([]);
    await world.cron();
    expect(await room.deliver()).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "pending", attempts: 0 }]);
    await (await operator()).submit("/operator/sending/release", { outbox: "mails", reason: "restored" });
    expect(await room.deliver()).toHaveLength(1);
  });

  it("is not confused with a normal minute, or two at once", async () => {
    for (let n = 0; n < 3; n++) {
      world.later(MINUTE);
      await Promise.all([world.cron(), world.cron(), world.consume([])]);
    }
    expect((await heldOutboxes()).held).toEqual([]);
  });

  it("reuses no ID of the lost time, because tokens and links still name it", async () => {
    const member = await newMember();
    const campaign = await newCampaign(member);
    const lost = await newParticipant(member, campaign);
    await env.DB.prepare("DELETE FROM participants WHERE id = ?").bind(lost.id).run();
    await newParticipant(member, campaign, { id: lost.id - 1 }).catch(() => null);
    await world.cron();
    await restoreTo(0);
    await world.cron();
    expect((await newParticipant(member, campaign)).id).toBeGreaterThan(lost.id + 1_000_000);
    expect(await newCampaign(member)).toBeGreaterThan(campaign + 1_000_000);
  });

  it("is noticed a minute later if the witness could not be asked", async () => {
    await sentBeforeRestore();
    const WITNESS = { getByName: () => ({ latest: () => Promise.reject(new Error("Network connection lost.")) }) };
    await runJobs({ ...env, WITNESS } as unknown as typeof env);
    world.later(MINUTE);
    await world.cron();
    expect((await heldOutboxes()).held).toEqual(["deliveries", "mails"]);
  });

  it("may also be an emptied one", async () => {
    await world.cron();
    await env.DB.exec("DELETE FROM database_mark");
    await runJobs(env);
    expect((await heldOutboxes()).held).toEqual(["deliveries", "mails"]);
  });
});

describe("before a restored database is noticed", () => {
  it.each([
    ["a ledger that saw it", async () => {}],
    ["a ledger that left memory since", async (id: number) => evictDurableObject(env.LEDGER.getByName(String(id)))],
  ])("nobody gets an ID or share link of the lost time: %s", async (_, leaves) => {
    const member = await newMember();
    const campaign_id = await newCampaign(member);
    const join = (email: string) => member.post("/api/v1/signups", { campaign_id, email, name: "Grace" });
    const refer = (referral_code: string, email: string) =>
      member.post("/api/v1/signups/referral", { referral_code, email, name: "Friend" });
    await world.cron();
    const before = Date.now();
    const ada = (await join(someone())).data;
    world.later(HOUR);
    await world.cron();
    const lost = (await join(someone())).data;
    await env.DB.batch([
      env.DB.prepare("DELETE FROM events WHERE participant_id = ?").bind(lost.id),
      env.DB.prepare("DELETE FROM participants WHERE id = ?").bind(lost.id),
    ]);
    await restoreTo(before);
    await leaves(campaign_id);
    for (const refused of [
      await join(someone()),
      await refer(ada.referral_code, someone()),
      await refer(ada.referral_code, ada.email),
    ])
      expect(refused).toMatchObject({ status: 503, code: "overloaded" });
    expect((await member.get(`/api/v1/participants?campaign_id=${campaign_id}`)).data.participants).toHaveLength(1);
    await world.cron();
    const fresh = await join(someone());
    expect(fresh.status).toBe(201);
    expect(fresh.data.id).toBeGreaterThan(lost.id + 1_000_000);
  });

  it("no token or link of a lost participant opens the new owner of their ID", async () => {
    const member = await newMember();
    const campaign_id = await newCampaign(member);
    const visit = async () => {
      const email = someone();
      const { participant_token: token } = (await call("POST", "/api/widget/signup", { campaign_id, email })).data;
      const found = await member.get(`/api/v1/participants?campaign_id=${campaign_id}&email=${email}`);
      const id: number = found.data.participants[0].id;
      const link = await participantLinkToken(env, { id, campaign_id }, new Date());
      const confirmation = await confirmationToken(env, { campaign_id, participant_id: id }, new Date());
      return { id, token, link, confirmation };
    };
    const opens = async ({ token, link, confirmation }: Awaited<ReturnType<typeof visit>>) => [
      (await call("GET", "/api/widget/participant", undefined, { headers: { Authorization: `Bearer ${token}` } }))
        .status,
      (await call("GET", `/status/${link}`, undefined, PAGE)).status,
      (await call("GET", `/confirm/${confirmation}`, undefined, PAGE)).status,
    ];
    const lost = await visit();
    expect(await opens(lost)).toEqual([200, 200, 200]);
    // A restore deletes nothing, so no trigger keeps the ID from being given again.
    const trigger = await env.DB.prepare("SELECT sql FROM sqlite_master WHERE name = 'participants_clock'").first<{
      sql: string;
    }>();
    await env.DB.batch([
      env.DB.prepare("DROP TRIGGER participants_clock"),
      env.DB.prepare("DELETE FROM events WHERE participant_id = ?").bind(lost.id),
      env.DB.prepare("DELETE FROM participants WHERE id = ?").bind(lost.id),
      env.DB.prepare(trigger?.sql ?? ""),
    ]);
    world.later(MINUTE);
    const eve = await visit();
    expect(eve.id).toBe(lost.id);
    expect(await opens(lost)).toEqual([401, 404, 404]);
    const room = mailroom(member);
    expect((await call("POST", `/status/${lost.link}`, "", PAGE)).status).toBe(200);
    expect((await room.rows()).filter(({ kind }) => kind === "magic_link")).toEqual([]);
    expect(await opens(eve)).toEqual([200, 200, 200]);
  });

  it("no token of a lost account opens the new owner of its ID", async () => {
    const register = async () => {
      const person = { email: someone(), name: "Ada", password: "correct horse battery" };
      const { id } = (await call("POST", "/api/v1/members", person)).data;
      const { token } = (await call("POST", "/api/v1/auth/token", person)).data;
      return { id, headers: { Authorization: `Bearer ${token}` } };
    };
    const me = async (headers: Record<string, string>) =>
      (await call("GET", "/api/v1/members/profile", undefined, { headers })).status;
    const lost = await register();
    expect(await me(lost.headers)).toBe(200);
    await env.DB.batch([
      env.DB.prepare("DELETE FROM members WHERE id = ?").bind(lost.id),
      env.DB.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'members'").bind(lost.id - 1),
    ]);
    const fresh = await register();
    expect(fresh.id).toBe(lost.id);
    expect(await me(lost.headers)).toBe(401);
    expect(await me(fresh.headers)).toBe(200);
  });
});

const PAGE = { headers: { Accept: "text/html" } };

const heldOutboxes = async () => {
  const { results } = await env.DB.prepare(
    "SELECT outbox FROM outbox_holds WHERE reason = 'restored' ORDER BY outbox",
  ).all<{
    outbox: string;
  }>();
  return { held: results.map(({ outbox }) => outbox) };
};
