import { type Session, settingTestMode } from "../../auth/sessions/session";
import { brands, deleteBrand } from "../../campaigns/brands/brand";
import type { MemberCtx } from "../../lib/ctx";
import { commit, type Statement } from "../../lib/db";
import { forgetMailsOf } from "../../outbox/emails/email";
import { purgeFirst } from "../../upkeep/purge";
import * as store from "./test-account-store";

/**
 * Test mode is a separate account: the live account's twin. The rules that separate accounts also separate test data:
 * no query, list, total, plan, or webhook of one can see the other.
 */
const homeOf = ({ actor }: MemberCtx) => actor.ownerId ?? actor.memberId;

/** Moves a session into or out of test mode. */
export async function switchMode(ctx: MemberCtx, session: Session, isTest: boolean): Promise<void> {
  await commit(
    ctx,
    store.createTwin(ctx.db, isTest ? session.home_id : 0, ctx.now()),
    settingTestMode(ctx, session, isTest),
  );
}

/** Deletes an account's brands one by one, with all their data. If interrupted, a second request continues. */
export async function emptyAccount(ctx: MemberCtx): Promise<void> {
  for (;;) {
    const { rows } = await brands(ctx, { page: 1, limit: 100 });
    if (rows.length === 0) return;
    for (const { id } of rows) await deleteBrand(ctx, id);
  }
}

/** The context of the account's test mode. Null if it was never used. */
async function inTestMode(ctx: MemberCtx): Promise<MemberCtx | null> {
  const [[twin]] = await ctx.db.batch([store.twinOf(ctx.db, homeOf(ctx))]);
  return twin ? { ...ctx, actor: { ...ctx.actor, memberId: twin.id, ownerId: homeOf(ctx) } } : null;
}

/** Empties an account's test mode. Returns the statements that delete the rest of it. */
export async function endTestMode(ctx: MemberCtx): Promise<[Statement, ...Statement[]]> {
  const inside = await inTestMode(ctx);
  if (inside) await emptyAccount(inside);
  return [store.deleteTwin(ctx.db, homeOf(ctx)), ...(inside ? [...forgetMailsOf(inside), ...purgeFirst(inside)] : [])];
}

/** Deletes all test data. Test keys and test mode sessions stay valid. */
export async function deleteTestData(ctx: MemberCtx) {
  const [first, ...others] = await endTestMode(ctx);
  await commit(ctx, first, ...others, store.createTwin(ctx.db, homeOf(ctx), ctx.now()));
  return { deleted: true as const };
}
