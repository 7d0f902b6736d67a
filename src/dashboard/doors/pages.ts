import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { addressOf } from "../../auth/caller";
import { noteChange } from "../../auth/door";
import { limit } from "../../auth/limit";
import {
  type Door,
  demandRole,
  forgetSession,
  isFromHere,
  isRead,
  type PageEnv,
  tokenIn,
} from "../../auth/page-session";
import { actorIn, type Role, sessionOf } from "../../auth/sessions/session";
import { marked, SMALL_BODY_BYTES } from "../../lib/body-limit";
import type { MemberCtx } from "../../lib/ctx";
import { openDb } from "../../lib/db";
import { AppError } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { acceptsPages, type HonoEnv } from "../../lib/http";
import { doneAt } from "../ui/layout";
import { keepInBrands } from "./brand-door";
import { keptFromElsewhere, keptUntilSignIn } from "./kept-form";
import { isSamePlace, keepPlace } from "./place";

/**
 * The database position after this browser's last write, so its next page includes the write, no matter which
 * replica reads it.
 */
const BOOKMARK = "bookmark";
const BOOKMARK_SECONDS = 300;
const KEPT = { prefix: "host", httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

/** Where people turn on two-step verification. */
const TWO_STEP = "/account/two-step";

/** Rejects forms from other sites, and lets the next page see what a form wrote. */
const sameSite = createMiddleware<HonoEnv>(async (c, next) => {
  const bookmark = getCookie(c, BOOKMARK, "host");
  if (isRead(c) && bookmark && /^[0-9a-f-]{16,128}$/.test(bookmark))
    c.set("ctx", { ...c.var.ctx, db: openDb(c.env.DB, bookmark, c.var.ctx.db.meter) });
  c.set("reads_pages", acceptsPages(c));
  c.set("is_dashboard", true);
  if (!isRead(c) && !isFromHere(c)) throw new AppError("cross_site");
  await next();
  const written = isRead(c) ? null : c.var.ctx.db.bookmark();
  if (written) setCookie(c, BOOKMARK, written, { ...KEPT, maxAge: BOOKMARK_SECONDS });
});

/** On nested paths, a request passes several of these. The first one opens the session; the others check the role. */
const signedIn = (changes: Role, door: Door, about: "work" | "home" = "work") =>
  createMiddleware<PageEnv>(async (c, next) => {
    if (c.var.door) {
      if (!isRead(c) && c.var.door === "account") demandRole(c.var.session, changes);
      return next();
    }
    const token = tokenIn(c);
    const session = token ? await sessionOf(c.var.ctx, token) : null;
    if (!session) {
      await limit(c.var.ctx, "public", addressOf(c));
      if (token) forgetSession(c);
      const signIn = `/sign-in?${new URLSearchParams({ next: isRead(c) ? pathOf(c) : pageBefore(c) })}`;
      const kept = isRead(c) || !c.var.reads_pages ? null : await keptUntilSignIn(c, signIn, door);
      return kept ? sendPage(c, kept, 401) : c.redirect(signIn, 303);
    }
    await limit(c.var.ctx, "key", `account ${session.account_id}`);
    if (door === "account" && session.is_back) return c.redirect(doneAt("/home", "role_over"), 303);
    if (door === "account" && session.needs_second_factor) return c.redirect(TWO_STEP, 303);
    if (isRead(c)) await keepPlace(c, session);
    else if (!(await isSamePlace(c, session, door))) {
      const kept = await keptFromElsewhere(c, session, door);
      if (!kept) throw new AppError("conflict", "This form was written by someone else or in another account.");
      return sendPage(c, kept, 409);
    }
    if (door === "account" && !isRead(c)) demandRole(session, changes);
    if (door === "account" && session.brand_ids) {
      const elsewhere = await keepInBrands(c, session.account_id, session.brand_ids);
      if (elsewhere) return c.redirect(elsewhere, 303);
    }
    const actor: MemberCtx["actor"] =
      door === "account"
        ? actorIn(session, about)
        : { kind: "member", memberId: session.person_id, personId: session.person_id, keyHash: null };
    c.set("session", session);
    c.set("door", door);
    c.set("ctx", { ...c.var.ctx, actor });
    await next();
    noteChange(
      c,
      c.var.ctx,
      { account_id: actor.memberId, person_id: session.person_id, via: "dashboard" },
      c.var.audit,
    );
  });

const pathOf = (c: Context) => `${c.req.path}${new URL(c.req.url).search}`;

function pageBefore(c: Context) {
  const page = URL.parse(c.req.header("Referer") ?? "");
  return page?.origin === new URL(c.req.url).origin ? `${page.pathname}${page.search}` : "/home";
}

/**
 * Where to go after signing in: the path if it is on this site, otherwise home. Browsers read a backslash as a slash
 * and drop tabs and line breaks, so all of these are rejected.
 */
export const pathOfOurs = (path: string | undefined) => (path && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : "/home");

/**
 * Creates pages under these paths for signed-in members. `changes` is the minimum role that can submit their forms.
 * Pages about the account itself (`home`), like its team, are the same in test mode.
 */
export function createPages(
  bases: string[],
  { changes = "editor", about }: { changes?: Role; about?: "work" | "home" } = {},
) {
  const pages = new Hono<PageEnv>();
  for (const base of bases) pages.use(`${base}/*`, sameSite, signedIn(changes, "account", about));
  return pages;
}

/**
 * Creates pages about the signed-in person. Their context is the person's own account, no matter which account they
 * work in.
 */
export function createOwnPages(bases: string[]) {
  const pages = new Hono<PageEnv>();
  for (const base of bases) pages.use(`${base}/*`, sameSite, signedIn("owner", "person"));
  return pages;
}

/** Creates pages under these paths that are open to everyone, such as signup and sign-in. */
export function createOpenPages(bases: string[]) {
  const pages = new Hono<HonoEnv>();
  const limited = marked(
    createMiddleware<HonoEnv>(async (c, next) => {
      await limit(c.var.ctx, isRead(c) ? "public" : "sign_in", addressOf(c));
      await next();
    }),
    SMALL_BODY_BYTES,
  );
  for (const base of bases) pages.use(`${base}/*`, sameSite, limited);
  return pages;
}
