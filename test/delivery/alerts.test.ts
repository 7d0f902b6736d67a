import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tellAlerts } from "../../src/delivery/alerts/alert";
import { openDb } from "../../src/lib/db";
import { emails } from "../../src/outbox/emails/email-outbox";
import { hold } from "../../src/outbox/hold";
import { newMember } from "../support/client";

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

type Posted = { url: string; headers: Record<string, string>; body: string; redirect: string | undefined };

/** The operator's mailbox and endpoint, on a clock that only the test moves. */
function operator({ takesMail = true, answers = 204 } = {}) {
  const mailed: { to: unknown; subject: string; text: string }[] = [];
  const posted: Posted[] = [];
  const world = { takesMail, answers };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    posted.push({ url: String(input), headers, body: String(init?.body), redirect: init?.redirect });
    return new Response(null, { status: world.answers });
  });
  const provider = {
    send: async (letter: (typeof mailed)[number]) => {
      if (!world.takesMail) throw new Error("refused");
      mailed.push(letter);
      return { messageId: "<m>" };
    },
  };
  const settings = {
    ...env,
    EMAIL: provider as unknown as SendEmail,
    OPERATOR_EMAIL: "ops@example.com",
    OPERATOR_WEBHOOK_URL: "http://10.0.0.7/alerts",
    OPERATOR_WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: "https://refer.example",
    BACKUP_DAYS: "",
  };
  return {
    mailed,
    posted,
    world,
    types: () => posted.map(({ body }) => JSON.parse(body).type),
    minute: (over: Partial<typeof env> = {}) =>
      tellAlerts({ db: openDb(env.DB, "first-primary"), env: { ...settings, ...over }, now: () => new Date() }),
  };
}

const open = async () =>
  (await env.DB.prepare("SELECT name, detail, resolved_at FROM alerts WHERE resolved_at IS NULL").all()).results;
const jobRanAt = (at: number, succeeded: number) =>
  env.DB.prepare("INSERT OR REPLACE INTO jobs (name, last_run_at, last_success_at) VALUES ('sweepMails', ?, ?)")
    .bind(at, succeeded)
    .run();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2033, 0, 1) });
  for (const table of ["alerts", "jobs", "outbox_holds", "mails", "dead_letters", "deliveries"])
    await env.DB.exec(`DELETE FROM ${table}`);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("an alert", () => {
  it("is sent when it is raised, once a day while it is open, and when it is resolved", async () => {
    const { mailed, posted, types, minute } = operator();
    await minute();
    expect([mailed, posted]).toEqual([[], []]);
    await jobRanAt(Date.now(), Date.now() - HOUR);
    for (let n = 0; n < 60; n++) {
      await minute();
      vi.setSystemTime(Date.now() + MINUTE);
    }
    expect(types()).toEqual(["alert.raised"]);
    expect(mailed).toMatchObject([{ to: "ops@example.com", subject: "Alert: Jobs are late" }]);
    expect(mailed[0]?.text).toContain("sweepMails");
    expect(mailed[0]?.text).toContain("https://refer.example/operator");
    vi.setSystemTime(Date.now() + DAY);
    await minute();
    await minute();
    expect(types()).toEqual(["alert.raised", "alert.open"]);
    await jobRanAt(Date.now(), Date.now());
    await minute();
    expect(types(), "one success does not resolve it").toHaveLength(2);
    vi.setSystemTime(Date.now() + 14 * MINUTE);
    await jobRanAt(Date.now(), Date.now());
    await minute();
    expect(await open()).toHaveLength(1);
    vi.setSystemTime(Date.now() + MINUTE);
    await minute();
    await minute();
    expect(types()).toEqual(["alert.raised", "alert.open", "alert.resolved"]);
    expect(mailed.map(({ subject }) => subject)).toEqual([
      "Alert: Jobs are late",
      "Still open: Jobs are late",
      "Resolved: Jobs are late",
    ]);
    expect(await open()).toEqual([]);
  });

  it("remains one alert while the problem recurs", async () => {
    const { types, minute } = operator();
    for (let n = 0; n < 40; n++) {
      await jobRanAt(Date.now(), n % 2 ? Date.now() : Date.now() - HOUR);
      await minute();
      vi.setSystemTime(Date.now() + 5 * MINUTE);
    }
    expect(types()).toEqual(["alert.raised"]);
  });

  it("is signed like a webhook, and posted to the operator's URL without following redirects", async () => {
    const { posted, minute } = operator();
    await jobRanAt(Date.now(), Date.now() - HOUR);
    await minute();
    const [{ url, headers, body, redirect }] = posted as [Posted];
    expect([url, redirect]).toEqual(["http://10.0.0.7/alerts", "manual"]);
    expect(new Webhook(SECRET).verify(body, headers)).toMatchObject({
      type: "alert.raised",
      data: { name: "jobs_late", severity: "critical", since: "2033-01-01T00:00:00.000Z" },
    });
  });

  it("is posted unsigned without a secret, and not posted without a URL or an email", async () => {
    const { posted, mailed, minute } = operator();
    await jobRanAt(Date.now(), Date.now() - HOUR);
    await minute({ OPERATOR_WEBHOOK_URL: "", OPERATOR_EMAIL: "" });
    expect([posted, mailed]).toEqual([[], []]);
    expect(await open(), "it is on the operator's page").toHaveLength(1);
    await minute({ OPERATOR_WEBHOOK_SECRET: "" });
    expect(posted[0]?.headers["webhook-signature"]).toBeUndefined();
  });

  it("is posted if email fails, and tried again only if both fail", async () => {
    const { posted, world, types, minute } = operator({ takesMail: false });
    await jobRanAt(Date.now(), Date.now() - HOUR);
    await minute();
    vi.setSystemTime(Date.now() + HOUR);
    await minute();
    expect(types()).toEqual(["alert.raised"]);
    await env.DB.exec("DELETE FROM alerts");
    world.answers = 500;
    await minute();
    for (let n = 0; n < 9; n++) {
      vi.setSystemTime(Date.now() + MINUTE);
      await minute();
    }
    expect(posted.length - 1, "every five minutes").toBe(2);
    const ids = posted.slice(1).map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size, "under the same id").toBe(1);
  });

  it("is sent by only one of two concurrent runs", async () => {
    const { types, minute } = operator();
    await jobRanAt(Date.now(), Date.now() - HOUR);
    await Promise.all([minute(), minute(), minute()]);
    expect(types()).toEqual(["alert.raised"]);
  });

  it("is sent while every outbox is held, and mentions the hold", async () => {
    const { mailed, minute } = operator();
    const db = openDb(env.DB, "first-primary");
    await db.batch([hold(db, emails, new Date(), { reason: "restored", until: null, set_by: "test" })]);
    await minute();
    expect(mailed).toMatchObject([{ subject: "Alert: Sending is on hold" }]);
    expect(mailed[0]?.text).toContain("mails: restored");
  });

  it("is not raised for a short outage of the provider", async () => {
    const { mailed, minute } = operator();
    const db = openDb(env.DB, "first-primary");
    const pause = (ms: number) => ({
      reason: "E_RATE_LIMIT_EXCEEDED",
      until: new Date(Date.now() + ms),
      set_by: "test",
    });
    await db.batch([hold(db, emails, new Date(), pause(5 * MINUTE))]);
    await minute();
    expect(mailed).toEqual([]);
    await db.batch([hold(db, emails, new Date(), pause(6 * HOUR))]);
    await minute();
    expect(mailed).toHaveLength(1);
  });
});

describe("the alerts", () => {
  const names = async (minute: () => Promise<void>) => {
    await minute();
    return (await open()).map(({ name }) => name);
  };
  const mail = (id: number, row: Record<string, string | number | null>) => {
    const all = { id, cause: `test:${id}`, kind: "entry", origin: "", date_added: Date.now(), ...row };
    return env.DB.prepare(
      `INSERT INTO mails (${Object.keys(all).join()}) VALUES (${Object.keys(all).map(() => "?")})`,
    ).bind(...Object.values(all));
  };

  it("watch for failing emails, but ignore single ones", async () => {
    const { minute } = operator();
    const { id: member_id } = await newMember();
    const failed = (n: number) =>
      env.DB.batch(
        Array.from({ length: n }, (_, i) =>
          mail(Date.now() + i, { member_id, status: "failed", error: "E_SENDER_NOT_VERIFIED" }),
        ),
      );
    await failed(9);
    expect(await names(minute)).toEqual([]);
    vi.setSystemTime(Date.now() + 100);
    await failed(1);
    expect(await open()).toEqual([]);
    expect(await names(minute)).toEqual(["mails_failing"]);
    expect((await open())[0]?.detail).toBe("10 of 10 emails in the last hour failed, most with E_SENDER_NOT_VERIFIED.");
  });

  it("watch for a stalled outbox", async () => {
    const { minute } = operator();
    const { id: member_id } = await newMember();
    await mail(1, { member_id, next_attempt_at: Date.now() - 9 * MINUTE }).run();
    expect(await names(minute)).toEqual([]);
    vi.setSystemTime(Date.now() + 2 * MINUTE);
    expect(await names(minute)).toEqual(["mails_late"]);
  });

  it("watch for dead letters", async () => {
    const { minute } = operator();
    await env.DB.prepare("INSERT INTO dead_letters (outbox, ids, date) VALUES ('mails', '[1]', ?)")
      .bind(Date.now())
      .run();
    expect(await names(minute)).toEqual(["dead_letters"]);
  });

  it("watch for members whose email is paused", async () => {
    const { minute } = operator();
    const { id } = await newMember();
    const day = new Date().toISOString().slice(0, 10);
    await env.DB.prepare("INSERT INTO mail_days (member_id, day, mails) VALUES (?, ?, 60)").bind(id, day).run();
    expect(await names(minute)).toEqual([]);
    await env.DB.prepare("UPDATE members SET sending_paused_at = ? WHERE id = ?").bind(Date.now(), id).run();
    expect(await names(minute)).toEqual(["sender_paused"]);
    expect((await open())[0]?.detail).toBe("1 in the last day.");
    await env.DB.exec("DELETE FROM mail_days");
  });

  it("watch for a filling database, with a higher severity when it is nearly full", async () => {
    const { minute } = operator();
    const filled = (percent: number) =>
      env.DB.prepare("INSERT OR REPLACE INTO database_size (id, bytes, noted_at) VALUES (1, ?, ?)")
        .bind(percent * 100_000_000, Date.now())
        .run();
    await filled(69.9);
    expect(await names(minute)).toEqual([]);
    await filled(70);
    expect(await names(minute)).toEqual(["database_filling"]);
    await filled(85);
    expect(await names(minute)).toContain("database_nearly_full");
    await filled(94.9);
    expect(await names(minute)).not.toContain("database_almost_out_of_room");
    await filled(95);
    expect(await names(minute)).toEqual(
      expect.arrayContaining(["database_nearly_full", "database_almost_out_of_room"]),
    );
    await env.DB.exec("DELETE FROM database_size");
  });

  it("watch for a late backup, if backups are on", async () => {
    const { minute } = operator();
    await env.DB.exec("DELETE FROM members");
    const left = (await env.BACKUPS.list()).objects.map(({ key }) => key);
    if (left.length > 0) await env.BACKUPS.delete(left);
    await newMember();
    const on = () => minute({ BACKUP_DAYS: "14" });
    vi.setSystemTime(Date.now() + 29 * HOUR);
    expect(await names(on)).toEqual([]);
    vi.setSystemTime(Date.now() + 2 * HOUR);
    expect(await names(minute)).toEqual([]);
    expect(await names(on)).toEqual(["backup_late"]);
  });
});
