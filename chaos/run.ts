import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startLocal } from "../scripts/local.ts";
import { OPERATOR_TOKEN } from "./account.ts";
import { openCampaign } from "./campaign.ts";
import { runClients } from "./clients.ts";
import { checkCounters, readApi } from "./counters.ts";
import { checkEmails } from "./emails.ts";
import { History } from "./history.ts";
import { watchMemory } from "./memory.ts";
import { runNemesis } from "./nemesis.ts";
import { ambiguousCommits, checkPeople } from "./people.ts";
import { freePort } from "./port.ts";
import { openProvider } from "./provider.ts";
import { comeToRest, NO_LIMIT } from "./quiet.ts";
import { randomOf } from "./random.ts";
import { openReceiver } from "./receiver.ts";
import { restoreAndGoOn } from "./restore.ts";
import { openReviewed } from "./reviewed.ts";
import { Reviewing, runReviewers } from "./reviewers.ts";
import { checkReviewing } from "./reviewers-check.ts";
import { checkRewards } from "./rewards.ts";
import { runSales, SalesHistory } from "./sales.ts";
import { checkSales } from "./sales-check.ts";
import { openShop } from "./shop.ts";
import { runShopkeepers, Shopkeeping } from "./shopkeeper.ts";
import { checkShopkeeping } from "./shopkeeper-check.ts";
import { missingOf, neverSeen, seenAtOnce, seenSoFar } from "./sights.ts";
import { growOld, readTables } from "./tables.ts";
import { Weather } from "./weather.ts";
import { checkWebhooks, duplicates } from "./webhooks.ts";

const { values } = parseArgs({
  options: {
    /** Minimum duration. A run continues until every required situation has occurred. */
    seconds: { type: "string", default: "60" },
    /** Minimum number of kills, however long they take on a busy machine. */
    kills: { type: "string", default: "1" },
    clients: { type: "string", default: "16" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    /** A short run passes even if no kill hit a commit, and restores no database. */
    short: { type: "boolean", default: false },
    /** Reviewers also work in a short run, which need not see all of their actions. */
    reviews: { type: "boolean", default: false },
  },
});
const [seconds, clients, seed] = [Number(values.seconds), Number(values.clients), Number(values.seed)];
const say = (text: string) => console.log(text);
const EXAMPLES = 5;
const listed = (times: Map<string, number>) => [...times].map(([what, n]) => `${what} ${n}`).join(", ");
say(`chaos --seconds ${seconds} --clients ${clients} --seed ${seed}`);

const stateDir = mkdtempSync(join(tmpdir(), "referrals-chaos-"));
process.on("exit", () => rmSync(stateDir, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
process.env.WORKERD_PID_FILE = join(stateDir, "workerd.pid");

const memory = watchMemory(process.env.WORKERD_PID_FILE);
const port = await freePort();
const secrets = { JWT_SECRET: "a", CODE_SECRET: "b", SEAL_SECRET: "c", OPERATOR_TOKEN };
const receiver = await openReceiver();
const provider = await openProvider();
const weather = new Weather(randomOf(seed + 1));
const vars = { ...secrets, ...provider.vars, MAIL_PER_DAY: NO_LIMIT };
const start = () => startLocal({ port, stateDir, logs: false, isSilent: true, vars, between: weather.between });
const history = new History();
let product = await start();
const campaign = await openCampaign(product.url, receiver);
const shop = await openShop(product.url);
// A short run has no time for reviews to open, be decided, and be undone.
const reviewed = values.short && !values.reviews ? null : await openReviewed(product.url, receiver);
if (!values.short) {
  await product.stop();
  growOld(stateDir);
  product = await start();
}

const [clientsStop, tellingStops] = [new AbortController(), new AbortController()];
const [sold, kept, reviewing] = [new SalesHistory(), new Shopkeeping(), new Reviewing()];
const cast = { history, receiver, provider, weather, shop, sold, kept, reviewing };
const working = Promise.all([
  runClients(clients, campaign, history, seed, clientsStop.signal),
  runSales(shop, history, sold, seed, clientsStop.signal),
  runShopkeepers(shop, history, kept, seed, clientsStop.signal),
  ...(reviewed ? [runReviewers(reviewed, history, reviewing, seed, clientsStop.signal)] : []),
]);
const telling = provider.tell(product.url, tellingStops.signal);
const victim = { pidFile: process.env.WORKERD_PID_FILE, origin: product.url, weather, provider, history };
const enough = {
  ms: seconds * 1000,
  kills: Number(values.kills),
  missing: async () => missingOf(values.short ? seenAtOnce(cast) : await seenSoFar(cast)),
};
const kills = await runNemesis(victim, randomOf(seed), enough, say);
const during = await seenSoFar(cast);
clientsStop.abort();
await working;
say(`  ${kills.length} kills, at ${kills.map((k) => `${(k.atMs / 1000).toFixed(1)} s`).join(", ")}`);

const scene = { restart: start, campaign, history, receiver, provider, stateDir, say, vars };
const rest = await comeToRest({ ...scene, product });
product = rest.product;
tellingStops.abort();
await telling;
const api = await readApi(campaign);
await product.stop();
const tables = readTables(stateDir);

const ambiguous = ambiguousCommits(history, tables);
const { ok, failed, unknown } = history.requests;
say(`  ${ok + failed + unknown} requests: ${ok} ok, ${failed} failed, ${unknown} unknown; ${history.retries} retries`);
const dry = tables.events.filter((e) => e.type === "coupons.exhausted").length;
say(`  ${tables.participants.length} participants, ${tables.rewards.length} rewards, ${tables.coupons.length} codes`);
say(`  the coupon pool ran out ${dry} times`);
say(
  `  ${tables.events.length} events, ${receiver.received.length} webhook requests, ${duplicates(receiver)} duplicates`,
);
say(
  `  ${tables.shop.conversions.length} sales, ${tables.shop.refunds.length} refunds, ${sold.repeats} repeats, ${tables.shop.rewards.length} rewards`,
);
say(
  `  ${kept.approved.size} approvals, ${tables.shop.payouts.length} payouts, ${tables.shop.redemptions.length} redemptions, ${tables.shop.releases.length} releases of ${tables.shop.participants.length} participants`,
);
if (reviewed)
  say(
    `  ${tables.reviewed.reviews.length} reviews, ${reviewing.verdicts.length} verdicts, ${receiver.questions.length} questions about ${tables.reviewed.rewards.length} rewards`,
  );
say(`  ${ambiguous} commits whose response was lost`);
say(`  the receiver's mishaps${values.short ? " (a short run need not have all)" : ""}: ${listed(receiver.mishaps)}`);
say(`  ${provider.taken.length} emails; of the provider: ${listed(provider.mishaps)}`);
say(`  of the database: ${listed(weather.happened)}`);
say(`  ${history.full} requests that a full database rejected`);
const peaks = memory.peaks();
if (peaks.length > 0)
  say(`  ${Math.round(Math.max(...peaks) / 1024)} MB peak memory in any of ${peaks.length} runtimes (all of workerd)`);

const verdicts = [
  ...checkPeople(history, tables),
  ...checkRewards(history, receiver.received, tables),
  ...checkWebhooks(campaign, receiver, tables),
  ...checkEmails(campaign, provider, tables),
  ...rest.emails,
  ...checkSales(shop, sold, tables.shop),
  ...checkShopkeeping(kept, tables.shop),
  ...(reviewed ? checkReviewing(reviewing, receiver.questions, tables.reviewed) : []),
  ...checkCounters(api, history, tables),
  ...(values.short ? [] : await restoreAndGoOn(scene, seed)),
  { what: "5xx responses other than 503 with Retry-After", wrong: history.badAnswers },
  { what: "unexpected rejections", wrong: history.refusals },
  { what: "situations that did not occur", wrong: await neverSeen(cast, during, tables, values.short) },
];
for (const { what, wrong } of verdicts) {
  say(`  ${String(wrong.length).padStart(6)}  ${what}`);
  for (const example of wrong.slice(0, EXAMPLES)) say(`          ${example.slice(0, 300)}`);
}
receiver.close();
provider.close();
const isBroken = verdicts.some(({ wrong }) => wrong.length > 0);
const isVoid = ambiguous === 0;
if (isBroken) say("\nPROMISES WERE BROKEN.");
else if (isVoid) say("\nVoid: no kill landed in the middle of a commit.");
else say("\nEvery promise held.");
process.exit(isBroken ? 1 : isVoid && !values.short ? 2 : 0);
