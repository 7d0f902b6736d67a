import type { auditWays } from "../../../drizzle/schema/sessions";
import type { Ctx, JobCtx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import * as store from "./audit-store";

const KEPT_MS = 400 * DAY_MS;
const [DROPPED_PER_ROUND, DROP_ROUNDS] = [500, 20];

export type Entry = Awaited<ReturnType<typeof store.entriesBelow>>[number];

/** The account that was changed, who changed it (a person or an API key), and how. */
export type Who = {
  account_id: number;
  person_id: number | null;
  key_prefix?: string | undefined;
  via: (typeof auditWays)[number];
};

/** The statement that records a change. `action` is the change's label; `path` is the path of the request. */
export const auditEntry = (ctx: Pick<Ctx, "db" | "now">, who: Who, action: string, path: string) =>
  store.insertEntry(ctx.db, {
    account_id: who.account_id,
    person_id: who.person_id,
    key_prefix: who.key_prefix ?? null,
    via: who.via,
    action,
    path,
    date: ctx.now(),
  });

/** Records a change by the operator of the installation, who is not a member of the account. */
export const operatorsEntry = (ctx: Pick<Ctx, "db" | "now">, account_id: number, action: string, path: string) =>
  auditEntry(ctx, { account_id, person_id: null, via: "operator" }, action, path);

/** An account's changes below an id, newest first, and whether there are more. */
export async function entries(
  ctx: MemberCtx,
  before: number,
  size: number,
): Promise<{ rows: Entry[]; hasMore: boolean }> {
  const [found] = await ctx.db.batch([store.entriesBelow(ctx.db, ctx.actor.memberId, before, size + 1)]);
  return { rows: found.slice(0, size), hasMore: found.length > size };
}

/** Deletes entries older than 400 days. */
export async function dropOldEntries({ db, now }: JobCtx): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS);
  for (let round = 0; round < DROP_ROUNDS; round++) {
    const [dropped] = await db.batch([store.dropBefore(db, before, DROPPED_PER_ROUND)]);
    if (dropped.length < DROPPED_PER_ROUND) return;
  }
}
