import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { sameText } from "../../lib/crypto";
import { AppError } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { isOperatorSession, operatorSession } from "./operator-session";
import { createOpenPages } from "./pages";

const COOKIE = "operator";
/**
 * How long the cookie is kept. With it, an expired session leads to the sign-in page. Without it, pages under /operator
 * return 404.
 */
const KNOWN_SECONDS = 30 * 86_400;
const PATH = "/operator";

/** The only operator page that is open to everyone. */
export const OPERATOR_SIGN_IN = `${PATH}/sign-in`;

/** Signs the operator in for an hour. @throws 401 if the token is wrong or the installation has none */
export async function openOperatorSession(c: Context<HonoEnv>, token: string) {
  const expected = c.env.OPERATOR_TOKEN;
  if (!expected || !(await sameText(token, expected))) throw new AppError("unauthenticated", "The token is incorrect.");
  setCookie(c, COOKIE, await operatorSession(c.env, c.var.ctx.now()), {
    prefix: "host",
    httpOnly: true,
    secure: true,
    sameSite: "Strict",
    path: "/",
    maxAge: KNOWN_SECONDS,
  });
}

export const closeOperatorSession = (c: Context) =>
  deleteCookie(c, COOKIE, { prefix: "host", secure: true, path: "/" });

const asOperator = createMiddleware<HonoEnv>(async (c, next) => {
  if (c.req.path === OPERATOR_SIGN_IN) return next();
  const cookie = getCookie(c, COOKIE, "host");
  if (!cookie && c.req.path !== PATH) throw new AppError("not_found");
  if (!cookie || !(await isOperatorSession(c.env, cookie, c.var.ctx.now()))) return c.redirect(OPERATOR_SIGN_IN, 303);
  c.set("ctx", { ...c.var.ctx, actor: { kind: "operator" } });
  await next();
});

/** Creates pages under /operator, which require the operator's session. Their forms share the sign-in rate limit. */
export function createOperatorPages() {
  const pages = createOpenPages([PATH]);
  pages.use(`${PATH}/*`, asOperator);
  return pages;
}
