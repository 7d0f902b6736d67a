import pLimit from "p-limit";
import type { JobCtx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";
import type { MailKind } from "../../outbox/emails/email";
import { emails } from "../../outbox/emails/email-outbox";
import { ended, retried, type Standing } from "../../outbox/outcome";
import { logRound, type MarkedCtx, newRound, record, repeated } from "../../outbox/round";
import { type Letter, letterOf } from "../email-content/email-content";
import { type Facts, factsOf } from "./email-facts";
import type { Leased, Outcome } from "./email-queue-store";
import * as store from "./email-queue-store";
import { isTooLate, RETRY_DELAYS_MS, startOfDay, startOfNextDay } from "./email-schedule";
import { isOff, send } from "./sender";

const AT_ONCE = 4;
/** To one recipient, from all campaigns of a member. */
const PER_RECIPIENT_AND_DAY = 10;

/** Unsolicited emails: they are not sent to recipients who unsubscribed. */
const HEEDS_SUPPRESSION = new Set<MailKind>(["entry", "reward", "twoway_reward", "invitation"]);

type Attempted = { id: number; attempts: number };
type Written = { mail: Leased; facts: Exclude<Facts, { isGone: string }>; letter: Letter };

/**
 * Runs one round: leases those of these emails that are due, writes them, releases those that may be sent, sends them,
 * and records the outcomes. If the Worker dies before the release, the sweep finds the email again after the lease. If
 * it dies after the release, the email may have been sent, so it is not tried again: no email is sent twice.
 */
export async function sendMails(ctx: MarkedCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, emails, ids);
  const [, leased] = await ctx.db.batch([round.take, store.leased(ctx.db, ids, round.lease)]);
  if (leased.length === 0) return;
  const note = (outcomes: Outcome[]) =>
    record(ctx, emails, outcomes, () => [store.settle(ctx.db, outcomes, round.lease)]);
  const { written, outcomes } = await writeAll(ctx, leased);
  await note(outcomes);
  const sent = await sendAll(ctx, await released(ctx, written, round.lease));
  await note(sent);
  logRound(ctx, emails, round, [...outcomes, ...sent]);
}

/** Writes the emails, and returns outcomes for those that cannot be written. */
async function writeAll(ctx: JobCtx, leased: Leased[]) {
  const written: Written[] = [];
  const outcomes: Outcome[] = [];
  if (isOff(ctx.env))
    log("error", "mail is off: it needs the binding EMAIL and the setting MAIL_FROM", { mails: leased.length });
  for (const mail of leased) {
    if (isOff(ctx.env)) outcomes.push(unsent(mail, ended("failed"), "mail_off"));
    else if (isTooLate(mail, ctx.now())) outcomes.push(unsent(mail, ended("failed"), mail.error ?? "too_late"));
    else {
      try {
        const facts = await factsOf(ctx.env, mail);
        if ("isGone" in facts) outcomes.push(unsent(mail, ended("suppressed"), facts.isGone));
        else written.push({ mail, facts, letter: letterOf(facts.letter) });
      } catch (error) {
        log("error", "mail not written", { mail_id: mail.id, kind: mail.kind, ...describeError(error) });
        const attempts = mail.attempts + 1;
        outcomes.push(unsent({ id: mail.id, attempts }, retried(RETRY_DELAYS_MS, attempts, ctx.now()), "not_written"));
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
    const until = new Date(now.getTime() + emails.leaseMs);
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
        const attempted = { id: mail.id, attempts };
        if (result.sent) return { ...attempted, ...ended("sent"), error: null, date_sent: ctx.now().getTime() };
        if (result.outcome === "unknown") return unsent(attempted, ended("failed"), result.error);
        return unsent(attempted, retried(RETRY_DELAYS_MS, attempts, ctx.now()), result.error);
      }),
    ),
  );
}

const unsent = ({ id, attempts }: Attempted, standing: Standing<Outcome["status"]>, error: string): Outcome => ({
  id,
  ...standing,
  error,
  attempts,
  date_sent: null,
});
