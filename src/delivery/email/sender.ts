import pLimit from "p-limit";
import type { JobCtx } from "../../lib/ctx";
import type { Env } from "../../lib/env";
import { ended, retried, type Standing } from "../../outbox/outcome";
import type { Letter } from "../email-content/email-content";
import { hand } from "../mailer/mailer";
import { type Answer, type Envelope, plainId } from "../mailer/provider";
import { writtenBy } from "./campaign-sender";
import type { Facts } from "./email-facts";
import type { Leased } from "./email-facts-store";
import type { Outcome } from "./email-queue-store";
import { RETRY_DELAYS_MS } from "./email-schedule";

const AT_ONCE = 4;

export type Written = { mail: Leased; facts: Exclude<Facts, { isGone: string }>; letter: Letter };

/** `paused`: the provider's code for taking no more email now. `unseen`: the emails that it did not process. */
type Sent = { outcomes: Outcome[]; paused: string | null; unseen: number[] };

/** Sends emails, a few at a time. If the provider stops accepting, the rest is put back without counting an attempt. */
export async function sendAll(ctx: JobCtx, all: Written[]): Promise<Sent> {
  const slots = pLimit(AT_ONCE);
  const sent: Sent = { outcomes: [], paused: null, unseen: [] };
  const sendOne = async ({ mail, ...written }: Written) => {
    const answer = isTest(mail)
      ? RECORDED
      : sent.paused === null
        ? await hand(ctx.env, envelopeOf(ctx.env, mail, written))
        : null;
    if (answer && "code" in answer && answer.kind === "pauses") sent.paused = answer.code;
    else if (answer) return void sent.outcomes.push(outcomeOf(mail, answer, ctx.now()));
    sent.unseen.push(mail.id);
    sent.outcomes.push(unsent(mail, waiting(ctx.now()), sent.paused, mail.attempts - 1));
  };
  await Promise.all(all.map((one) => slots(() => sendOne(one))));
  return sent;
}

/** Whether the email belongs to an account's test mode, so it is not sent. */
export const isTest = ({ member }: Pick<Leased, "member">) => member.test_of !== null;

/** The answer for emails that are not sent to a provider. */
const RECORDED: Answer = { id: "test" };

function envelopeOf(env: Env, mail: Leased, { facts, letter }: Omit<Written, "mail">): Envelope {
  const { unsubscribe_url } = facts.letter;
  const { name, replyTo } = writtenBy(env, mail);
  return {
    from: { name, email: env.MAIL_FROM },
    to: facts.to,
    ...(replyTo && { replyTo }),
    ...letter,
    headers: unsubscribe_url
      ? { "List-Unsubscribe": `<${unsubscribe_url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
      : {},
    key: `${env.PUBLIC_URL}/${mail.cause}`,
  };
}

function outcomeOf(mail: Leased, answer: Answer, now: Date): Outcome {
  if ("id" in answer)
    return { ...unsent(mail, ended("sent"), null), date_sent: now.getTime(), provider_id: plainId(answer.id) };
  const standing = answer.kind === "repeats" ? retried(RETRY_DELAYS_MS, mail.attempts, now) : ended("failed");
  return unsent(mail, standing, answer.code);
}

/** Due immediately, without a queue message: the sweep finds it after the hold. */
const waiting = (now: Date): Standing<"pending"> => ({
  status: "pending",
  next_attempt_at: now.getTime(),
  hinted_until: null,
});

export const unsent = (
  { id, attempts }: Pick<Leased, "id" | "attempts">,
  standing: Standing<Outcome["status"]>,
  error: string | null,
  counted = attempts,
): Outcome => ({ id, ...standing, error, attempts: counted, date_sent: null, provider_id: null });
