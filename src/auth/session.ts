import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { MemberCtx } from "../ctx";
import { openDb } from "../lib/db";
import { AppError } from "../lib/errors";
import { acceptsPages, type HonoEnv } from "../lib/http";
import { auditEntry, type Role, SESSION_SECONDS, type Session, sessionOf } from "../sessions/session";
import { limit } from "./limit";
import { addressOf } from "./route";

/** What the handler of a page knows: who is signed in, and the context of the account that he is at work in. */
export type PageEnv = {
  Bindings: HonoEnv["Bindings"];
  Variables: Omit<HonoEnv["Variables"], "ctx"> & { ctx: MemberCtx; session: Session };
};
export type PageContext = Context<PageEnv>;

const COOKIE = "session";
/** The position of the last write of this browser, so that its next page shows it, from whatever replica. */
const BOOKMARK = "bookmark";
const BOOKMARK_SECONDS = 300;
const KEPT = { prefix: "host", httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

export const keepSession = (c: Context, token: string) =>
  setCookie(c, COOKIE, token, { ...KEPT, maxAge: SESSION_SECONDS });
export const forgetSession = (c: Context) => deleteCookie(c, COOKIE, { prefix: "host", secure: true, path: "/" });

const tokenIn = (c: Context) => getCookie(c, COOKIE, "host");
const isRead = (c: Context) => c.req.method === "GET" || c.req.method === "HEAD";

/** Forms of other sites are refused, and what a form wrote is seen by the page after it. */
const sameSite = [
  csrf(),
  createMiddleware<HonoEnv>(async (c, next) => {
    const bookmark = getCookie(c, BOOKMARK, "host");
    if (isRead(c) && bookmark && /^[0-9a-f-]{16,128}$/.test(bookmark))
      c.set("ctx", { ...c.var.ctx, db: openDb(c.env.DB, bookmark, c.var.ctx.db.meter) });
    c.set("reads_pages", acceptsPages(c));
    await next();
    const written = isRead(c) ? null : c.var.ctx.db.bookmark();
    if (written) setCookie(c, BOOKMARK, written, { ...KEPT, maxAge: BOOKMARK_SECONDS });
  }),
];

/** Who may change what. Viewers only look; the account itself, its keys and its team are the owner's. */
const RANK: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };

const signedIn = (changes: Role) =>
  createMiddleware<PageEnv>(async (c, next) => {
    const token = tokenIn(c);
    const session = token ? await sessionOf(c.var.ctx, token) : null;
    if (!session) {
      if (token) forgetSession(c);
      return c.redirect(`/sign-in?${new URLSearchParams({ next: isRead(c) ? pathOf(c) : "/" })}`, 303);
    }
    await limit(c.var.ctx, "key", `account ${session.account_id}`);
    if (!isRead(c) && RANK[session.role] < RANK[changes])
      throw new AppError("role_needed", `This needs the role ${changes}. You are ${session.role} here.`);
    const actor = { kind: "member" as const, memberId: session.account_id, keyHash: null };
    c.set("session", session);
    c.set("ctx", { ...c.var.ctx, actor });
    await next();
    if (!isRead(c) && c.res.status < 400)
      c.var.ctx.later(
        c.var.ctx.db.batch([auditEntry(c.var.ctx, session, `${c.req.method} ${routePath(c, -1)}`, c.req.path)]),
      );
  });

const pathOf = (c: Context) => `${c.req.path}${new URL(c.req.url).search}`;

/**
 * Where to go after signing in: a path of this site, whatever was asked for.
 * A browser reads a backslash as a slash, and leaves out tabs and line breaks.
 */
export const pathOfOurs = (path: string | undefined) => (path && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : "/home");

/** Pages under these paths, for those who are signed in. `changes`: the least role that may send their forms. */
export function createPages(bases: string[], { changes = "editor" }: { changes?: Role } = {}) {
  const pages = new Hono<PageEnv>();
  for (const base of bases) pages.use(`${base}/*`, ...sameSite, signedIn(changes));
  return pages;
}

/** Pages under these paths for everybody: they sign people up and in. */
export function createOpenPages(bases: string[]) {
  const pages = new Hono<HonoEnv>();
  const limited = createMiddleware<HonoEnv>(async (c, next) => {
    await limit(c.var.ctx, isRead(c) ? "public" : "sign_in", addressOf(c));
    await next();
  });
  for (const base of bases) pages.use(`${base}/*`, ...sameSite, limited);
  return pages;
}

/** The session that a request's cookie names, on pages that are there for everybody. */
export async function sessionIn(c: Context<HonoEnv>): Promise<Session | null> {
  const token = tokenIn(c);
  return token ? sessionOf(c.var.ctx, token) : null;
}
