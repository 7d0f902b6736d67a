import { setTimeout } from "node:timers/promises";
import type { History, Outcome } from "./history.ts";
import { randomOf } from "./random.ts";
import { FAKES, REVIEWED_ID, type Referrer, type Reviewed } from "./reviewed.ts";
import { ShopClient } from "./shop-client.ts";

export type Sent = { review: number; verdict: "approve" | "deny" | "reopen"; isOfAll: boolean; outcome: Outcome };
type Friend = { email: string; referrer: number; outcome: Outcome };

/** The requests of the campaign's friends and reviewers, and their known results. */
export class Reviewing {
  friends: Friend[] = [];
  verdicts: Sent[] = [];
  payouts: { outcome: Outcome }[] = [];
}

const [CLIENTS, REVIEWERS] = [2, 2];
const RECENT = 6;

/** Signs up honest and suspicious friends, decides their reviews, undoes decisions, and pays, until the signal. */
export async function runReviewers(
  reviewed: Reviewed,
  history: History,
  reviewing: Reviewing,
  seed: number,
  signal: AbortSignal,
) {
  const run = (count: number, from: number, act: typeof bring) =>
    Array.from({ length: count }, async (_, i) => {
      const api = new ShopClient(reviewed, history, randomOf(seed * 1000 + from + i), i % 2 === 1);
      const referrers = [...reviewed.referrers];
      for (let n = 0; !signal.aborted; n++) {
        await act(api, reviewing, referrers, `${i}-${n}`);
        await setTimeout(api.random.between(0, 120));
      }
    });
  await Promise.all([...run(CLIENTS, 900, bring), ...run(REVIEWERS, 950, review)]);
}

/** Now and then, a friend refers others. */
async function bring(api: ShopClient<Reviewed>, { friends }: Reviewing, referrers: Referrer[], name: string) {
  const referrer = api.random.oneOf(referrers, RECENT);
  if (!referrer) return;
  const email = `friend-${name}@${api.random.chance(0.4) ? FAKES : "reviewed.example"}`;
  const friend: Friend = { email, referrer: referrer.id, outcome: "unknown" };
  friends.push(friend);
  const body = { email, name: "Friend", referral_code: referrer.referral_code };
  const answer = await api.post("/signups/referral", body, ["already_signed_up"]);
  friend.outcome = answer.outcome;
  if (answer.outcome === "ok" && answer.data.participant && api.random.chance(0.3))
    referrers.push(answer.data.participant);
}

/** Decides (sometimes twice at once, and differently), undoes, or pays. */
async function review(api: ShopClient<Reviewed>, reviewing: Reviewing, _: Referrer[], name: string) {
  const { random } = api;
  const die = random.next();
  if (die < 0.1) {
    const payout: Reviewing["payouts"][number] = { outcome: "unknown" };
    reviewing.payouts.push(payout);
    const body = { filter: { campaign_id: REVIEWED_ID }, reference: `Transfer ${name}` };
    payout.outcome = (await api.post("/payouts", body, ["conflict"])).outcome;
    return;
  }
  const known = random.oneOf(reviewing.verdicts, RECENT);
  if (known && die < 0.35) return decide(api, reviewing, known.review, "reopen");
  const open = await api.read(`/reviews?campaign_id=${REVIEWED_ID}&limit=20`);
  const ids: { id: number }[] = open.data?.reviews ?? [];
  const id = random.oneOf(ids)?.id;
  if (id === undefined) return;
  if (die < 0.5) await Promise.all([decide(api, reviewing, id, "approve"), decide(api, reviewing, id, "deny")]);
  else await decide(api, reviewing, id, random.chance(0.5) ? "approve" : "deny");
}

async function decide(api: ShopClient<Reviewed>, { verdicts }: Reviewing, id: number, verdict: Sent["verdict"]) {
  const isOfAll = api.random.chance(0.2);
  const one: Sent = { review: id, verdict, isOfAll, outcome: "unknown" };
  verdicts.push(one);
  const body = { verdict, scope: isOfAll ? "all_of_referrer" : "this" };
  one.outcome = (await api.post(`/reviews/${id}`, body, ["conflict"])).outcome;
}
