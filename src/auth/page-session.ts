import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { MemberCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";
import type { HonoEnv } from "../lib/http";
import { type Role, SESSION_SECONDS, type Session, sessionOf } from "./sessions/session";

/** What the handler of a page knows: who is signed in, and the context of the account that he is at work in. */
export type PageEnv = {
  Bindings: HonoEnv["Bindings"];
  Variables: Omit<HonoEnv["Variables"], "ctx"> & {
    ctx: MemberCtx;
    session: Session;
    door?: Door;
    /** A form that was sent to be looked at: it changed nothing, so nothing is noted. */
    is_look?: boolean;
  };
};
export type PageContext = Context<PageEnv>;

/** What a page is about: the account that its reader is at work in, or the reader himself and his own account. */
export type Door = "account" | "person";

const COOKIE = "session";
const KEPT = { prefix: "host", httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

export const keepSession = (c: Context, token: string) =>
  setCookie(c, COOKIE, token, { ...KEPT, maxAge: SESSION_SECONDS });
export const forgetSession = (c: Context) => deleteCookie(c, COOKIE, { prefix: "host", secure: true, path: "/" });

/** What the browser is signed in with. */
export const tokenIn = (c: Context) => getCookie(c, COOKIE, "host");
export const isRead = (c: Context) => c.req.method === "GET" || c.req.method === "HEAD";

/**
 * Whether a request comes from our own pages, in the browser's words. What it carries does not matter: a form is as good as a
 * body without a type.
 */
export function isFromHere(c: Context): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  return site === undefined ? c.req.header("Origin") === new URL(c.req.url).origin : site === "same-origin";
}

/** Who may change what. Viewers only look; the account itself, its keys and its team are the owner's. */
const RANK: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };

/** @throws 403 for who may only look. */
export function demandRole({ role }: Session, needed: Role) {
  if (RANK[role] < RANK[needed])
    throw new AppError("role_needed", `This needs the role ${needed}. You are ${role} here.`);
}

/** The session that a request's cookie names, on pages that are there for everybody. */
export async function sessionIn(c: Context<HonoEnv>): Promise<Session | null> {
  const token = tokenIn(c);
  return token ? sessionOf(c.var.ctx, token) : null;
}
