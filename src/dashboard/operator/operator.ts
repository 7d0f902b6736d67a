import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { asHealth, type JobHealth, storedRuns } from "../../upkeep/job";
import { type Purge, underWay } from "../../upkeep/purge";
import type { MemberQuery } from "./operator-schema";
import * as store from "./operator-store";

export type Outbox = Omit<store.Box, "oldest_due"> & { oldest_due: Date | null; is_late: boolean };

export type Health = {
  deliveries: Outbox;
  mails: Outbox;
  purges: Purge[];
  has_more_purges: boolean;
  jobs: JobHealth[];
};

const [MEMBERS_SHOWN, BRANDS_SHOWN, PURGES_SHOWN] = [50, 200, 20];
/** Outboxes are counted up to this number. */
export const MOST = 1000;
/** The sweep runs every minute and leaves items alone for five minutes after they were queued. */
const LATE_AFTER_MS = 10 * 60_000;

/** @returns a page of members, and the ID to continue from (null at the end) */
export async function memberList(ctx: Ctx, query: MemberQuery) {
  const [rows] = await ctx.db.batch([store.membersPage(ctx.db, query, MEMBERS_SHOWN + 1)]);
  const shown = rows.slice(0, MEMBERS_SHOWN);
  return { rows: shown, next: rows.length > MEMBERS_SHOWN && query.q === "" ? (shown.at(-1)?.id ?? null) : null };
}

/** @throws 404 */
export async function memberAccount(ctx: Ctx, id: number) {
  const [[member], brands] = await ctx.db.batch([
    store.memberById(ctx.db, id),
    store.brandsOf(ctx.db, id, BRANDS_SHOWN),
  ]);
  if (!member) throw notFound("member");
  return { member, brands };
}

/** The outboxes with the time of the oldest item due, the unfinished purges, and the state of the cron's jobs. */
export async function healthOf(ctx: Ctx): Promise<Health> {
  const [[deliveries], [mails], purges, runs] = await ctx.db.batch([
    store.deliveryBox(ctx.db, MOST),
    store.mailBox(ctx.db, MOST),
    underWay(ctx.db, PURGES_SHOWN + 1),
    storedRuns(ctx.db),
  ]);
  return {
    deliveries: asOutbox(ctx.now(), deliveries),
    mails: asOutbox(ctx.now(), mails),
    purges: purges.slice(0, PURGES_SHOWN),
    has_more_purges: purges.length > PURGES_SHOWN,
    jobs: asHealth(runs, ctx.now()),
  };
}

const EMPTY: store.Box = { pending: 0, failed: 0, oldest_due: null };

function asOutbox(now: Date, { oldest_due, ...counts }: store.Box = EMPTY): Outbox {
  const is_late = oldest_due !== null && oldest_due < now.getTime() - LATE_AFTER_MS;
  return { ...counts, oldest_due: oldest_due === null ? null : new Date(oldest_due), is_late };
}
