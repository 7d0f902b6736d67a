import type { Ctx, JobCtx } from "../lib/ctx";
import { DAY_MS } from "../lib/day";
import { notFound } from "../lib/errors";
import * as store from "./dead-letter-store";
import { hint } from "./queue";
import type { Use } from "./use";

export type { DeadLetter } from "./dead-letter-store";

const KEPT_MS = 30 * DAY_MS;

/** Queries for the operator. */
export const { newest: newestDeadLetters, counted: countedDeadLetters } = store;

/**
 * Records messages that the queue stopped retrying, for the operator. `outbox` is the listener's name for events, and
 * null for messages that nobody recognized.
 */
export async function keepDeadLetters({ db, now }: JobCtx, letters: { outbox: string | null; ids: number[] }[]) {
  const date = now();
  const [first, ...others] = letters.map((letter) => ({ ...letter, date }));
  if (first) await db.batch([store.insert(db, [first, ...others]), store.drop(db, new Date(date.getTime() - KEPT_MS))]);
}

/**
 * Puts a dead letter's IDs back into their queue. Rows that were sent in the meantime stay as they are.
 * @throws 404
 */
export async function requeue({ db, env }: Pick<Ctx, "db" | "env">, uses: Use[], id: number): Promise<void> {
  const [[letter]] = await db.batch([store.take(db, id)]);
  if (!letter) throw notFound("dead letter");
  const use = uses.find(({ outbox }) => outbox.name === letter.outbox);
  if (use) await hint(env, use.outbox, letter.ids);
}
