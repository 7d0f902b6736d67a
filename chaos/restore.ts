import { setTimeout } from "node:timers/promises";
import { OPERATOR_TOKEN } from "./account.ts";
import { runClients } from "./clients.ts";
import { checkCounters, readApi } from "./counters.ts";
import { checkEmails } from "./emails.ts";
import { History } from "./history.ts";
import { ask } from "./http.ts";
import { checkPeople } from "./people.ts";
import { comeToRest, type Product, type Scene } from "./quiet.ts";
import { checkRewards, codeIn } from "./rewards.ts";
import { keepCopy, readTables } from "./tables.ts";
import { type Verdict, verdict } from "./verdict.ts";
import { checkWebhooks } from "./webhooks.ts";

const [LOST_MS, UNNOTICED_MS, HELD_MS] = [2_500, 1_000, 1_500];
/** The lost time ends once it has an announced code and a sent email, or after this time. */
const LOST_MAX_MS = 180_000;
const CLIENTS = 4;
const FOLLOWED = 5;

/**
 * Restores the database to the moment before a shift of work, like Time Travel: everything outside of it stays, such as the
 * ledgers, the share links, and sent messages. Then work continues, and the operator ends the hold. The product is stopped
 * before and after.
 */
export async function restoreAndGoOn(scene: Scene, seed: number): Promise<Verdict[]> {
  const { restart, campaign, history, receiver, provider, stateDir, say } = scene;
  const shift = (name: string, kept: History, ms: number) =>
    runClients(CLIENTS, campaign, kept, seed, AbortSignal.timeout(ms), name);
  const putBack = keepCopy(stateDir);
  const lost = new History();
  const [firstLost, firstEmail] = [receiver.received.length, provider.taken.length];
  const told = () => [
    ...lost.signups.flatMap(({ told }) => told),
    ...receiver.received.slice(firstLost).flatMap(codeIn),
  ];
  let product = await restart();
  // The mark advances in the database and outside of it: the lost time begins after it.
  await product.runJobs();
  const shiftEnds = new AbortController();
  const working = runClients(CLIENTS, campaign, lost, seed, shiftEnds.signal, "lost");
  const [begun, passed] = [performance.now(), () => performance.now() - begun];
  const isTold = () => told().length > 0 && provider.taken.length > firstEmail;
  while (passed() < LOST_MS || (!isTold() && passed() < LOST_MAX_MS)) await setTimeout(250);
  shiftEnds.abort();
  await working;
  await product.runJobs();
  await setTimeout(UNNOTICED_MS);
  await product.stop();
  const lostEmails = provider.taken.splice(firstEmail);
  const [sentBefore, askedBefore] = [receiver.received.length, provider.asked()];
  const toldInLost = told();
  receiver.received.splice(firstLost);
  putBack();

  product = await restart();
  await shift("unnoticed", history, UNNOTICED_MS);
  await product.runJobs();
  await shift("held", history, HELD_MS);
  await product.runJobs();
  await setTimeout(UNNOTICED_MS);
  const early = receiver.received.length - firstLost + provider.asked() - askedBefore;
  const followed = await followLostLinks(scene, lost);
  await endHolds(product);
  const rest = await comeToRest({ ...scene, product }, 0);
  product = rest.product;
  const api = await readApi(campaign);
  await product.stop();
  const tables = readTables(stateDir);
  say(
    `  restored: ${lost.signups.filter(({ id }) => id).length} signups, ${toldInLost.length} codes, ${sentBefore - firstLost} webhook requests, and ${lostEmails.length} emails were lost`,
  );

  const lostIds = new Set(lost.signups.flatMap(({ id }) => id ?? []));
  const given = new Set(tables.coupons.filter(({ reward_id }) => reward_id !== null).map(({ code }) => code));
  const later: Verdict[] = [
    verdict("sent before the operator let it go", Array(early).fill("a webhook or an email")),
    verdict(
      "participants with an id of the lost time",
      tables.participants.filter(({ id }) => lostIds.has(id)),
    ),
    verdict(
      "codes given a second time",
      toldInLost.filter(({ code }) => given.has(code)),
    ),
    verdict("links of the lost time that lead to someone", followed),
    verdict("a lost time in which nothing was told", toldInLost.length > 0 && lostEmails.length > 0 ? [] : ["nothing"]),
    ...checkPeople(history, tables),
    ...checkRewards(history, receiver.received, tables).filter(({ what }) => what !== IN_ORDER),
    ...checkWebhooks(campaign, receiver, tables),
    ...checkEmails(campaign, provider, tables),
    ...rest.emails,
    ...checkCounters(api, history, tables),
  ];
  return later.map(({ what, wrong }) => ({ what: `after a restore: ${what}`, wrong }));
}

/** Without codes given in the lost time. */
const IN_ORDER = "codes given out of order";

/** Signs people up with share links lost in the restore. @returns those that worked */
async function followLostLinks({ campaign, history }: Scene, lost: History): Promise<string[]> {
  const gone = lost.signups.filter(({ id }) => id !== null);
  const codes = [...new Set(gone.flatMap(({ code }) => code ?? []))].slice(-FOLLOWED);
  const outcomes = await Promise.all(
    codes.map(async (referral_code, n) => {
      const body = { email: `follower-${n}@example.com`, name: "Somebody", referral_code };
      const url = `${campaign.origin}/api/v1/signups/referral`;
      const { outcome } = await ask(history, url, body, { "X-API-Key": campaign.key }, ["unknown_referrer"]);
      return outcome === "ok" ? [referral_code] : [];
    }),
  );
  return outcomes.flat();
}

/** The operator's actions on their page. */
async function endHolds({ url }: Product) {
  const send = (path: string, fields: Record<string, string>, cookie = "") =>
    fetch(url + path, {
      method: "POST",
      headers: { Origin: url, ...(cookie && { Cookie: cookie }) },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  const { headers } = await send("/operator/sign-in", { token: OPERATOR_TOKEN });
  const cookie = String(headers.getSetCookie()[0]?.split(";")[0]);
  for (const outbox of ["deliveries", "mails"]) {
    const { status } = await send("/operator/sending/release", { outbox, reason: "restored" }, cookie);
    if (status !== 303) throw new Error(`The operator could not end the hold of ${outbox}: ${status}.`);
  }
}
