import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { emailUse } from "../../src/delivery/email/email-use";
import { failuresByCode, sendFailedAgain } from "../../src/delivery/email/failed-email";
import { codes, kindOf, wordsOf } from "../../src/delivery/mailer/codes";
import type { Ctx } from "../../src/lib/ctx";
import { openDb } from "../../src/lib/db";
import { heldBy } from "../../src/outbox/hold";
import { newRound } from "../../src/outbox/round";
import { sweep } from "../../src/outbox/sweep";
import { newCampaign, someone } from "../support/campaign";
import { stopClock } from "../support/clock";
import { mailroom, providerThat } from "../support/mailroom";

const [MINUTE, HOUR] = [60_000, 3_600_000];

const job = () => ({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

async function welcoming(people = 1) {
  const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
  for (let n = 0; n < people; n++) await campaign.signUp(someone());
  return { campaign, room: mailroom(campaign.owner) };
}

/** A provider that refuses with this code from its n-th email on. */
function refusing(code: string, from = 1) {
  let asked = 0;
  return {
    asked: () => asked,
    ...providerThat(async () => {
      if (++asked >= from) throw Object.assign(new Error(`no: ${code}`), { code });
      return { messageId: `m${asked}` };
    }),
  };
}

const holds = async () => {
  const { db, now } = job();
  const [rows] = await db.batch([heldBy(db, now())]);
  return rows.map(({ reason, until }) => ({ reason, ms: (until?.getTime() ?? 0) - Date.now() }));
};
const later = (ms: number) => stopClock(Date.now() + ms);

beforeEach(async () => {
  await env.DB.exec("DELETE FROM outbox_holds");
  await env.DB.exec("DELETE FROM mails");
  stopClock(Date.UTC(2026, 10, 28, 12));
});

describe("a Cloudflare error code", () => {
  const of = (kind: string) => Object.keys(codes).filter((code) => code.startsWith("E_") && kindOf(code) === kind);

  it("has an entry if it is documented", () => {
    expect([...of("ends"), ...of("pauses"), ...of("repeats")]).toHaveLength(19);
    expect(of("pauses").sort()).toEqual([
      "E_DAILY_LIMIT_EXCEEDED",
      "E_RATE_LIMIT_EXCEEDED",
      "E_SENDER_DOMAIN_NOT_AVAILABLE",
      "E_SENDER_NOT_VERIFIED",
    ]);
    expect(of("repeats").sort()).toEqual(["E_DELIVERY_FAILED", "E_INTERNAL_SERVER_ERROR"]);
    expect(of("unknown")).toEqual([]);
  });

  it.each(of("ends"))("%s ends the email at once", async (code) => {
    const { room } = await welcoming();
    await room.deliver({ EMAIL: refusing(code).EMAIL });
    expect(await room.rows()).toMatchObject([{ status: "failed", attempts: 1, error: code }]);
    expect(await holds()).toEqual([]);
  });

  it.each(of("repeats"))("%s has the email tried again", async (code) => {
    const { room } = await welcoming();
    await room.deliver({ EMAIL: refusing(code).EMAIL });
    expect(await room.rows()).toMatchObject([{ status: "pending", attempts: 1, error: code }]);
  });

  it.each(of("pauses"))("%s pauses the outbox and counts no attempt", async (code) => {
    const { room, campaign } = await welcoming(2);
    const provider = refusing(code);
    await room.deliver({ EMAIL: provider.EMAIL });
    expect(await room.rows()).toMatchObject([
      { status: "pending", attempts: 0, error: code },
      { status: "pending", attempts: 0, error: code },
    ]);
    const asked = provider.asked();
    await campaign.signUp(someone());
    await room.deliver({ EMAIL: provider.EMAIL });
    await sweep(job(), emailUse);
    expect(provider.asked(), "nothing is attempted").toBe(asked);
    expect(await holds()).toMatchObject([{ reason: code, ms: expect.any(Number) }]);
    later(4 * HOUR);
    expect(await holds()).toEqual([]);
    await room.deliver();
    expect(room.taken).toHaveLength(3);
    expect(await room.rows()).toMatchObject(Array(3).fill({ status: "sent", attempts: 1, error: null }));
    const day = await env.DB.prepare("SELECT mails FROM mail_days WHERE member_id = ?").bind(campaign.owner.id).first();
    expect(day, "what the provider did not look at is no email of the day").toEqual({ mails: 3 });
  });

  it("that is unknown is retried and recorded", async () => {
    const { room } = await welcoming();
    await room.deliver({ EMAIL: refusing("E_SOMETHING_NEW").EMAIL });
    expect(await room.rows()).toMatchObject([{ status: "pending", attempts: 1, error: "E_SOMETHING_NEW" }]);
  });
});

describe("a pause of the provider", () => {
  it("keeps earlier emails as sent, and makes no more requests", async () => {
    const { room } = await welcoming(12);
    const provider = refusing("E_DAILY_LIMIT_EXCEEDED", 3);
    await room.deliver({ EMAIL: provider.EMAIL });
    const statuses = (await room.rows()).map(({ status }) => status);
    expect(statuses.filter((status) => status === "sent")).toHaveLength(2);
    expect(statuses.filter((status) => status === "pending")).toHaveLength(10);
    // The provider was also called for concurrent emails.
    expect(provider.asked()).toBeLessThanOrEqual(2 + 4);
  });

  it("grows while the provider refuses, up to its maximum, and resets after a success", async () => {
    const { room } = await welcoming();
    const { EMAIL } = refusing("E_RATE_LIMIT_EXCEEDED");
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      await room.deliver({ EMAIL });
      expect(await holds()).toEqual([{ reason: "E_RATE_LIMIT_EXCEEDED", ms: minutes * MINUTE }]);
      later(minutes * MINUTE);
    }
    later(2 * HOUR);
    await room.deliver({ EMAIL });
    expect(await holds()).toMatchObject([{ ms: MINUTE }]);
  });

  it("is followed by the whole backlog, each once", async () => {
    const { room } = await welcoming(5);
    await room.deliver({ EMAIL: refusing("E_DAILY_LIMIT_EXCEEDED").EMAIL });
    later(HOUR);
    await room.deliver();
    await room.deliver();
    expect(new Set(room.taken.map(({ to }) => to)).size).toBe(5);
    expect(room.taken).toHaveLength(5);
  });
});

describe("the operator", () => {
  it("sees undelivered emails by code, and sends them again", async () => {
    const { room } = await welcoming(3);
    await room.deliver({ EMAIL: refusing("E_RECIPIENT_NOT_ALLOWED").EMAIL });
    const failures = async () => (await job().db.batch([failuresByCode(job())]))[0];
    expect(await failures()).toMatchObject([{ status: "failed", error: "E_RECIPIENT_NOT_ALLOWED", day: 3 }]);
    expect(wordsOf("E_RECIPIENT_NOT_ALLOWED")).toContain("does not let this account");
    const ctx = {
      ...job(),
      env: { ...env, MAILS: { sendBatch: async () => {} } as unknown as Queue },
    } as unknown as Ctx;
    expect(await sendFailedAgain(ctx, "E_RECIPIENT_NOT_ALLOWED")).toBe(3);
    await room.deliver();
    expect(room.taken).toHaveLength(3);
    expect(await failures()).toEqual([]);
  });
});

describe("an attempt", () => {
  it("counts before the email is written, so an email that kills its Worker does not repeat forever", async () => {
    const { room } = await welcoming();
    const [row] = await room.rows();
    for (let n = 1; n <= 7; n++) {
      // The Worker dies after leasing the row.
      const db = openDb(env.DB, "first-primary");
      await db.batch([newRound({ ...job(), db, mark: 0 }, emailUse.outbox, [row?.id ?? 0]).take]);
      expect((await room.rows())[0]).toMatchObject({ status: "pending", attempts: n });
      await room.skipWaiting();
    }
    await room.deliver();
    expect(await room.rows()).toMatchObject([{ status: "failed", error: "not_written" }]);
    expect(room.taken).toEqual([]);
  });
});
