import { friendMails } from "../../../drizzle/schema/campaigns";
import { dailyCap } from "../../campaigns/sending/daily-cap";
import type { JobCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import { describeError, log } from "../../lib/log";
import type { MailKind } from "../../outbox/emails/email";
import { emails } from "../../outbox/emails/email-outbox";
import { backOff, hold } from "../../outbox/hold";
import { ended, retried } from "../../outbox/outcome";
import { logRound, type MarkedCtx, newRound, type Round, record, repeated } from "../../outbox/round";
import { letterOf } from "../email-content/email-content";
import { pauseOf } from "../mailer/codes";
import { offBecause } from "../mailer/mailer";
import { isCampaigns } from "./campaign-sender";
import { factsOf } from "./email-facts";
import { type Leased, leased } from "./email-facts-store";
import type { Outcome } from "./email-queue-store";
import * as store from "./email-queue-store";
import { isTooLate, RETRY_DELAYS_MS, startOfDay, startOfNextDay } from "./email-schedule";
import { isTest, sendAll, unsent, type Written } from "./sender";
import { withheld } from "./withheld";

/** The daily limit per recipient, for all campaigns of one member. */
const PER_RECIPIENT_AND_DAY = 10;
/** The number of days for which we keep a member's daily counts. */
const DAYS_KEPT = 30;
/** The daily limit per mailbox, for all members' campaigns. One person may participate in several. */
const PER_MAILBOX_AND_DAY = 20;
/**
 * The daily limit for an unverified mailbox: team invitations, and anything else that a stranger's account can trigger.
 */
const TO_UNPROVEN_A_DAY = 6;

/** Unsolicited emails: they are not sent to recipients who unsubscribed. */
const HEEDS_SUPPRESSION = new Set<MailKind>([
  ...(["entry", "reward", "twoway_reward", "admitted", "invitation"] as const),
  ...friendMails,
]);

/**
 * Runs one round: leases the due emails among these, writes them, releases those that may be sent, sends them, and
 * records the outcomes. If the Worker dies before the release, the sweep finds the email again after the lease, and the
 * attempt counts. If it dies after the release, the email may have been sent, so it is not retried: no email is sent
 * twice.
 */
export async function sendMails(ctx: MarkedCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, emails, ids);
  const [, taken] = await ctx.db.batch([round.take, leased(ctx.db, ids, round.lease)]);
  if (taken.length === 0) return;
  const { written, outcomes } = await writeAll(ctx, taken);
  await record(ctx, emails, outcomes, () => [store.settle(ctx.db, outcomes, round.lease)]);
  const sent = await sendAll(ctx, await released(ctx, written, round.lease));
  const pause = sent.paused === null ? [] : await pausedBy(ctx, sent.paused, sent.unseen, round);
  // `settle` ends the lease, so it comes last.
  await record(ctx, emails, sent.outcomes, () => [...pause, store.settle(ctx.db, sent.outcomes, round.lease)]);
  logRound(ctx, emails, round, [...outcomes, ...sent.outcomes]);
}

/** Holds the outbox for the code's duration, and subtracts the unprocessed emails from their member's day. */
async function pausedBy(ctx: JobCtx, code: string, unseen: number[], { lease, started }: Round) {
  const until = await backOff(ctx, emails, code, pauseOf(code));
  log("error", "mails held", { code, until: until.toISOString() });
  return [
    hold(ctx.db, emails, ctx.now(), { reason: code, until, set_by: "provider" }),
    store.uncountDay(ctx.db, unseen, lease, utcDay(started)),
  ];
}

/** Writes the emails, and returns outcomes for those that cannot be written. Their attempts already count. */
async function writeAll(ctx: JobCtx, leased: Leased[]) {
  const written: Written[] = [];
  const outcomes: Outcome[] = [];
  const off = offBecause(ctx.env);
  if (off) log("error", "mail is off: settings are missing", { mails: leased.length, missing: off.missing });
  for (const mail of leased) {
    const unattempted = mail.attempts - 1;
    if (off && !isTest(mail)) outcomes.push(unsent(mail, ended("failed"), off.error, unattempted));
    else if (isTooLate(mail, ctx.now()))
      outcomes.push(unsent(mail, ended("failed"), mail.held_for ?? mail.error ?? "too_late", unattempted));
    else if (unattempted > RETRY_DELAYS_MS.length) outcomes.push(unsent(mail, ended("failed"), "not_written"));
    else {
      try {
        const facts = await factsOf(ctx.env, mail);
        const stopped = withheld(ctx.env, mail, ctx.now());
        if ("isGone" in facts) outcomes.push(unsent(mail, ended("suppressed"), facts.isGone, unattempted));
        else if (stopped) outcomes.push(stopped);
        else written.push({ mail, facts, letter: letterOf(facts.letter) });
      } catch (error) {
        log("error", "mail not written", { mail_id: mail.id, kind: mail.kind, ...describeError(error) });
        outcomes.push(unsent(mail, retried(RETRY_DELAYS_MS, mail.attempts, ctx.now()), "not_written"));
      }
    }
  }
  return { written, outcomes };
}

/**
 * The emails that this Worker, and no other, may now send. Retried if the response is lost, because nothing has been
 * sent yet.
 */
async function released(ctx: JobCtx, written: Written[], lease: string): Promise<Written[]> {
  if (written.length === 0) return [];
  const now = ctx.now();
  const ids = written.map(({ mail }) => mail.id);
  // Test mode emails reach nobody, so they have no limits and do not count toward any.
  const ready = written.map(({ mail, facts }) => ({
    id: mail.id,
    recipient: facts.recipient,
    mailbox: facts.mailbox,
    is_campaigns: isCampaigns(mail) && !isTest(mail),
    // Emails about the recipient's own account are sent even if campaign emails to them bounced, because they may be
    // the only way back into the account.
    heeds_blocks: (mail.campaign_id !== null && !isTest(mail)) || mail.kind === "team_invitation",
    of_day: dailyCap(ctx.env, accountOf(mail.member, now), now),
    to_mailbox: isTest(mail)
      ? null
      : isCampaigns(mail)
        ? PER_MAILBOX_AND_DAY
        : isOwnMailbox(mail)
          ? null
          : TO_UNPROVEN_A_DAY,
    heeds: HEEDS_SUPPRESSION.has(mail.kind),
  }));
  const caps = {
    perRecipient: PER_RECIPIENT_AND_DAY,
    since: startOfDay(now),
    day: utcDay(now),
    until: startOfNextDay(now),
  };
  const kept = utcDay(now.getTime() - DAYS_KEPT * DAY_MS);
  const rows = await repeated(async () => {
    const until = new Date(now.getTime() + emails.leaseMs);
    const [, , , rows] = await ctx.db.batch([
      store.release(ctx.db, ready, lease, now, until, caps),
      ...store.countDay(ctx.db, ids, lease, caps.day, kept),
      store.released(ctx.db, ids, lease),
    ]);
    return rows;
  });
  const free = new Set(rows.map(({ id }) => id));
  return written.filter(({ mail }) => free.has(mail.id));
}

const accountOf = ({ date_signedup, plan_price, plan_expiry }: Leased["member"], now: Date) => ({
  date_signedup,
  is_paid: (plan_price ?? 0) > 0 && (plan_expiry === null || plan_expiry > now),
});

/** Whether the recipient's mailbox is the one that the member verified. */
const isOwnMailbox = ({ kind, member }: Leased) =>
  member.is_verified === true && kind !== "team_invitation" && kind !== "email_changed";
