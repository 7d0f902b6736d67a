import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runJobs } from "../src/cron";
import { newMember } from "./support/client";
import { mailroom } from "./support/mailroom";
import { newCampaign, newParticipant, outside } from "./support/outside";
import { browser } from "./support/session";

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

/** What a restore to that moment does to the mark. */
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

/** A webhook with a delivery that was sent in the time that the restore took back. */
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
  it("sends nothing even before it is noticed, whatever the queue still holds", async () => {
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

  it("lets the operator skip what was sent, and send what is new", async () => {
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

  it("holds emails, too, and sends them when the operator says so", async () => {
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

  it("is not what an ordinary minute looks like, nor two at once", async () => {
    for (let n = 0; n < 3; n++) {
      world.later(MINUTE);
      await Promise.all([world.cron(), world.cron(), world.consume([])]);
    }
    expect((await heldOutboxes()).held).toEqual([]);
  });

  it("gives no ID again that it gave in the lost time, because tokens and links still name it", async () => {
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

  it("is also one that was emptied", async () => {
    await world.cron();
    await env.DB.exec("DELETE FROM database_mark");
    await runJobs(env);
    expect((await heldOutboxes()).held).toEqual(["deliveries", "mails"]);
  });
});

const heldOutboxes = async () => {
  const { results } = await env.DB.prepare(
    "SELECT outbox FROM outbox_holds WHERE reason = 'restored' ORDER BY outbox",
  ).all<{
    outbox: string;
  }>();
  return { held: results.map(({ outbox }) => outbox) };
};
