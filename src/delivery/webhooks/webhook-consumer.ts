import { z } from "zod";
import { openDb } from "../../lib/db";
import type { Env } from "../../lib/env";
import { describeError, log } from "../../lib/log";
import { hintDeliveries } from "../../outbox/webhooks/delivery";
import { deliver } from "./delivery-round";

/** One round handles at most this many. The rest of a batch goes back to the queue. */
const ROUND_MAX = 200;
/** After a database error. By then, this round's leases have expired. */
const RETRY_SECONDS = 60;

const Hint = z.object({ v: z.literal(1), delivery_ids: z.array(z.int().min(1)).max(1000) });

/**
 * Consumes the delivery queue and its dead letters. Messages are hints: the row in D1 says what is left to do, so a
 * repeated or late message does nothing, and a dead letter is only logged.
 */
export async function consume(batch: MessageBatch<unknown>, env: Env, ctx: ExecutionContext): Promise<void> {
  if (batch.queue.endsWith("-dead")) log("error", "dead letters", { messages: batch.messages.length });
  else {
    const ids = [...new Set(batch.messages.flatMap((message) => idsIn(message.body)))];
    try {
      const db = openDb(env.DB, "first-primary");
      const { rest } = await deliver({ db, env, now: () => new Date() }, ids.slice(0, ROUND_MAX));
      ctx.waitUntil(rest.catch((error) => log("error", "deliveries not recorded", describeError(error))));
    } catch (error) {
      log("error", "deliveries failed", { deliveries: ids.length, ...describeError(error) });
      return batch.retryAll({ delaySeconds: RETRY_SECONDS });
    }
    await hintDeliveries(env, ids.slice(ROUND_MAX));
  }
  batch.ackAll();
}

function idsIn(body: unknown) {
  const hint = Hint.safeParse(body);
  if (!hint.success) log("error", "message not understood");
  return hint.success ? hint.data.delivery_ids : [];
}
