import { setTimeout } from "node:timers/promises";
import type { Campaign } from "./campaign.ts";
import type { History, SignUp } from "./history.ts";
import { type Answer, ask } from "./http.ts";
import { mailbox } from "./people.ts";
import { type Random, randomOf } from "./random.ts";

type Person = { email: string; id: number; code: string };
/**
 * The clients' shared list of known participants. With few referral codes in use, many referrals go to the same people
 * and earn rewards.
 */
type Crowd = { campaign: Campaign; history: History; people: Person[]; shift: string };
/** Half of the clients never retry. Of the others, half send an Idempotency-Key. */
type Client = Crowd & { name: string; random: Random; retries: boolean; usesKeys: boolean };

const TRIES_MAX = 6;
const RECENT = 40;

/** Runs `count` clients until the signal. Each finishes its current action. What they create is named after the shift. */
export async function runClients(
  count: number,
  campaign: Campaign,
  history: History,
  seed: number,
  signal: AbortSignal,
  shift = "",
) {
  const crowd = { campaign, history, people: [], shift };
  const clients = Array.from({ length: count }, async (_, i) => {
    const random = randomOf(seed * 1000 + i);
    const client = { ...crowd, name: `${shift}c${i}`, random, retries: i % 2 === 1, usesKeys: i % 4 === 3 };
    for (let n = 0; !signal.aborted; n++) {
      await act(client, n);
      await setTimeout(random.between(0, 30));
    }
  });
  await Promise.all([...clients, upload({ ...crowd, random: randomOf(seed + 77) }, signal)]);
}

async function act(client: Client, n: number) {
  const { random, people, name } = client;
  const newcomer = `${name}-${n}@example.com`;
  const friend = random.oneOf(people, RECENT);
  const die = random.next();
  if (!friend || die < 0.2) return signUp(client, newcomer, null);
  if (die < 0.62) return signUp(client, newcomer, friend);
  // Somebody who has signed up already, with or without a referrer: only their first referrer may count.
  if (die < 0.74) return signUp(client, random.oneOf(people, RECENT)?.email ?? newcomer, friend);
  // One person signs up twice at once, with different referrers.
  if (die < 0.86) {
    const other = random.oneOf(people, RECENT) ?? null;
    return Promise.all([signUp(client, newcomer, friend), signUp(client, newcomer, other)]);
  }
  if (die < 0.9) return signUp(client, friend.email.replace("@", `+${n}@`), friend);
  if (die < 0.95) return click(client, friend);
  return impression(client);
}

/** One signup, with a friend's code or without, retried if the client does so. */
async function signUp(client: Client, email: string, friend: Person | null) {
  const { campaign, history, people } = client;
  const path = friend ? "signups/referral" : "signups";
  const body = { email, name: "Somebody", ...(friend ? { referral_code: friend.code } : { campaign_id: campaign.id }) };
  const entry: SignUp = {
    email,
    referrer: friend?.id ?? null,
    outcome: "unknown",
    inDoubt: false,
    id: null,
    code: null,
    attributed: null,
    told: [],
  };
  history.signups.push(entry);
  const answer = await insist(client, `${campaign.origin}/api/v1/${path}`, body, causesOf(email, friend), () => {
    entry.inDoubt = true;
  });
  entry.outcome = answer.outcome === "failed" && entry.inDoubt ? "unknown" : answer.outcome;
  // On a retry, this error means that an earlier try succeeded.
  if (answer.code === "already_signed_up") entry.outcome = "ok";
  if (answer.outcome !== "ok") return;
  entry.id = answer.data.id;
  entry.attributed = answer.data.attributed ?? null;
  for (const reward of [answer.data.reward, answer.data.invited_reward])
    if (reward?.coupon) entry.told.push({ reward: reward.id, code: reward.coupon });
  const participant = friend ? answer.data.participant : answer.data;
  if (!participant) return;
  entry.code = participant.referral_code;
  people.push({ email, id: participant.id, code: participant.referral_code });
}

/**
 * Why a signup may be rejected: with a friend's code, because it is the friend's own; without, because the person has
 * signed up already.
 */
function causesOf(email: string, friend: Person | null) {
  if (!friend) return ["already_signed_up"];
  return mailbox(email) === mailbox(friend.email) ? ["self_referral"] : [];
}

/**
 * Sends the request until its outcome is clear, if the client retries. A refused connection has no response, but leaves
 * no doubt.
 */
async function insist(
  client: Client,
  url: string,
  body: unknown,
  causes: string[],
  doubt: () => void,
): Promise<Answer> {
  const { campaign, history, random } = client;
  const headers: Record<string, string> = { "X-API-Key": campaign.key };
  if (client.usesKeys) headers["Idempotency-Key"] = `${client.name}-${random.next()}`;
  // The first request with this key may still be in progress, or its run may have died.
  const allowed = client.usesKeys ? [...causes, "idempotency_in_progress", "conflict"] : causes;
  for (let tries = 1; ; tries++) {
    const answer = await ask(history, url, body, headers, allowed);
    if (answer.outcome === "unknown") doubt();
    const isClear = answer.outcome !== "unknown" && answer.status !== 0;
    if (isClear || !client.retries || tries === TRIES_MAX) return answer;
    history.retries++;
    await setTimeout(random.between(100, 200) * tries);
  }
}

async function click({ campaign, history }: Client, friend: Person) {
  history.clicks.push((await ask(history, `${campaign.origin}/t/${friend.code}`)).outcome);
}

async function impression({ campaign, history }: Client) {
  const answer = await ask(history, `${campaign.origin}/api/widget/impression`, { campaign_id: campaign.id });
  history.impressions.push(answer.outcome);
}

/**
 * Uploads slightly fewer codes than rewards are earned, so the pool runs out again and again. Every second upload
 * is retried until it is known to have succeeded.
 */
async function upload({ campaign, history, random, shift }: Crowd & { random: Random }, signal: AbortSignal) {
  for (let n = 0; !signal.aborted; n++) {
    const before = referralsIn(history);
    const codes = Array.from({ length: random.int(5, 60) }, (_, i) => `Code-${shift}${n}-${i}`);
    const entry = { codes, outcome: await uploadOnce(history, campaign, codes) };
    history.uploads.push(entry);
    for (let tries = 1; n % 2 === 1 && entry.outcome !== "ok" && tries < TRIES_MAX; tries++) {
      await setTimeout(300 * tries);
      const again = await uploadOnce(history, campaign, codes);
      entry.outcome = again === "failed" ? entry.outcome : again;
    }
    await setTimeout(random.between(200, 1200));
    // On a busy machine, rewards take longer to be earned than codes to be uploaded.
    const isEnough = () => entry.outcome !== "ok" || referralsIn(history) >= before + codes.length;
    while (!signal.aborted && !isEnough()) await setTimeout(100);
  }
}

const referralsIn = ({ signups }: History) => signups.filter(({ attributed }) => attributed).length;

export const uploadOnce = async (history: History, { origin, id, key }: Campaign, codes: string[]) =>
  (await ask(history, `${origin}/api/v1/campaigns/${id}/coupons`, { codes }, { "X-API-Key": key })).outcome;
