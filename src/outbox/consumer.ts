import { z } from "zod";
import { openDb } from "../lib/db";
import type { Env } from "../lib/env";
import { describeError, log } from "../lib/log";
import { knownMark } from "../upkeep/witness";
import { keepDeadLetters } from "./dead-letter";
import { AGAIN_SECONDS, DEAD_AGAIN_SECONDS, type Listener } from "./listener";
import { hint } from "./queue";
import type { Use } from "./use";

const Ids = z.object({ v: z.literal(1) }).catchall(z.array(z.int().min(1)).max(1000));

type Waits = Pick<ExecutionContext, "waitUntil">;
type Batch = MessageBatch<unknown>;
type Heard<News> = Map<Listener<News>, { message: Message<unknown>; one: News }[]>;

/**
 * Consumes all queues and their dead letters. A message's shape identifies its use or listener, so queues may have any
 * name, except that a dead letter queue's must end in `-dead`.
 */
export async function consume<News>(
  batch: Batch,
  env: Env,
  ctx: Waits,
  uses: Use[],
  listeners: Listener<News>[] = [],
): Promise<void> {
  if (batch.queue.endsWith("-dead")) return consumeDead(batch, env, uses, listeners);
  const { ids, news } = sorted(batch, uses, listeners);
  for (const [use, some] of ids) {
    const { name, leaseMs } = use.outbox;
    try {
      await runRounds(use, [...some], env, ctx);
    } catch (error) {
      log("error", `${name} failed`, { [name]: some.size, ...describeError(error) });
      // By then, this round's leases have expired.
      return batch.retryAll({ delaySeconds: leaseMs / 1000 });
    }
  }
  await hearAll(news, env, AGAIN_SECONDS);
  batch.ackAll();
}

/**
 * Records dead letters for the operator. The sweep finds the rows of messages with IDs. Listeners' events exist nowhere
 * else, so they are retried every hour, and recorded when they first arrive.
 */
async function consumeDead<News>(batch: Batch, env: Env, uses: Use[], listeners: Listener<News>[]) {
  log("error", "dead letters", { messages: batch.messages.length });
  const news: Heard<News> = new Map();
  const letters = batch.messages.flatMap((message) => {
    const { use, ids } = understood(message.body, uses);
    const listener = use ? null : takesNews(message, listeners, news);
    return listener && message.attempts > 1 ? [] : [{ outbox: (use?.outbox ?? listener)?.name ?? null, ids }];
  });
  try {
    await keepDeadLetters(jobCtx(env), letters);
  } catch (error) {
    log("error", "dead letters not recorded", describeError(error));
    return batch.retryAll({ delaySeconds: DEAD_AGAIN_SECONDS });
  }
  await hearAll(news, env, DEAD_AGAIN_SECONDS);
  batch.ackAll();
}

const jobCtx = (env: Env) => ({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

async function runRounds(use: Use, ids: number[], env: Env, ctx: Waits) {
  const later = (work: Promise<unknown>) =>
    ctx.waitUntil(work.catch((error) => log("error", `${use.outbox.name} not recorded`, describeError(error))));
  const mark = await knownMark(env);
  for (let round = 0; round < use.roundsPerBatch && ids.length > 0; round++)
    await use.round({ ...jobCtx(env), later, mark }, ids.splice(0, use.rowsPerRound));
  await hint(env, use.outbox, ids);
}

/** Retries events that arrived too early, or that the database did not accept. */
async function hearAll<News>(news: Heard<News>, env: Env, delaySeconds: number) {
  for (const [listener, some] of news) {
    try {
      const early = new Set(
        await listener.hear(
          jobCtx(env),
          some.map(({ one }) => one),
        ),
      );
      for (const { message, one } of some) if (early.has(one)) message.retry({ delaySeconds });
    } catch (error) {
      log("error", `${listener.name} failed`, { messages: some.length, ...describeError(error) });
      for (const { message } of some) message.retry({ delaySeconds });
    }
  }
}

/** The messages' row IDs by use, and their events by listener. */
function sorted<News>({ messages }: Batch, uses: Use[], listeners: Listener<News>[]) {
  const found = new Map<Use, Set<number>>();
  const news: Heard<News> = new Map();
  for (const message of messages) {
    const { use, ids } = understood(message.body, uses);
    if (use) found.set(use, new Set([...(found.get(use) ?? []), ...ids]));
    else if (!takesNews(message, listeners, news)) log("error", "message not understood");
  }
  return { ids: found, news };
}

function understood(body: unknown, uses: Use[]) {
  const message = Ids.safeParse(body).data;
  const use = uses.find(({ outbox }) => message?.[outbox.ids]);
  return { use, ids: (use && message?.[use.outbox.ids]) ?? [] };
}

/** @returns the listener that recognizes the message, or null */
function takesNews<News>(message: Message<unknown>, listeners: Listener<News>[], news: Heard<News>) {
  for (const listener of listeners) {
    const one = listener.parse(message.body);
    if (one === null) continue;
    if (one !== "nothing") news.set(listener, [...(news.get(listener) ?? []), { message, one }]);
    return listener;
  }
  return null;
}
