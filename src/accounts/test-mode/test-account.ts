import { type Session, settingTestMode } from "../../auth/sessions/session";
import { brands, deleteBrand } from "../../campaigns/brands/brand";
import type { MemberCtx } from "../../lib/ctx";
import { commit, type Statement } from "../../lib/db";
import { forgetMailsOf } from "../../outbox/emails/email";
import { purgeFirst } from "../../upkeep/purge";
import * as store from "./test-account-store";

/**
 * Test mode is an account of its own, the twin of the account that it belongs to. All that keeps accounts apart keeps test
 * data apart: no query, list, total, plan, or webhook of one can see the other.
 */
const homeOf = ({ actor }: MemberCtx) => actor.ownerId ?? actor.memberId;

/** Moves a session into test mode, or out of it. */
export async function switchMode(ctx: MemberCtx, session: Session, isTest: boolean): Promise<void> {
  await commit(
    ctx,
    store.createTwin(ctx.db, isTest ? session.home_id : 0, ctx.now()),
    settingTestMode(ctx, session, isTest),
  );
}

/** Deletes a brand after the other, with all that hangs on them. If it is interrupted, a second request continues. */
export async function emptyAccount(ctx: MemberCtx): Promise<void> {
  for (;;) {
    const { rows } = await brands(ctx, { page: 1, limit: 100 });
    if (rows.length === 0) return;
    for (const { id } of rows) await deleteBrand(ctx, id);
  }
}

/** The context of the account's test mode. Null if nobody has used it yet. */
async function inTestMode(ctx: MemberCtx): Promise<MemberCtx | null> {
  const [[twin]] = await ctx.db.batch([store.twinOf(ctx.db, homeOf(ctx))]);
  return twin ? { ...ctx, actor: { ...ctx.actor, memberId: twin.id, ownerId: homeOf(ctx) } } : null;
}

/** Empties the test mode of an account. Returns the statements that delete the rest of it. */
export async function endTestMode(ctx: MemberCtx): Promise<[Statement, ...Statement[]]> {
  const inside = await inTestMode(ctx);
  if (inside) await emptyAccount(inside);
  return [store.deleteTwin(ctx.db, homeOf(ctx)), ...(inside ? [...forgetMailsOf(inside), ...purgeFirst(inside)] : [])];
}

/** Deletes all test data. Keys and sessions of test mode stay, and find it empty. */
export async function deleteTestData(ctx: MemberCtx) {
  const [first, ...others] = await endTestMode(ctx);
  await commit(ctx, first, ...others, store.createTwin(ctx.db, homeOf(ctx), ctx.now()));
  return { deleted: true as const };
}
