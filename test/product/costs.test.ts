import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import costs from "../../docs/costs.md?raw";
import { sendMails } from "../../src/delivery/email/email-round";
import { emailUse } from "../../src/delivery/email/email-use";
import { deliver } from "../../src/delivery/webhooks/delivery-round";
import { webhookUse } from "../../src/delivery/webhooks/webhook-use";
import type { CampaignLedger } from "../../src/ledger/ledger";
import { openDb } from "../../src/lib/db";
import { dropOld } from "../../src/outbox/sweep";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { stopClock } from "../support/clock";
import { withBindings } from "../support/ledger";
import { providerThat } from "../support/mailroom";
import { faultyDb } from "../support/outside";
import { type Work, workOf } from "../support/work";

const KEPT_MS = 31 * 24 * 3600_000;

afterEach(() => vi.restoreAllMocks());

const row = (name: string, { d1_calls, rows_read, rows_written }: Work) =>
  `| ${name} | ${d1_calls} | ${rows_read} | ${rows_written} |`;

async function workOfJob(job: (ctx: Parameters<typeof deliver>[0]) => Promise<unknown>, after = 0, over = {}) {
  const db = openDb(env.DB, "first-primary");
  const rest: Promise<unknown>[] = [];
  await job({
    db,
    env: { ...env, ...over },
    now: () => new Date(Date.now() + after),
    later: (work) => rest.push(work),
  });
  await Promise.all(rest);
  return db.meter;
}

it("webhooks and coupons cost what docs/costs.md lists, including their deletion", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 204 }));
  const { id, owner, signUp, upload } = await newCampaign();
  await owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/1", campaign_id: id });
  // The first success of an endpoint costs a row once.
  await env.DB.prepare("UPDATE webhooks SET is_unproven = 0").run();
  await signUp(someone());
  const due = await env.DB.prepare("SELECT id FROM deliveries WHERE campaign_id = ?").bind(id).all<{ id: number }>();
  const ids = due.results.map(({ id }) => id);
  expect(ids).toHaveLength(1);

  const rows = [
    row("Delivering a webhook", await workOfJob((ctx) => deliver(ctx, ids))),
    row("Forgetting it after 30 days", await workOfJob((ctx) => dropOld(ctx, webhookUse), KEPT_MS)),
    row("Uploading 1000 coupons", await workOf(() => upload(someCodes(1000)))),
  ];
  console.info(rows.join("\n"));
  expect(await env.DB.prepare("SELECT count(*) AS n FROM deliveries").first("n")).toBe(0);
  for (const line of rows) expect(costs).toContain(line);
});

it("an email costs what docs/costs.md lists, including its deletion", async () => {
  const plain = await newCampaign();
  const welcoming = await newCampaign({ campaign_entry_subject: "Welcome" });
  for (const { signUp } of [plain, welcoming]) await signUp(someone());
  const [without, signup] = [
    await workOf(() => plain.signUp(someone())),
    await workOf(() => welcoming.signUp(someone())),
  ];
  const { results } = await env.DB.prepare("SELECT max(id) AS id FROM mails").all<{ id: number }>();
  await env.DB.prepare("DELETE FROM mails WHERE id < ?")
    .bind(results[0]?.id ?? 0)
    .run();
  const added = signup.rows_read - without.rows_read;
  // A ledger that expects no consequences reads up to a dozen rows less for a signup without them.
  expect(added).toBeGreaterThanOrEqual(6);
  expect(added).toBeLessThanOrEqual(18);
  const adding = { d1_calls: 0, rows_read: 6, rows_written: signup.rows_written - without.rows_written };
  const rows = [
    row("Adding an email to a signup", adding),
    row(
      "Sending an email",
      await workOfJob(
        (ctx) => sendMails(ctx, [results[0]?.id ?? 0]),
        0,
        providerThat(async () => ({})),
      ),
    ),
    row("Forgetting an email after 30 days", await workOfJob((ctx) => dropOld(ctx, emailUse), KEPT_MS)),
  ];
  console.info(rows.join("\n"));
  expect(await env.DB.prepare("SELECT count(*) AS n FROM mails").first("n")).toBe(0);
  for (const line of rows) expect(costs).toContain(line);
});

/** Seeded random pauses between independent visitors, in milliseconds. */
function* pauses(perMinute: number) {
  let state = 20261128;
  for (;;) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    yield (-Math.log(1 - state / 2 ** 31) * 60_000) / perMinute;
  }
}

it.each([1, 10, 50])("impressions cost what docs/costs.md lists at %i views a minute", async (perMinute) => {
  const VIEWS = 600;
  const { id, stats } = await newCampaign();
  const work = { calls: 0, flushes: 0, rows_read: 0, rows_written: 0 };
  const DB = faultyDb(async (_, run) => {
    const results = await run();
    work.flushes++;
    for (const { meta } of results) {
      work.rows_read += meta.rows_read;
      work.rows_written += meta.rows_written;
    }
    return results;
  });
  await withBindings(id, { DB });
  // From midnight on, so the counted hours are the same in every run.
  stopClock((Math.floor(Date.now() / 86_400_000) + 2) * 86_400_000);
  const ledger = env.LEDGER.getByName(String(id)) as DurableObjectStub<CampaignLedger>;
  let watches: { id: string; at: number }[] = [];
  const told = async (asked: ReturnType<typeof ledger.impression>) => {
    work.calls++;
    const answer = await asked;
    if (answer.ok && answer.value) watches.push({ id: answer.value.id, at: Date.now() + answer.value.in_ms });
  };
  /** Lets the watching Workers call the ledger until then. */
  const until = async (at: number) => {
    for (;;) {
      const [next] = watches.sort((a, b) => a.at - b.at);
      if (!next || next.at > at) break;
      watches = watches.slice(1);
      vi.setSystemTime(next.at);
      await told(ledger.watchImpressions(next.id));
    }
    vi.setSystemTime(at);
  };
  const gaps = pauses(perMinute);
  for (let view = 0; view < VIEWS; view++) {
    await told(ledger.impression(Date.now()));
    await until(Date.now() + (gaps.next().value ?? 0));
  }
  await until(Date.now() + 60_000);
  expect((await stats()).total_impressions).toBe(VIEWS);
  const each = (n: number) => (n / VIEWS).toFixed(2);
  const line = `| ${perMinute} | ${each(work.calls)} | ${each(work.flushes)} | ${each(work.rows_read)} | ${each(work.rows_written)} |`;
  console.info(line);
  if (perMinute >= 50) expect(work.rows_written / VIEWS).toBeLessThanOrEqual(0.1);
  expect(costs).toContain(line);
});
