import type { Ctx } from "../ctx";
import { randomBytes, sha256Hex, toBase64Url } from "../lib/crypto";
import { commit } from "../lib/db";
import * as store from "./store";

export type { Role } from "./store";

/** Somebody who is signed in: a person, and the account that he is at work in. */
export type Session = {
  id: number;
  person_id: number;
  person_name: string;
  person_email: string;
  is_verified: boolean;
  account_id: number;
  account_name: string;
  role: store.Role;
  /** In how many accounts besides his own he has a role. */
  further_accounts: number;
};

/** Signed out after this long without a visit. */
export const SESSION_SECONDS = 14 * 86_400;
/** `last_seen_at` is exact to this. */
const TOUCH_EVERY_MS = 10 * 60_000;
const AGENT_MAX = 200;

/** Signs a person in, to his own account. @returns the token for his cookie, which is stored nowhere. */
export async function openSession(ctx: Ctx, personId: number, agent: string | undefined): Promise<string> {
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
  );
  return token;
}

/** The session of a token. @returns null when it is unknown, over, or the person's role in its account was taken away. */
export async function sessionOf(ctx: Ctx, token: string): Promise<Session | null> {
  const now = ctx.now();
  const [[row]] = await ctx.db.batch([store.sessionByHash(ctx.db, await sha256Hex(token), now)]);
  if (!row || row.role === null) return null;
  const { last_seen_at, role, ...session } = row;
  if (now.getTime() - last_seen_at.getTime() > TOUCH_EVERY_MS)
    ctx.later(ctx.db.batch([store.touchSession(ctx.db, row.id, now, expiry(now))]));
  return { ...session, role };
}

/** @returns whether there was such a session of this person. */
export async function closeSession(ctx: Ctx, personId: number, id: number): Promise<boolean> {
  const [closed] = await commit(ctx, store.deleteSession(ctx.db, personId, id));
  return closed.length > 0;
}

/** To ride along with a change of password: whoever else is signed in with the old one is no longer. */
export const closingOthers = store.deleteOtherSessions;

/** Notes who changed something. */
export const auditEntry = (ctx: Pick<Ctx, "db" | "now">, session: Session, action: string, path: string) =>
  store.insertAudit(ctx.db, {
    account_id: session.account_id,
    person_id: session.person_id,
    action,
    path,
    date: ctx.now(),
  });

const expiry = (now: Date) => new Date(now.getTime() + SESSION_SECONDS * 1000);
