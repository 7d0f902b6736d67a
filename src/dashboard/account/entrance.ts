import type { Context } from "hono";
import { noteSignIn } from "../../accounts/sign-in";
import { visitOf } from "../../auth/caller";
import { keepSession, tokenIn } from "../../auth/page-session";
import { openSession } from "../../auth/sessions/session";
import type { HonoEnv } from "../../lib/http";
import { pathOfOurs } from "../doors/pages";

/** Opens a session for someone who proved their identity, and redirects them to where they wanted to go. */
export async function enter(c: Context<HonoEnv>, memberId: number): Promise<Response> {
  const { ctx } = c.var;
  await noteSignIn(ctx, memberId, visitOf(c));
  keepSession(c, await openSession(ctx, memberId, c.req.header("User-Agent"), tokenIn(c)));
  return c.redirect(pathOfOurs(c.req.query("next")), 303);
}
