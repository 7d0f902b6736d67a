import type { Ctx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { emails } from "../../outbox/emails/email-outbox";
import { hint, idsOf } from "../../outbox/queue";
import * as store from "./failed-email-store";

export type { Failures } from "./failed-email-store";

/** Older emails would arrive too late (`email-schedule.ts`). */
const WEEK_MS = 7 * DAY_MS;
const [COUNTED, SENT_AGAIN] = [20_000, 1000];

/** The query for the failed emails of the last day and week, by reason. */
export const failuresByCode = ({ db, now }: Pick<Ctx, "db" | "now">) => {
  const at = now().getTime();
  return store.failuresByCode(db, new Date(at - DAY_MS), new Date(at - WEEK_MS), COUNTED);
};

/** Retries up to 1,000 of the emails that failed for this reason in the last week, newest first. @returns how many */
export async function sendFailedAgain(ctx: Ctx, code: string): Promise<number> {
  const now = ctx.now();
  const since = new Date(now.getTime() - WEEK_MS);
  const [rows] = await ctx.db.batch([store.sendAgain(ctx.db, code, since, now, SENT_AGAIN)]);
  await hint(ctx.env, emails, idsOf(rows));
  return rows.length;
}
