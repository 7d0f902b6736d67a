import { z } from "zod";
import { openDb } from "../lib/db";
import type { Env } from "../lib/env";
import { describeError, log } from "../lib/log";
import { hint } from "./queue";
import type { Use } from "./use";

const Message = z.object({ v: z.literal(1) }).catchall(z.array(z.int().min(1)).max(1000));

/**
 * Consumes every queue, and the dead letters. A message's shape says which use it is for, so queues may have any name, except that a dead
 * letter queue's must end in `-dead`. Dead letters are only logged: the sweep finds their rows.
 */
export async function consume(
  batch: MessageBatch<unknown>,
  env: Env,
  ctx: Pick<ExecutionContext, "waitUntil">,
  uses: Use[],
): Promise<void> {
  if (batch.queue.endsWith("-dead")) log("error", "dead letters", { messages: batch.messages.length });
  else
    for (const [use, ids] of idsByUse(batch, uses)) {
      const { name, leaseMs } = use.outbox;
      try {
        await runRounds(use, [...ids], env, ctx);
      } catch (error) {
        log("error", `${name} failed`, { [name]: ids.size, ...describeError(error) });
        // The leases of this round are over by then.
        return batch.retryAll({ delaySeconds: leaseMs / 1000 });
      }
    }
  batch.ackAll();
}

async function runRounds(use: Use, ids: number[], env: Env, ctx: Pick<ExecutionContext, "waitUntil">) {
  const later = (work: Promise<unknown>) =>
    ctx.waitUntil(work.catch((error) => log("error", `${use.outbox.name} not recorded`, describeError(error))));
  for (let round = 0; round < use.roundsPerBatch && ids.length > 0; round++) {
    const db = openDb(env.DB, "first-primary");
    await use.round({ db, env, now: () => new Date(), later }, ids.splice(0, use.rowsPerRound));
  }
  await hint(env, use.outbox, ids);
}

/** The ids that messages carry, by the use that they are for. */
function idsByUse({ messages }: MessageBatch<unknown>, uses: Use[]) {
  const found = new Map<Use, Set<number>>();
  for (const { body } of messages) {
    const message = Message.safeParse(body).data;
    const use = uses.find(({ outbox }) => message?.[outbox.ids]);
    if (!message || !use) log("error", "message not understood");
    else found.set(use, new Set([...(found.get(use) ?? []), ...(message[use.outbox.ids] ?? [])]));
  }
  return found;
}
