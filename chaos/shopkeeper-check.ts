import type { ShopTables } from "./sales-tables.ts";
import { PLACES_PER_FRIEND } from "./shop.ts";
import type { Shopkeeping } from "./shopkeeper.ts";
import { countBy, missing, repeated, type Verdict, verdict } from "./verdict.ts";

/** Compares holds, payouts, store credit, and the waitlist with the owner's actions. */
export const checkShopkeeping = (kept: Shopkeeping, tables: ShopTables): Verdict[] => [
  ...checkHolds(kept, tables),
  ...checkPayouts(kept, tables),
  ...checkCredit(kept, tables),
  ...checkExpiry(tables),
  ...checkLine(kept, tables),
];

function checkHolds({ approved, mayBeApproved }: Shopkeeping, { rewards, credits, events }: ShopTables) {
  const steps = countBy(credits, ({ reward_id, reason }) => `${reward_id} ${reason}`);
  const stepsOf = (id: number, reason: string) => steps.get(`${id} ${reason}`) ?? 0;
  const entries = countBy(credits, ({ reward_id, status }) => `${reward_id} reward.${status}`);
  const told = countBy(events, ({ reward_id, type }) => `${reward_id} ${type}`);
  // A reward whose refunds came before its sale is born revoked, and its event says so.
  const isTold = ({ id, status }: (typeof rewards)[number], type: string) => {
    const [due, seen] = [entries.get(`${id} ${type}`) ?? 0, told.get(`${id} ${type}`) ?? 0];
    return due === seen || (status === "revoked" && due === 1 && seen === 0);
  };
  return [
    verdict(
      "acknowledged approvals that were lost",
      rewards.filter(
        ({ id, needs_approval }) => approved.has(id) && (needs_approval !== null || !stepsOf(id, "approved")),
      ),
    ),
    verdict(
      "approvals that nobody gave",
      rewards.filter(({ id }) => stepsOf(id, "approved") > (mayBeApproved.has(id) ? 1 : 0)),
    ),
    verdict(
      "rewards let go twice, or without approval",
      rewards.filter(({ id, needs_approval }) => stepsOf(id, "released") > (needs_approval === 1 ? 0 : 1)),
    ),
    verdict(
      "rewards held longer than they should be",
      rewards.filter(({ held_until, needs_approval }) => held_until !== null || needs_approval === 0),
    ),
    verdict(
      "steps of rewards without exactly one event",
      rewards.filter((one) => !["reward.pending", "reward.fulfilled"].every((type) => isTold(one, type))),
    ),
  ];
}

const CASH = 5;

function checkPayouts(kept: Shopkeeping, { payouts, lines, rewards, credits }: ShopTables) {
  const steps = countBy(credits, ({ reward_id, reason }) => `${reward_id} ${reason}`);
  const paid = countBy(
    credits.filter(({ status }) => status === "fulfilled"),
    ({ reward_id }) => reward_id,
  );
  const linesOf = (id: number) => lines.filter((line) => line.payout_id === id);
  const isUndone = (id: number) => linesOf(id).every(({ date_undone }) => date_undone !== null);
  const isWrong = ({ payout_id, participant_id, amount, netted, rewards: n }: (typeof lines)[number]) => {
    const own = rewards.filter((one) => one.payout_id === payout_id && one.participant_id === participant_id);
    return own.length !== n || own.reduce((sum, one) => sum + one.amount, 0) !== amount + netted;
  };
  return [
    verdict(
      "acknowledged payouts that were lost",
      kept.payouts.filter(
        ({ id, reference }) => id !== null && payouts.find((one) => one.id === id)?.reference !== reference,
      ),
    ),
    verdict(
      "payouts that nobody made",
      missing(
        payouts.map(({ reference }) => reference),
        new Set(kept.payouts.map(({ reference }) => reference)),
      ),
    ),
    verdict(
      "payouts undone or kept against what was acknowledged",
      kept.payouts.filter(
        ({ id, undone }) => id !== null && (undone === "ok" ? !isUndone(id) : undone === null && isUndone(id)),
      ),
    ),
    verdict(
      "payouts whose amounts are not those of their rewards",
      lines.filter((line) => line.date_undone === null && isWrong(line)),
    ),
    verdict(
      "cash that was paid twice, or given without a payout",
      rewards.filter(({ id, reward_type, status, payout_id }) => {
        if (reward_type !== CASH) return false;
        const open = (paid.get(id) ?? 0) - (steps.get(`${id} payout undone`) ?? 0);
        return open !== (status === "fulfilled" ? 1 : 0) || (status === "fulfilled") !== (payout_id !== null);
      }),
    ),
  ];
}

function checkCredit({ redemptions: asked }: Shopkeeping, { redemptions, rewards, credits, events }: ShopTables) {
  const keyOf = (participant: number, id: string, amount: number) => `${participant} ${id} ${amount}`;
  const keys = new Set(redemptions.map((one) => keyOf(one.participant_id, one.redemption_id, one.amount)));
  const sent = (all: typeof asked) => all.map((one) => keyOf(one.participant, one.id, one.amount));
  const told = countBy(
    events.filter(({ type }) => type === "credit.redeemed"),
    ({ id }) => id,
  );
  const ownerOf = new Map(rewards.filter((one) => one.reward_type !== CASH).map((one) => [one.id, one.participant_id]));
  const given = new Map<number | undefined, number>();
  for (const { reward_id, amount } of credits.filter(({ reason }) => reason === "earned")) {
    const owner = ownerOf.get(reward_id);
    given.set(owner, (given.get(owner) ?? 0) + (amount ?? 0));
  }
  const taken = new Map<number, number>();
  for (const { participant_id, amount } of redemptions)
    taken.set(participant_id, (taken.get(participant_id) ?? 0) + amount);
  return [
    verdict(
      "acknowledged redemptions that were lost",
      missing(sent(asked.filter((one) => one.outcome === "ok")), keys),
    ),
    verdict(
      "redemptions that nobody made",
      missing(keys, new Set(sent(asked.filter((one) => one.outcome !== "failed")))),
    ),
    verdict(
      "redemptions without exactly one event",
      redemptions.filter(({ event }) => told.get(event) !== 1),
    ),
    verdict(
      "participants who redeemed more than they were given",
      [...taken].filter(([participant, amount]) => amount > (given.get(participant) ?? 0)),
    ),
  ];
}

function checkExpiry({ rewards, credits, events, redemptions }: ShopTables) {
  const entries = countBy(
    credits.filter(({ reason }) => reason === "expired"),
    ({ reward_id }) => reward_id,
  );
  const told = countBy(
    events.filter(({ type }) => type === "reward.expired"),
    ({ reward_id }) => reward_id,
  );
  const credit = rewards.filter(({ reward_type, status }) => reward_type !== CASH && status === "fulfilled");
  const kept = new Map<number, number>();
  for (const { participant_id, amount, expired_amount } of credit)
    kept.set(participant_id, (kept.get(participant_id) ?? 0) + amount - (expired_amount ?? 0));
  for (const { participant_id, amount } of redemptions)
    kept.set(participant_id, (kept.get(participant_id) ?? 0) - amount);
  return [
    verdict(
      "rewards that expired without exactly one entry and one event",
      rewards.filter(({ id, date_expired }) => {
        const due = date_expired === null ? 0 : 1;
        return (entries.get(id) ?? 0) !== due || (told.get(id) ?? 0) !== due;
      }),
    ),
    verdict(
      "store credit that outlives its days",
      credit.filter(({ expires_at }) => expires_at !== null),
    ),
    verdict(
      "participants whose store credit expired after it was redeemed",
      [...kept].filter(([, left]) => left < 0),
    ),
  ];
}

function checkLine(kept: Shopkeeping, { participants, releases, buckets, events, stats }: ShopTables) {
  const admissions = events.filter(({ type, data }) => type === "participant.admitted" && JSON.parse(data).release_id);
  const told = countBy(admissions, ({ participant_id }) => participant_id);
  const emails = new Set(participants.map(({ email }) => email));
  const waiting = participants.filter(({ waitlist_key }) => waitlist_key !== null);
  const inBuckets = countBy(waiting, ({ waitlist_key }) => Math.floor((waitlist_key ?? 0) / 256));
  const admitted = releases.reduce((sum, release) => sum + release.admitted, 0);
  return [
    verdict(
      "acknowledged participants of the shop who were lost",
      kept.joined.filter(({ email, outcome }) => outcome === "ok" && !emails.has(email)),
    ),
    verdict("participants of the shop with two places", repeated(participants.map(({ email }) => email))),
    verdict(
      "tickets that are not in turn",
      participants.filter(({ waitlist_ticket }, i) => waitlist_ticket !== i + 1),
    ),
    verdict("tickets counted wrong", stats.waitlist_tickets === participants.length ? [] : [stats.waitlist_tickets]),
    verdict(
      "places that the rule does not explain",
      participants.filter(({ waitlist_key, waitlist_ticket, referral_count, admitted_at }) => {
        const key = waitlist_ticket - referral_count * PLACES_PER_FRIEND;
        return waitlist_key !== (admitted_at === null ? key : null);
      }),
    ),
    verdict(
      "buckets that differ from the line",
      [...new Set([...inBuckets.keys(), ...buckets.map(({ bucket }) => bucket)])].filter(
        (n) => (buckets.find(({ bucket }) => bucket === n)?.waiting ?? 0) !== (inBuckets.get(n) ?? 0),
      ),
    ),
    verdict(
      "participants let in without exactly one event",
      participants.filter(({ id, admitted_at }) => (told.get(id) ?? 0) !== (admitted_at === null ? 0 : 1)),
    ),
    verdict("admissions counted wrong", admitted === admissions.length ? [] : [{ admitted, told: admissions.length }]),
    verdict(
      "releases that let in too many, or are not finished",
      releases.filter((release) => release.admitted > release.quota || release.date_finished === null),
    ),
    verdict(
      "acknowledged releases that were lost",
      kept.releases.filter(({ id, count }) => id !== null && releases.find((one) => one.id === id)?.quota !== count),
    ),
    verdict(
      "releases that nobody made",
      releases.length > kept.releases.filter(({ outcome }) => outcome !== "failed").length ? [releases.length] : [],
    ),
  ];
}
