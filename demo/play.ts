import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { startLocal } from "../scripts/local.ts";
import { newSecret } from "../scripts/secrets.ts";
import { type Api, openApi } from "./api.ts";
import { expected, type Person, readCodes, readPeople, toCsv } from "./files.ts";
import { openReceiver } from "./receiver.ts";
import { headline, progress, say, table } from "./show.ts";
import { countCoupons, countPeople, countWebhooks, type Stats } from "./tally.ts";

const FRIENDS_FOR_A_REWARD = 3;
const AT_ONCE = 48;
const PATIENCE_MS = 120_000;

type Signup = { referral_code: string };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cheat: { type: "boolean" }, token: { type: "boolean" } },
});
if (values.token) await import("./tokens/play.ts");
const people = readPeople(Number(positionals[0] ?? 1000));
const codes = readCodes("coupons.csv", Math.ceil(people.length * 0.15));
const moreCodes = readCodes("more-coupons.csv");
const right = expected(people, FRIENDS_FOR_A_REWARD, codes.length, moreCodes.length);

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
const stateDir = mkdtempSync(join(tmpdir(), "referrals-demo-"));
process.on("exit", () => rmSync(stateDir, { recursive: true, force: true }));
const receiver = await openReceiver({ forgets: values.cheat ?? false });

headline("Starting the product on an empty database");
const operatorToken = newSecret();
const product = await startLocal({
  port: 0,
  stateDir,
  logs: false,
  vars: {
    JWT_SECRET: newSecret(),
    CODE_SECRET: newSecret(),
    SEAL_SECRET: newSecret(),
    OPERATOR_TOKEN: operatorToken,
    ALLOW_LOCAL_WEBHOOKS: "on",
    RATE_LIMITS: "off",
  },
});
say(`  ${product.url}, and a webhook receiver at ${receiver.url}`);

const { api, campaignId, webhookId } = await openCampaign();
await signEverybodyUp(api, campaignId);
const before = await api.get<Stats>(`/campaigns/${campaignId}/stats`);
say(`  ${before.total_rewards_given} rewards have a coupon code, ${before.rewards_pending} are waiting for one.`);

headline(`Uploading ${moreCodes.length} more coupon codes`);
const upload = await api.post<{ filled: number }>(`/campaigns/${campaignId}/coupons`, toCsv(moreCodes), "text/csv");
say(`  ${upload.filled} waiting rewards fulfilled, oldest first`);

headline("Waiting for the last webhooks (rejected ones are retried after five seconds)");
await everythingDelivered();

headline("Does it add up?");
const files = { right, codes, moreCodes, goal: FRIENDS_FOR_A_REWARD };
const wrong = table([
  ...(await countPeople(api, campaignId, files)),
  ...(await countCoupons(api, campaignId, files, { before, filled: upload.filled })),
  ...countWebhooks(receiver, await deliveries(), right),
]);
await product.stop();
receiver.close();
if (wrong.length > 0) {
  console.error(`\nIT DOES NOT ADD UP: ${wrong.map((line) => line.what.trim()).join(", ")}.`);
  process.exit(1);
}
say("\n  Everything adds up.\n");
process.exit(0);

/** Everything before the first signup, as an integrator would do it with curl. */
async function openCampaign() {
  headline("Setting up a campaign");
  const visitor = openApi(product.url);
  const account = { email: "owner@example.com", name: "Olive Owner", password: newSecret() };
  const member = await visitor.post<{ id: number }>("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const { api_key } = await visitor
    .as({ Authorization: `Bearer ${token}` })
    .post<{ api_key: string }>("/members/api-key", {});
  say(`  account ${member.id} with the key ${api_key.slice(0, 10)}…`);

  // The free plan makes participants past the 500th pending, so the operator assigns a larger plan.
  const operator = visitor.as({ Authorization: `Bearer ${operatorToken}` });
  await operator.put(`/operator/members/${member.id}/plan`, { plan_id: 2, plan_expiry: "2099-01-01T00:00:00.000Z" });

  const api = visitor.as({ "X-API-Key": api_key });
  const brand = await api.post<{ id: number; domain: string }>("/brands", { url: "https://www.acme.example" });
  const campaign = await api.post<{ id: number }>("/campaigns", {
    brand_id: brand.id,
    name: "Spring: bring your friends",
    goal_type: "signup",
    num_signups: FRIENDS_FOR_A_REWARD,
    reward_type: 1,
    reward_invited: true,
  });
  say(
    `  campaign ${campaign.id} of ${brand.domain}: a coupon for ${FRIENDS_FOR_A_REWARD} friends, and one for everyone invited`,
  );

  const webhook = await api.post<{ id: number; secret: string }>("/webhooks", {
    link: receiver.url,
    campaign_id: campaign.id,
  });
  receiver.trust(webhook.secret);
  say(`  webhook ${webhook.id} for every event; its receiver rejects the first attempt of one event in eight`);

  const { added } = await api.post<{ added: number }>(`/campaigns/${campaign.id}/coupons`, toCsv(codes), "text/csv");
  say(`  ${added} coupon codes from coupons.csv`);
  return { api, campaignId: campaign.id, webhookId: webhook.id };
}

/** Signs up many people at once, each as soon as the person who invited them is signed up. */
async function signEverybodyUp(api: Api, campaignId: number) {
  headline(`${people.length} people sign up, ${AT_ONCE} at a time`);
  const bar = progress("people", people.length);
  const limit = pLimit(AT_ONCE);
  const signedUp = new Map<string, Promise<Signup>>();
  const started = performance.now();
  let done = 0;
  for (const person of people)
    signedUp.set(
      person.email,
      (async () => {
        const inviter = await signedUp.get(person.invited_by);
        const signup = await limit(() => signUp(api, campaignId, person, inviter));
        bar(++done);
        return signup;
      })(),
    );
  await Promise.all(signedUp.values());
  const seconds = (performance.now() - started) / 1000;
  say(`  in ${seconds.toFixed(1)} s, ${Math.round(people.length / seconds)} a second`);
}

async function signUp(api: Api, campaignId: number, { name, email }: Person, inviter: Signup | undefined) {
  if (!inviter) return api.post<Signup>("/signups", { campaign_id: campaignId, name, email });
  const referral = { referral_code: inviter.referral_code, name, email };
  return (await api.post<{ participant: Signup }>("/signups/referral", referral)).participant;
}

/** Waits until the product's delivery log has no pending deliveries. */
async function everythingDelivered() {
  const bar = progress("webhooks", right.allEvents);
  const deadline = performance.now() + PATIENCE_MS;
  while ((await deliveries("pending")) > 0 && performance.now() < deadline) {
    bar(receiver.accepted());
    await setTimeout(300);
  }
  bar(receiver.accepted());
}

async function deliveries(status?: string) {
  const filter = status ? `&status=${status}` : "";
  const list = await api.get<{ pagination: { total: number } }>(`/webhooks/${webhookId}/deliveries?limit=1${filter}`);
  return list.pagination.total;
}
