import { z } from "zod";
import { openDb } from "../lib/db";
import type { Env } from "../lib/env";
import { describeError, log } from "../lib/log";
import { knownMark } from "../upkeep/witness";
import { keepDeadLetters } from "./dead-letter";
import { hint } from "./queue";
import type { Use } from "./use";

const Message = z.object({ v: z.literal(1) }).catchall(z.array(z.int().min(1)).max(1000));

/**
 * Consumes every queue, and the dead letters. A message's shape says which use it is for, so queues may have any name, except that a dead
 * letter queue's must end in `-dead`. Dead letters are recorded for the operator: the sweep finds their rows.
 */
export async function consume(
  batch: MessageBatch<unknown>,
  env: Env,
  ctx: Pick<ExecutionContext, "waitUntil">,
  uses: Use[],
): Promise<void> {
  if (batch.queue.endsWith("-dead")) {
    log("error", "dead letters", { messages: batch.messages.length });
    const letters = batch.messages.map(({ body }) => {
      const { use, ids } = understood(body, uses);
      return { outbox: use?.outbox.name ?? null, ids };
    });
    await keepDeadLetters({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() }, letters);
  } else
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
  const mark = await knownMark(env);
  for (let round = 0; round < use.roundsPerBatch && ids.length > 0; round++) {
    const db = openDb(env.DB, "first-primary");
    await use.round({ db, env, now: () => new Date(), later, mark }, ids.splice(0, use.rowsPerRound));
  }
  await hint(env, use.outbox, ids);
}

function understood(body: unknown, uses: Use[]) {
  const message = Message.safeParse(body).data;
  const use = uses.find(({ outbox }) => message?.[outbox.ids]);
  return { use, ids: (use && message?.[use.outbox.ids]) ?? [] };
}

/** The ids that messages carry, by the use that they are for. */
function idsByUse({ messages }: MessageBatch<unknown>, uses: Use[]) {
  const found = new Map<Use, Set<number>>();
  for (const { body } of messages) {
    const { use, ids } = understood(body, uses);
    if (use) found.set(use, new Set([...(found.get(use) ?? []), ...ids]));
    else log("error", "message not understood");
  }
  return found;
}
