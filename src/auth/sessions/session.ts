import { randomBytes, sha256Hex, toBase64Url } from "../../lib/crypto";
import type { Ctx, JobCtx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import * as store from "./session-store";

export type { Role } from "./session-store";

/** Somebody who is signed in: a person, and the account that he is at work in. */
export type Session = {
  id: number;
  person_id: number;
  person_name: string;
  person_email: string;
  person_photo: string | null;
  is_verified: boolean;
  account_id: number;
  account_name: string;
  role: store.Role;
  /** In how many accounts besides his own he has a role. */
  further_accounts: number;
  /** His role in the account that he was at work in was taken away: he is back in his own. */
  is_back: boolean;
};

/** Signed out after this long without a visit. */
export const SESSION_SECONDS = 14 * 86_400;
/** `last_seen_at` is exact to this. */
const TOUCH_EVERY_MS = 10 * 60_000;
const AGENT_MAX = 200;

/**
 * Signs a person in, to his own account, with a token that nobody knew before; what the browser was signed in with ends.
 * @returns the token for his cookie, which is stored nowhere.
 */
export async function openSession(
  ctx: Ctx,
  personId: number,
  agent: string | undefined,
  was?: string,
): Promise<string> {
  const token = toBase64Url(randomBytes(32));
  const now = ctx.now();
  await commit(
    ctx,
    store.insertSession(ctx.db, {
      token_hash: await sha256Hex(token),
      person_id: personId,
      account_id: personId,
      agent: agent?.slice(0, AGENT_MAX) ?? null,
      date_signedin: now,
      last_seen_at: now,
      expires_at: expiry(now),
    }),
    store.deleteByHash(ctx.db, was === undefined ? "" : await sha256Hex(was)),
  );
  return token;
}

/** The session of a token; back in the person's own account when his role in another was taken away. @returns null when it is unknown or over. */
export async function sessionOf(ctx: Ctx, token: string): Promise<Session | null> {
  const now = ctx.now();
  const [[row]] = await ctx.db.batch([store.sessionByHash(ctx.db, await sha256Hex(token), now)]);
  if (!row) return null;
  const { last_seen_at, role, ...session } = row;
  if (now.getTime() - last_seen_at.getTime() > TOUCH_EVERY_MS)
    ctx.later(ctx.db.batch([store.touchSession(ctx.db, row.id, now, expiry(now))]));
  if (role !== null) return { ...session, role, is_back: false };
  ctx.later(ctx.db.batch([store.moveSession(ctx.db, row.person_id, row.id, row.person_id)]));
  const own = { account_id: row.person_id, account_name: row.person_name };
  return { ...session, ...own, role: "owner", is_back: true };
}

/** Puts a session to work in another account. @throws 404 when the person has no role there. */
export async function enterAccount(ctx: Ctx, session: Session, accountId: number): Promise<void> {
  const [moved] = await commit(ctx, entering(ctx, session, accountId));
  if (moved.length === 0) throw notFound("account");
}

/** The same for a transaction that gives him the role. */
export const entering = (ctx: Pick<Ctx, "db">, session: Session, accountId: number) =>
  store.moveSession(ctx.db, session.person_id, session.id, accountId);

/** Where a person is signed in. */
export const sessionsOf = (ctx: MemberCtx) => store.sessionsOf(ctx.db, ctx.actor.memberId, ctx.now());

/** @returns whether there was such a session of this person. */
export async function closeSession(ctx: Ctx, personId: number, id: number): Promise<boolean> {
  const [closed] = await commit(ctx, store.deleteSession(ctx.db, personId, id));
  return closed.length > 0;
}

/** Everywhere but here. */
export const closeOthers = (ctx: Ctx, session: Session) =>
  commit(ctx, closingOthers(ctx.db, session.person_id, session.id));

/** To ride along with a change of password: whoever else is signed in with the old one is no longer. */
export const closingOthers = store.deleteOtherSessions;
export const closingAll = store.deleteSessions;

const [DROPPED_PER_ROUND, DROP_ROUNDS] = [1000, 40];

/** Forgets sessions that are over. */
export async function dropExpiredSessions({ db, now }: JobCtx): Promise<void> {
  for (let round = 0; round < DROP_ROUNDS; round++) {
    const [dropped] = await db.batch([store.deleteExpired(db, now(), DROPPED_PER_ROUND)]);
    if (dropped.length < DROPPED_PER_ROUND) return;
  }
}

const expiry = (now: Date) => new Date(now.getTime() + SESSION_SECONDS * 1000);
