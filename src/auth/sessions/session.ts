import { randomBytes, sha256Hex, toBase64Url } from "../../lib/crypto";
import type { Ctx, JobCtx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import * as store from "./session-store";

export type { Role } from "./session-store";

/** A signed-in person, and the account that they work in. */
export type Session = {
  id: number;
  person_id: number;
  person_name: string;
  person_email: string;
  person_photo: string | null;
  /** Null until the person chooses one. */
  time_zone: string | null;
  is_verified: boolean;
  /** The current account: in test mode, the twin of `home_id`. */
  account_id: number;
  home_id: number;
  account_name: string;
  role: store.Role;
  /** The brands that they can see in it. Null: all. */
  brand_ids: number[] | null;
  /** The number of other accounts in which the person has a role. */
  further_accounts: number;
  /** In the current account, up to 100. */
  open_reviews: number;
  /**
   * True if the account requires a second factor, and the person has none. They see nothing of the account until then.
   */
  needs_second_factor: boolean;
  /** True if their role in the account was removed, which returned them to their own account. */
  is_back: boolean;
};

/** Sessions expire after 14 days without a visit. */
export const SESSION_SECONDS = 14 * 86_400;
/** The precision of `last_seen_at`. */
const TOUCH_EVERY_MS = 10 * 60_000;
const AGENT_MAX = 200;

/**
 * Signs a person in to their own account with a new token. The browser's previous session ends.
 * @returns the token for the cookie; only its hash is stored
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

/**
 * The session of a token. It falls back to the person's own account if their role in the current one was removed.
 * @returns null if the token is unknown or has expired
 */
export async function sessionOf(ctx: Ctx, token: string): Promise<Session | null> {
  const now = ctx.now();
  const [[row]] = await ctx.db.batch([store.sessionByHash(ctx.db, await sha256Hex(token), now)]);
  if (!row || row.scopes) return null;
  const { last_seen_at, role, scopes: _, is_test: __, ...session } = row;
  if (now.getTime() - last_seen_at.getTime() > TOUCH_EVERY_MS)
    ctx.later(ctx.db.batch([store.touchSession(ctx.db, row.id, now, expiry(now))]));
  if (role !== null) return { ...session, role, is_back: false };
  ctx.later(ctx.db.batch([store.moveSession(ctx.db, row.person_id, row.id, row.person_id)]));
  const own = {
    account_id: row.person_id,
    home_id: row.person_id,
    account_name: row.person_name,
    brand_ids: null,
    needs_second_factor: false,
  };
  return { ...session, ...own, role: "owner", is_back: true };
}

/**
 * Switches a session to another account.
 * @throws 404 if the person has no role there
 */
export async function enterAccount(ctx: Ctx, session: Session, accountId: number): Promise<void> {
  const [moved] = await commit(ctx, entering(ctx, session, accountId));
  if (moved.length === 0) throw notFound("account");
}

/** The statement that switches a session, for a transaction that also grants the role. */
export const entering = (ctx: Pick<Ctx, "db">, session: Session, accountId: number) =>
  store.moveSession(ctx.db, session.person_id, session.id, accountId);

export const isInTestMode = ({ account_id, home_id }: Session) => account_id !== home_id;

/**
 * The statement that moves a session into or out of test mode. Going in, it belongs in the transaction that creates the
 * twin.
 */
export const settingTestMode = (ctx: Pick<Ctx, "db">, { person_id, id }: Session, isTest: boolean) =>
  store.setTestMode(ctx.db, person_id, id, isTest);

/**
 * The actor of a session: on the data of the current account, or on the account itself (`home`), whose ID stays the
 * same in test mode.
 */
export const actorIn = (session: Session, about: "work" | "home" = "work"): MemberCtx["actor"] => {
  const { account_id, home_id, person_id, brand_ids } = session;
  const isTest = about === "work" && isInTestMode(session);
  const memberId = about === "work" ? account_id : home_id;
  return {
    kind: "member",
    memberId,
    personId: person_id,
    keyHash: null,
    ...(isTest && { ownerId: home_id }),
    ...(brand_ids && { brandIds: brand_ids }),
  };
};

/** Browser sessions only. `connectionsOf` lists connected apps. */
export const sessionsOf = (ctx: MemberCtx) => store.sessionsOf(ctx.db, ctx.actor.memberId, ctx.now());

/** @returns whether the person had this session */
export async function closeSession(ctx: Ctx, personId: number, id: number): Promise<boolean> {
  const [closed] = await commit(ctx, store.deleteSession(ctx.db, personId, id));
  return closed.length > 0;
}

/** Signs the person out everywhere except in this session. */
export const closeOthers = (ctx: Ctx, session: Session) =>
  commit(ctx, closingOthers(ctx.db, session.person_id, session.id));

/** Belongs in the transaction that changes a password: it signs out everyone who signed in with the old one. */
export const closingOthers = store.deleteOtherSessions;
export const closingAll = store.deleteSessions;

const [DROPPED_PER_ROUND, DROP_ROUNDS] = [1000, 40];

export async function dropExpiredSessions({ db, now }: JobCtx): Promise<void> {
  for (let round = 0; round < DROP_ROUNDS; round++) {
    const [dropped] = await db.batch([store.deleteExpired(db, now(), DROPPED_PER_ROUND)]);
    if (dropped.length < DROPPED_PER_ROUND) return;
  }
}

const expiry = (now: Date) => new Date(now.getTime() + SESSION_SECONDS * 1000);
