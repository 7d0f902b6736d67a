import type { JobCtx } from "../../lib/ctx";
import { hintMails } from "../../outbox/emails/email-hint";
import * as store from "./email-queue-store";

const HINT_MS = 5 * 60_000;
const [PICKED_PER_ROUND, LOOKED_AT_PER_ROUND, ROUNDS] = [1000, 20_000, 10];
const KEPT_MS = 30 * 24 * 3600_000;
const [DROPPED_PER_ROUND, DROP_ROUNDS] = [500, 40];

/** Fails emails with an unknown outcome, and queues due emails for which no message is underway. */
export async function sweepMails({ db, env, now }: JobCtx): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const hintedUntil = new Date(now().getTime() + HINT_MS);
    const [, picked] = await db.batch([
      store.giveUpUnknown(db, now()),
      store.pickDue(db, now(), hintedUntil, LOOKED_AT_PER_ROUND, PICKED_PER_ROUND),
    ]);
    await hintMails(
      env,
      picked.map((row) => row.id),
    );
    if (picked.length < PICKED_PER_ROUND) return;
  }
}

/** Deletes finished emails that are older than 30 days. Reads the oldest rows and continues as long as it finds some. */
export async function dropOldMails({ db, now }: JobCtx): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  for (let round = 0; round < DROP_ROUNDS; round++) {
    const [dropped] = await db.batch([store.dropFinished(db, before, DROPPED_PER_ROUND)]);
    if (dropped.length === 0) return;
  }
}
