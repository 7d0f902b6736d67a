import { chunks } from "../../lib/chunks";
import type { Env } from "../../lib/env";
import { describeError, log } from "../../lib/log";

const IDS_PER_MESSAGE = 20;
/** The limit of `sendBatch`. */
const MESSAGES_PER_CALL = 100;

/**
 * Tells the queue that these emails are due (in `delaySeconds`). Only a hint, so failures are logged and swallowed: the
 * sweep finds the emails in the database.
 */
export async function hintMails(env: Env, ids: number[], delaySeconds = 0): Promise<void> {
  const messages = chunks(ids, IDS_PER_MESSAGE).map((mail_ids) => ({
    body: { v: 1 as const, mail_ids },
    delaySeconds,
  }));
  try {
    for (const call of chunks(messages, MESSAGES_PER_CALL)) await env.MAILS.sendBatch(call);
  } catch (error) {
    log("error", "mails not queued", { mails: ids.length, ...describeError(error) });
  }
}
