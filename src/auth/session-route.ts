import { createMiddleware } from "hono/factory";
import { AppError } from "../lib/errors";
import { fails, type HonoEnv } from "../lib/http";
import type { Audit } from "./audited";
import { addressOf, credentialOf } from "./caller";
import { memberOf } from "./credential";
import { byCredential, limited, type MemberDoor, noteChange } from "./door";
import { idempotent } from "./idempotency/idempotency-middleware";
import { demandRole, isFromHere, isRead, sessionIn } from "./page-session";
import { behind, guarded, type MemberRouteConfig } from "./route";
import { forKeysAndTokens, type Right, rightOf } from "./scope";
import { actorIn } from "./sessions/session";

const UNAUTHENTICATED =
  "Send a valid API key in X-API-Key or a token in Authorization: Bearer, or sign in to the dashboard.";

/**
 * If a key or token is sent, it takes precedence. A session can change data only from our own pages, and only as an
 * owner.
 */
const asMemberOrSession = (audit: Audit | undefined, right: Right) => {
  const asMember = byCredential(memberOf, audit, right);
  return createMiddleware<HonoEnv>(async (c, next) => {
    const { apiKey, authorization } = credentialOf(c);
    if (apiKey !== undefined || authorization !== undefined) return asMember(c, next);
    const session = await sessionIn(c);
    if (!session || session.is_back) {
      await limited(c, "public", addressOf(c));
      throw new AppError("unauthenticated", UNAUTHENTICATED);
    }
    await limited(c, "key", `account ${session.account_id}`);
    if (session.needs_second_factor) throw new AppError("second_factor_missing");
    if (session.brand_ids) throw new AppError("role_needed", "Your access is limited to some brands.");
    if (!isRead(c)) {
      if (!isFromHere(c)) throw new AppError("cross_site");
      demandRole(session, "owner");
    }
    const actor = actorIn(session, right === "account" ? "home" : "work");
    const { memberId } = actor;
    c.set("ctx", { ...c.var.ctx, actor });
    await idempotent(c, next, `member ${memberId}`);
    noteChange(c, c.var.ctx, { account_id: memberId, person_id: session.person_id, via: "api" }, audit);
  }) as MemberDoor;
};

/** A member route that also accepts the dashboard's session. */
export const memberOrSessionRoute = <const R extends MemberRouteConfig>({ audit, right, ...config }: R) =>
  behind(config, {
    middleware: asMemberOrSession(audit, rightOf(right, config)),
    security: [...forKeysAndTokens, { session: [] }],
    responses: {
      ...guarded,
      ...(config.method === "get"
        ? fails("scope_missing", "publishable_key", "second_factor_missing", "role_needed")
        : fails("scope_missing", "publishable_key", "second_factor_missing", "role_needed", "cross_site")),
    },
  });
