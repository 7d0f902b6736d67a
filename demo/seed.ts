import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startLocal } from "../scripts/local.ts";
import { root } from "../scripts/root.ts";
import { newSecret } from "../scripts/secrets.ts";
import { type Api, openApi } from "./api.ts";
import { checks, fillCampaign } from "./seed-campaign.ts";
import { headline, say } from "./show.ts";

const DAY_MS = 86_400_000;
const DAYS = 90;
const CODES_PER_UPLOAD = 5000;

const { values } = parseArgs({ options: { scale: { type: "string", default: "1" } } });
const scale = Math.min(1, Math.max(0.001, Number(values.scale) || 1));
const scaled = (n: number) => Math.max(1, Math.round(n * scale));
/** A few large campaigns and many small ones. */
const sizes = [20_000, 10_000, 5_000, 5_000].map(scaled);
const campaignCount = Math.max(sizes.length, scaled(200));
const brandCount = scaled(30);
const rest = scaled(60_000);
const codesInAll = scaled(100_000);

const { STATE_DIR = ".wrangler/state" } = process.env;
const started = Date.now();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

headline(`Seeding ${resolve(root, STATE_DIR)}`);
const product = await startLocal({
  port: 0,
  stateDir: STATE_DIR,
  logs: false,
  crons: [],
  vars: { RATE_LIMITS: "off" },
});
const db = await product.runtime.getD1Database("DB");

const password = newSecret();
const email = `agency-${started}@example.com`;
const { api, member } = await openAccount();
const campaigns = await makeCampaigns(api);
say(`  ${brandCount} brands, ${campaigns.length} campaigns`);
await makeWebhooks(api, campaigns);
say(`  ${(await uploadCodes(api, campaigns)).toLocaleString("en")} coupon codes`);
await fillAll();
await verify();
await product.runJobs();
await product.stop();

headline(`Done in ${Math.round((Date.now() - started) / 1000)} s. Sign in with`);
say(`  ${email}\n  ${password}\n`);
process.exit(0);

/** Creates an account on the largest plan through the API. */
async function openAccount() {
  const visitor = openApi(product.url);
  const { id } = await visitor.post<{ id: number }>("/members", { email, name: "Agency", password });
  const { token } = await visitor.post<{ token: string }>("/auth/token", { email, password });
  const operator = visitor.as({ Authorization: `Bearer ${product.settings.OPERATOR_TOKEN}` });
  await operator.put(`/operator/members/${id}/plan`, { plan_id: 3, plan_expiry: "2099-01-01T00:00:00.000Z" });
  return { api: visitor.as({ Authorization: `Bearer ${token}` }), member: id };
}

/** Creates brands, and campaigns with several kinds of rewards. Half of them are public. */
async function makeCampaigns(api: Api): Promise<number[]> {
  const brands: number[] = [];
  for (let i = 1; i <= brandCount; i++)
    brands.push((await api.post<{ id: number }>("/brands", { url: `https://brand-${i}-${started}.example.com` })).id);
  const kinds = [
    { name: "Refer a friend", reward_type: 1, num_signups: 3 },
    { name: "Give 10, get 10", reward_type: 1, num_signups: 1 },
    { name: "Earn cash", reward_type: 5, num_signups: 3, reward: { cash_value: 20 } },
    {
      name: "Waitlist",
      reward_type: 3,
      num_signups: 2,
      reward_invited: true,
      reward: { custom_message: "You moved up." },
    },
  ];
  const made: number[] = [];
  for (let i = 0; i < campaignCount; i++) {
    const { reward, ...kind } = kinds[i % kinds.length] ?? { name: "Campaign" };
    const name = `${kind.name} ${Math.floor(i / kinds.length) + 1}`;
    const publish = i % 2 === 0 ? "public" : "private";
    const { id } = await api.post<{ id: number }>("/campaigns", {
      ...kind,
      name,
      publish,
      brand_id: brands[i % brands.length],
    });
    if (reward) await api.put(`/campaigns/${id}/reward`, reward);
    made.push(id);
  }
  const [first] = made;
  const contest = { contest_name: "Summer giveaway", start_date: "2026-01-01", end_date: "2126-01-01", max_winners: 5 };
  if (first !== undefined) await api.put(`/campaigns/${first}/contest`, contest);
  return made;
}

/** Creates endpoints for the account and for campaigns. One of them is failing. */
async function makeWebhooks(api: Api, [first, second, third]: number[]) {
  const rewards = ["reward.fulfilled", "reward.pending"];
  const wanted = [
    { link: "https://hooks.example.com/crm" },
    { link: "https://hooks.example.com/warehouse", campaign_id: first, events: rewards },
    { link: "https://hooks.example.com/shop", campaign_id: second, events: rewards },
    { link: "https://hooks.example.com/slack", campaign_id: third, events: ["participant.signup"] },
  ];
  for (const webhook of wanted) await api.post("/webhooks", webhook);
  await db
    .prepare("UPDATE webhooks SET failing_since = ? WHERE member_id = ? AND campaign_id = ?")
    .bind(started - DAY_MS, member, third ?? 0)
    .run();
}

async function uploadCodes(api: Api, campaigns: number[]) {
  const [first, second, ...others] = campaigns.filter((_, i) => i % 4 < 2);
  const shares = [
    [first, codesInAll * 0.2],
    [second, codesInAll * 0.1],
    ...others.map((id) => [id, (codesInAll * 0.7) / others.length] as const),
  ] as const;
  let uploaded = 0;
  for (const [campaign, share] of shares)
    for (let from = 0; from < Math.round(share); from += CODES_PER_UPLOAD) {
      const length = Math.min(CODES_PER_UPLOAD, Math.round(share) - from);
      const codes = Array.from({ length }, (_, n) => `SAVE-${campaign}-${(from + n).toString(36).toUpperCase()}`);
      const { added } = await api.post<{ added: number }>(`/campaigns/${campaign}/coupons`, { codes });
      uploaded += added;
    }
  return uploaded;
}

async function fillAll() {
  const small = Math.ceil(rest / Math.max(1, campaigns.length - sizes.length));
  for (const [i, campaign] of campaigns.entries()) {
    const { above } = (await db
      .prepare("SELECT coalesce(max(id), 0) AS above FROM participants")
      .first<{ above: number }>()) ?? { above: 0 };
    const people = sizes[i] ?? small;
    await fillCampaign(db, { campaign, member, people, above, from: started - DAYS * DAY_MS, until: started });
  }
}

/** Checks the seeded data, because measurements on inconsistent data mean nothing. */
async function verify() {
  const counts = await db
    .prepare(`SELECT (SELECT count(*) FROM participants WHERE member_id = ?1) AS participants, (SELECT count(*) FROM rewards WHERE member_id = ?1) AS rewards,
      (SELECT count(*) FROM deliveries WHERE webhook_id IN (SELECT id FROM webhooks WHERE member_id = ?1)) AS deliveries`)
    .bind(member)
    .first<Record<string, number>>();
  for (const [name, n] of Object.entries(counts ?? {})) say(`  ${n.toLocaleString("en")} ${name}`);
  for (const [name, sql] of Object.entries(checks)) {
    const { results } = await db.prepare(sql).bind(member).all();
    if (results.length > 0)
      throw new Error(`The seeded data is inconsistent: ${name} (${JSON.stringify(results[0])}).`);
  }
}
