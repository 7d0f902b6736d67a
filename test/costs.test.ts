import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import costs from "../docs/costs.md?raw";
import { deliver } from "../src/delivery/webhooks/delivery-round";
import { webhookUse } from "../src/delivery/webhooks/webhook-use";
import { openDb } from "../src/lib/db";
import { dropOld } from "../src/outbox/sweep";
import { newCampaign, someCodes, someone } from "./support/campaign";
import { type Work, workOf } from "./support/work";

const KEPT_MS = 31 * 24 * 3600_000;

afterEach(() => vi.restoreAllMocks());

const row = (name: string, { d1_calls, rows_read, rows_written }: Work) =>
  `| ${name} | ${d1_calls} | ${rows_read} | ${rows_written} |`;

async function workOfJob(job: (ctx: Parameters<typeof deliver>[0]) => Promise<unknown>, after = 0) {
  const db = openDb(env.DB, "first-primary");
  const rest: Promise<unknown>[] = [];
  await job({ db, env, now: () => new Date(Date.now() + after), later: (work) => rest.push(work) });
  await Promise.all(rest);
  return db.meter;
}

it("webhooks and coupons cost what docs/costs.md says, up to their deletion", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 204 }));
  const { id, owner, signUp, upload } = await newCampaign();
  await owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/1", campaign_id: id });
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
