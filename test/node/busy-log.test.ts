import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { openApi } from "../../demo/api.ts";
import { answers, freshClone } from "./support/clone.ts";

const isShort = Number(process.env.RUNS ?? 1) === 1;
const LOG_BYTES = isShort ? 25_000_000 : 100_000_000;
const CRON_RUNS = isShort ? 2 : 5;
const CONNECTIONS = 40;
/** Far longer than a busy machine takes: after this, the runtime is stuck. */
const ANSWERS_WITHIN_MS = 60_000;
const TURN = "the minute turned";

const clone = freshClone();
// A cron logs 5 MB every second, and each request 10 KB.
clone.patch("wrangler.toml", 'crons = ["* * * * *"]', 'crons = ["* * * * * *"]');
clone.patch(
  "src/worker.ts",
  `  fetch: answer,`,
  `  fetch: (request, env, ctx) => (console.log("x".repeat(10_000)), answer(request, env, ctx)),`,
);
clone.patch(
  "src/worker.ts",
  "scheduled: (_, env) => runJobs(env),",
  `scheduled: (_, env) => {
    console.log("${TURN}");
    for (let i = 0; i < 500; i++) console.log("x".repeat(10_000));
    return runJobs(env);
  },`,
);

describe("npm start, with its log on", { timeout: 3_600_000 }, () => {
  after(() => clone.remove());

  it("serves signups while crons and requests log megabytes, and ends on SIGTERM", async () => {
    const product = await clone.start("npm", ["start"]);
    let [bytes, turns] = [0, 0];
    product.child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      turns += chunk.toString("latin1").split(TURN).length - 1;
    });
    const { api, campaign } = await openCampaign(product.url);
    let people = 0;
    const signUp = async () => {
      const email = `person-${++people}@example.com`;
      const response = await fetch(`${product.url}/api/v1/signups`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...api },
        body: JSON.stringify({ campaign_id: campaign, email, name: "Person" }),
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      });
      assert.equal(response.status, 201, await response.text());
    };
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (bytes < LOG_BYTES || turns < CRON_RUNS) await signUp();
      }),
    );
    assert.equal(await answers(product.url), 200);

    const working = Promise.allSettled(Array.from({ length: CONNECTIONS }, signUp));
    product.child.kill("SIGTERM");
    assert.equal(await product.ended, 0);
    await working;
    assert.equal(await answers(product.url), 0);
  });
});

async function openCampaign(url: string) {
  const visitor = openApi(url);
  const account = { email: "ada@example.com", name: "Ada", password: "correct horse battery" };
  await visitor.post("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const api = { Authorization: `Bearer ${token}` };
  const brand = await visitor.as(api).post<{ id: number }>("/brands", { url: "acme.com" });
  const campaign = await visitor.as(api).post<{ id: number }>("/campaigns", { brand_id: brand.id, name: "Spring" });
  return { api, campaign: campaign.id };
}
