import pLimit from "p-limit";
import { timeOrderedId } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { mayHaveCommitted } from "../../lib/db";
import { describeError, log } from "../../lib/log";
import type { MailKind } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-hint";
import { type Letter, letterOf } from "../email-content/email-content";
import { type Facts, factsOf } from "./email-facts";
import type { Leased, Outcome } from "./email-queue-store";
import * as store from "./email-queue-store";
import { delayAfter, isTooLate, startOfDay, startOfNextDay } from "./email-schedule";
import { isOff, send } from "./sender";

/** Longer than a round can take: twenty emails, four at a time, up to ten seconds each. */
const LEASE_MS = 120_000;
const AT_ONCE = 4;
/** To one recipient, from all campaigns of a member. */
const PER_RECIPIENT_AND_DAY = 10;
/** Longer delays are left to the sweep; shorter ones are handled by the queue. */
const QUEUE_DELAY_MAX_MS = 60_000;
const TRIES = 3;

/** Unsolicited emails: they are not sent to recipients who unsubscribed. */
const HEEDS_SUPPRESSION = new Set<MailKind>(["entry", "reward", "twoway_reward", "invitation"]);

type Written = { mail: Leased; facts: Exclude<Facts, { isGone: string }>; letter: Letter };

/**
 * Runs one round: leases those of these emails that are due, writes them, releases those that may be sent, sends them,
 * and records the outcomes. If the Worker dies before the release, the sweep finds the email again after the lease. If
 * it dies after the release, the email may have been sent, so it is not tried again: no email is sent twice.
 */
export async function sendMails(ctx: JobCtx, ids: number[]): Promise<void> {
  const started = ctx.now();
  const lease = timeOrderedId(started);
  const [, leased] = await ctx.db.batch([
    store.takeLease(ctx.db, ids, lease, started, new Date(started.getTime() + LEASE_MS)),
    store.leased(ctx.db, ids, lease),
  ]);
  if (leased.length === 0) return;
  const { written, outcomes } = await writeAll(ctx, leased);
  await record(ctx, outcomes, lease);
  const sent = await sendAll(ctx, await released(ctx, written, lease));
  await record(ctx, sent, lease);
  if (ctx.env.LOGS !== "off")
    log("info", "mails", {
      ...tally([...outcomes, ...sent]),
      ms: ctx.now().getTime() - started.getTime(),
      ...ctx.db.meter,
    });
}

/** Writes the emails, and returns outcomes for those that cannot be written. */
async function writeAll(ctx: JobCtx, leased: Leased[]) {
  const written: Written[] = [];
  const outcomes: Outcome[] = [];
  if (isOff(ctx.env))
    log("error", "mail is off: it needs the binding EMAIL and the setting MAIL_FROM", { mails: leased.length });
  for (const mail of leased) {
    if (isOff(ctx.env)) outcomes.push(ends(mail, "failed", "mail_off"));
    else if (isTooLate(mail, ctx.now())) outcomes.push(ends(mail, "failed", mail.error ?? "too_late"));
    else {
      try {
        const facts = await factsOf(ctx.env, mail);
        if ("isGone" in facts) outcomes.push(ends(mail, "suppressed", facts.isGone));
        else written.push({ mail, facts, letter: letterOf(facts.letter) });
      } catch (error) {
        log("error", "mail not written", { mail_id: mail.id, kind: mail.kind, ...describeError(error) });
        outcomes.push(again(mail, mail.attempts + 1, "not_written", ctx.now()));
      }
    }
  }
  return { written, outcomes };
}

/**
 * The emails that may be sent now, by this Worker only. Repeated if the answer is lost, because nothing has been sent
 * yet.
 */
async function released(ctx: JobCtx, written: Written[], lease: string) {
  if (written.length === 0) return [];
  const now = ctx.now();
  const day = now.toISOString().slice(0, 10);
  const ids = written.map(({ mail }) => mail.id);
  const ready = written.map(({ mail, facts }) => ({
    id: mail.id,
    recipient: facts.recipient,
    is_campaigns: mail.campaign_id !== null && mail.kind !== "test",
    heeds: HEEDS_SUPPRESSION.has(mail.kind),
  }));
  const caps = {
    perRecipient: PER_RECIPIENT_AND_DAY,
    perMember: ctx.env.MAIL_PER_DAY ? Number(ctx.env.MAIL_PER_DAY) || 0 : Number.MAX_SAFE_INTEGER,
    since: startOfDay(now),
    day,
    until: startOfNextDay(now),
  };
  const rows = await repeated(async () => {
    const until = new Date(now.getTime() + LEASE_MS);
    const [, , , rows] = await ctx.db.batch([
      store.release(ctx.db, ready, lease, now, until, caps),
      ...store.countDay(ctx.db, ids, lease, day),
      store.released(ctx.db, ids, lease),
    ]);
    return rows;
  });
  const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
  return written.flatMap((one) => {
    const made = attempts.get(one.mail.id);
    return made === undefined ? [] : [{ ...one, attempts: made }];
  });
}

function sendAll(ctx: JobCtx, all: (Written & { attempts: number })[]): Promise<Outcome[]> {
  const slots = pLimit(AT_ONCE);
  return Promise.all(
    all.map(({ mail, facts, letter, attempts }) =>
      slots(async () => {
        const { brand, unsubscribe_url } = facts.letter;
        const post = { to: facts.to, fromName: brand?.name ?? null, unsubscribeUrl: unsubscribe_url, letter };
        const result = await send(ctx.env, post);
        if (result.sent) return { ...ends(mail, "sent", null), attempts, date_sent: ctx.now().getTime() };
        if (result.outcome === "unknown") return { ...ends(mail, "failed", result.error), attempts };
        return again(mail, attempts, result.error, ctx.now());
      }),
    ),
  );
}

const ends = ({ id, attempts }: Leased, status: Outcome["status"], error: string | null): Outcome => ({
  id,
  status,
  error,
  attempts,
  next_attempt_at: null,
  date_sent: null,
});

function again(mail: Leased, attempts: number, error: string, now: Date): Outcome {
  const delay = delayAfter(attempts);
  if (delay === null) return { ...ends(mail, "failed", error), attempts };
  return { ...ends(mail, "pending", error), attempts, next_attempt_at: now.getTime() + delay };
}

/** The lease makes it safe to record again if the answer is lost. */
async function record(ctx: JobCtx, outcomes: Outcome[], lease: string) {
  if (outcomes.length === 0) return;
  await repeated(() => ctx.db.batch([store.settle(ctx.db, outcomes, lease)]));
  const now = ctx.now().getTime();
  for (const { id, next_attempt_at } of outcomes)
    if (next_attempt_at !== null && next_attempt_at - now <= QUEUE_DELAY_MAX_MS)
      await hintMails(ctx.env, [id], Math.ceil(Math.max(0, next_attempt_at - now) / 1000));
}

async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !mayHaveCommitted(error)) throw error;
    }
  }
}

const tally = (outcomes: Outcome[]) => {
  const count = (status: Outcome["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  return { sent: count("sent"), failed: count("failed"), waiting: count("pending"), suppressed: count("suppressed") };
};
