import { setTimeout } from "node:timers/promises";
import type { Campaign } from "./campaign.ts";
import type { History, SignUp } from "./history.ts";
import { type Answer, ask } from "./http.ts";
import { mailbox } from "./people.ts";
import { type Random, randomOf } from "./random.ts";

type Person = { email: string; id: number; code: string };
/** What all clients share: who is known to be in. Rewards are earned where many refer by the same few codes. */
type Crowd = { campaign: Campaign; history: History; people: Person[] };
/** Half of the clients never ask twice; of the others half send an Idempotency-Key. */
type Client = Crowd & { name: string; random: Random; retries: boolean; usesKeys: boolean };

const TRIES_MAX = 6;
const RECENT = 40;

/** Runs `count` clients until the signal; each finishes what it has begun. */
export async function runClients(
  count: number,
  campaign: Campaign,
  history: History,
  seed: number,
  signal: AbortSignal,
) {
  const crowd = { campaign, history, people: [] };
  const clients = Array.from({ length: count }, async (_, i) => {
    const random = randomOf(seed * 1000 + i);
    const client = { ...crowd, name: `c${i}`, random, retries: i % 2 === 1, usesKeys: i % 4 === 3 };
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
  // Somebody who is in already, by nobody or by somebody: at most the first of his inviters counts.
  if (die < 0.74) return signUp(client, random.oneOf(people, RECENT)?.email ?? newcomer, friend);
  // One person through two doors at once.
  if (die < 0.86) {
    const other = random.oneOf(people, RECENT) ?? null;
    return Promise.all([signUp(client, newcomer, friend), signUp(client, newcomer, other)]);
  }
  if (die < 0.9) return signUp(client, friend.email.replace("@", `+${n}@`), friend);
  if (die < 0.95) return click(client, friend);
  return impression(client);
}

/** One signup, by a friend's code or without, asked again or not as is the client's way. */
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
    attributed: null,
    told: [],
  };
  history.signups.push(entry);
  const answer = await insist(client, `${campaign.origin}/api/v1/${path}`, body, causesOf(email, friend), () => {
    entry.inDoubt = true;
  });
  entry.outcome = answer.outcome === "failed" && entry.inDoubt ? "unknown" : answer.outcome;
  // Whoever asks again learns from this refusal that he is in.
  if (answer.code === "already_signed_up") entry.outcome = "ok";
  if (answer.outcome !== "ok") return;
  entry.id = answer.data.id;
  entry.attributed = answer.data.attributed ?? null;
  for (const reward of [answer.data.reward, answer.data.invited_reward])
    if (reward?.coupon) entry.told.push({ reward: reward.id, code: reward.coupon });
  const participant = friend ? answer.data.participant : answer.data;
  if (participant) people.push({ email, id: participant.id, code: participant.referral_code });
}

/** Why a signup may be refused: who comes by a friend's code is refused as that friend himself, and who comes without as one who is in. */
function causesOf(email: string, friend: Person | null) {
  if (!friend) return ["already_signed_up"];
  return mailbox(email) === mailbox(friend.email) ? ["self_referral"] : [];
}

/** Asks until the answer is clear, if that is the client's way. A refused connection is no answer either, but leaves no doubt. */
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
  // The run of a key's first request may be under way still, or have died.
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

/** Fills the pool by a little less than is earned, so that it runs dry again and again. Every second upload is repeated until it is known to be in. */
async function upload({ campaign, history, random }: Crowd & { random: Random }, signal: AbortSignal) {
  for (let n = 0; !signal.aborted; n++) {
    const codes = Array.from({ length: random.int(5, 60) }, (_, i) => `Code-${n}-${i}`);
    const entry = { codes, outcome: await uploadOnce(history, campaign, codes) };
    history.uploads.push(entry);
    for (let tries = 1; n % 2 === 1 && entry.outcome !== "ok" && tries < TRIES_MAX; tries++) {
      await setTimeout(300 * tries);
      const again = await uploadOnce(history, campaign, codes);
      entry.outcome = again === "failed" ? entry.outcome : again;
    }
    await setTimeout(random.between(200, 1200));
  }
}

export const uploadOnce = async (history: History, { origin, id, key }: Campaign, codes: string[]) =>
  (await ask(history, `${origin}/api/v1/campaigns/${id}/coupons`, { codes }, { "X-API-Key": key })).outcome;
