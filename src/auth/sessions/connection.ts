import type { grantScopes } from "../../../drizzle/schema/sessions";
import { randomBytes, sha256Hex, toBase64Url } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import { AppError } from "../../lib/errors";
import { isInTestMode, type Session } from "./session";
import * as store from "./session-store";

export type GrantScope = (typeof grantScopes)[number];

/** An app that a person connected: a session with scopes that no cookie can open. */
export type Connection = {
  id: number;
  person_id: number;
  /** The account it works on: the twin of `home_id` in test mode, otherwise `home_id` itself. */
  account_id: number;
  home_id: number;
  role: store.Role;
  scopes: GrantScope[];
};

/** The app's self-declared name, and its verified host, or else the host that receives its tokens. */
export type App = { name: string; host: string };

/** Connections end after 60 days without a use. */
const CONNECTION_MS = 60 * DAY_MS;
export const CONNECTION_SECONDS = CONNECTION_MS / 1000;
const TOUCH_EVERY_MS = 10 * 60_000;
const [NAME_MAX, HOST_MAX] = [100, 253];

/**
 * Lets an app act as this person in their current account, and in its test mode if they are in it.
 * @returns the connection's secret; only its hash is stored
 */
export async function openConnection(
  ctx: Ctx,
  session: Session,
  { name, host }: App,
  scopes: GrantScope[],
): Promise<string> {
  const secret = toBase64Url(randomBytes(32));
  const now = ctx.now();
  await commit(
    ctx,
    store.insertSession(ctx.db, {
      token_hash: await sha256Hex(secret),
      person_id: session.person_id,
      account_id: session.home_id,
      is_test: isInTestMode(session),
      scopes,
      app_name: name.slice(0, NAME_MAX),
      app_host: host.slice(0, HOST_MAX),
      date_signedin: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + CONNECTION_MS),
    }),
  );
  return secret;
}

/**
 * The connection of a secret, with the person's current role in the account.
 * @returns null if the connection was revoked or has expired, or the person or their role is gone or suspended
 * @throws 403 if the account requires a second factor, and the person has none
 */
export async function connectionOf(ctx: Pick<Ctx, "db" | "now" | "later">, secret: string): Promise<Connection | null> {
  const now = ctx.now();
  const [[row]] = await ctx.db.batch([store.sessionByHash(ctx.db, await sha256Hex(secret), now)]);
  if (!row?.scopes || row.role === null) return null;
  // Apps work on the whole account, never on single brands.
  if (row.brand_ids) return null;
  // Never fall back from test mode to the live account.
  if (row.is_test && row.account_id === row.home_id) return null;
  if (row.needs_second_factor) throw new AppError("second_factor_missing");
  if (now.getTime() - row.last_seen_at.getTime() > TOUCH_EVERY_MS)
    ctx.later(ctx.db.batch([store.touchSession(ctx.db, row.id, now, new Date(now.getTime() + CONNECTION_MS))]));
  const { id, person_id, account_id, home_id, role, scopes } = row;
  return { id, person_id, account_id, home_id, role, scopes };
}

export const connectionsOf = (ctx: MemberCtx) => store.connectionsOf(ctx.db, ctx.actor.memberId, ctx.now());
