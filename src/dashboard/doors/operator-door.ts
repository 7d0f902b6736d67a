import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { hmac, sameText, toBase64Url } from "../../lib/crypto";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { createOpenPages } from "./pages";

const COOKIE = "operator";
const SECONDS = 3600;
/** Whose session is over is led to the sign-in for this long; to everybody else there is nothing here. */
const KNOWN_SECONDS = 30 * 86_400;
const PATH = "/operator";

/** Where the operator signs in: the one page that is open. */
export const OPERATOR_SIGN_IN = `${PATH}/sign-in`;

/** Good until a moment, for whoever the token's holder is: another token ends all sessions. */
const signed = async (token: string, until: number) =>
  `${until}.${toBase64Url(await hmac(token, `operator's session until ${until}`))}`;

/** Signs the operator in for an hour. @throws 401 for a wrong token, and for any where there is none. */
export async function openOperatorSession(c: Context<HonoEnv>, token: string) {
  const expected = c.env.OPERATOR_TOKEN;
  if (!expected || !(await sameText(token, expected))) throw new AppError("unauthenticated", "That is not the token.");
  const until = c.var.ctx.now().getTime() + SECONDS * 1000;
  setCookie(c, COOKIE, await signed(expected, until), {
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

async function isOperator({ env, now }: Ctx, cookie: string | undefined) {
  const until = Number(cookie?.match(/^(\d{1,16})\./)?.[1]);
  if (!env.OPERATOR_TOKEN || !cookie || !(until > now().getTime())) return false;
  return sameText(cookie, await signed(env.OPERATOR_TOKEN, until));
}

const asOperator = createMiddleware<HonoEnv>(async (c, next) => {
  if (c.req.path === OPERATOR_SIGN_IN) return next();
  const cookie = getCookie(c, COOKIE, "host");
  if (!cookie && c.req.path !== PATH) throw new AppError("not_found");
  if (!(await isOperator(c.var.ctx, cookie))) return c.redirect(OPERATOR_SIGN_IN, 303);
  c.set("ctx", { ...c.var.ctx, actor: { kind: "operator" } });
  await next();
});

/** Pages under /operator, for who holds the operator's token; its forms are limited like signing in. */
export function createOperatorPages() {
  const pages = createOpenPages([PATH]);
  pages.use(`${PATH}/*`, asOperator);
  return pages;
}
