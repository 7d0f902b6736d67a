import { z } from "zod";
import { openDb } from "../../lib/db";
import type { Env } from "../../lib/env";
import { describeError, log } from "../../lib/log";
import { hintMails } from "../../outbox/emails/email-hint";
import { sendMails } from "./email-round";

const ROUND_MAX = 20;
/** A Worker does not have time for more rounds. The rest goes back to the queue. */
const ROUNDS_MAX = 5;
/** After a database error. By then, this round's leases have expired. */
const RETRY_SECONDS = 120;

const Hint = z.object({ v: z.literal(1), mail_ids: z.array(z.int().min(1)).max(1000) });

/**
 * Consumes the email queue. Messages are hints: the row in D1 says what is left to do, so a repeated or late message
 * does nothing.
 */
export async function consumeMails(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const ids = [...new Set(batch.messages.flatMap((message) => idsIn(message.body)))];
  try {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const some = ids.splice(0, ROUND_MAX);
      if (some.length > 0) await sendMails({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() }, some);
    }
  } catch (error) {
    log("error", "mails failed", describeError(error));
    return batch.retryAll({ delaySeconds: RETRY_SECONDS });
  }
  await hintMails(env, ids);
  batch.ackAll();
}

function idsIn(body: unknown) {
  const hint = Hint.safeParse(body);
  if (!hint.success) log("error", "message not understood");
  return hint.success ? hint.data.mail_ids : [];
}
