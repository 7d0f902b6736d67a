import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { MemberCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";
import type { HonoEnv } from "../lib/http";
import { type Role, SESSION_SECONDS, type Session, sessionOf } from "./sessions/session";

/** The context of a page handler: the signed-in session, and the account it works in. */
export type PageEnv = {
  Bindings: HonoEnv["Bindings"];
  Variables: Omit<HonoEnv["Variables"], "ctx"> & {
    ctx: MemberCtx;
    session: Session;
    door?: Door;
    /** The audit label of a successful request. Undefined if the request changes nothing. */
    audit?: string | undefined;
  };
};
export type PageContext = Context<PageEnv>;

/** What a page works on: the current account, or the signed-in person and their own account. */
export type Door = "account" | "person";

const COOKIE = "session";
const KEPT = { prefix: "host", httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

export const keepSession = (c: Context, token: string) =>
  setCookie(c, COOKIE, token, { ...KEPT, maxAge: SESSION_SECONDS });
export const forgetSession = (c: Context) => deleteCookie(c, COOKIE, { prefix: "host", secure: true, path: "/" });

export const tokenIn = (c: Context) => getCookie(c, COOKIE, "host");
export const isRead = (c: Context) => c.req.method === "GET" || c.req.method === "HEAD";

/**
 * Whether a request comes from our own pages, based on the headers that browsers set. The content type is not proof:
 * another site's form can send any body.
 */
export function isFromHere(c: Context): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  return site === undefined ? c.req.header("Origin") === new URL(c.req.url).origin : site === "same-origin";
}

/**
 * What each role may change: viewers nothing, editors most things. Only owners may change the account itself, its keys,
 * and its team.
 */
const RANK: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };

/** @throws AppError `role_needed` (403) if the role is too low */
export function demandRole({ role }: Session, needed: Role) {
  if (RANK[role] < RANK[needed])
    throw new AppError("role_needed", `This requires the ${needed} role. You are ${role} in this account.`);
}

/** The session of a request's cookie, for pages that do not require one. */
export async function sessionIn(c: Context<HonoEnv>): Promise<Session | null> {
  const token = tokenIn(c);
  return token ? sessionOf(c.var.ctx, token) : null;
}
