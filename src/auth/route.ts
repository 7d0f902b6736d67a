import { createRoute, type RouteConfig } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { BODY_MAX_BYTES, bodyMaxOf, inWords, marked } from "../lib/body-limit";
import { fails, type HonoEnv } from "../lib/http";
import type { Audit } from "./audited";
import { memberOf, memberOfCheckedLater } from "./credential";
import { asAnybody, asBrowser, asMember, asOperator, asParticipant, asPublic, asReader } from "./door";
import type { Policy } from "./limit";
import { forKeysAndTokens, type Right, rightOf } from "./scope";

/**
 * A member route's declaration. A route that changes data has an audit label, or a reason for leaving no entry. `right`
 * is the right that named keys need, if it differs from the method's default.
 */
export type MemberRouteConfig = RouteConfig & { right?: Right } & (
    | { method: "get"; audit?: never }
    | { method: "post" | "put" | "patch" | "delete"; audit: Audit }
  );

const common = fails("invalid_request", "rate_limited", "internal", "overloaded", "database_full");
export const guarded = { ...common, ...fails("unauthenticated") };
const forMembers = { ...guarded, ...fails("scope_missing", "publishable_key") };
const repeatable = fails("idempotency_in_progress", "conflict", "idempotency_mismatch");

/**
 * Declares a route guarded by `door`, and documents the door's own responses. Handlers return successes and throw
 * everything else, so the route's type comes from its own declaration.
 */
export const behind = <const R extends RouteConfig, M extends MiddlewareHandler>(
  config: R,
  door: { middleware: M; security: Record<string, string[]>[]; responses: RouteConfig["responses"] },
) => {
  const repeatableHere = config.method === "post" ? repeatable : {};
  const responses = told([door.responses, repeatableHere, config.responses]);
  const sized = config.request?.body && {
    ...config.request,
    body: { ...config.request.body, description: `At most ${inWords(bodyMaxOf(door.middleware))}.` },
  };
  return createRoute({ ...config, ...(sized && { request: sized }), ...door, responses } as R & { middleware: M });
};

/** Merges responses. Descriptions of the same status are joined. */
function told(sources: RouteConfig["responses"][]) {
  const responses: RouteConfig["responses"] = {};
  for (const [status, response] of sources.flatMap((source) => Object.entries(source))) {
    const words = [responses[status], response].flatMap((r) => (r && "description" in r ? [r.description] : []));
    responses[status] = { ...response, description: [...new Set(words)].join("\n\n") };
  }
  return responses;
}

/**
 * A route for API keys and members' tokens. In its handler, `c.var.ctx` has the member. `bodyMax` is the maximum body
 * size in bytes.
 */
export const memberRoute = <const R extends MemberRouteConfig & { bodyMax?: number }>({
  audit,
  bodyMax = BODY_MAX_BYTES,
  right,
  ...config
}: R) =>
  behind(config, {
    middleware: marked(asMember(memberOf, audit, rightOf(right, config)), bodyMax),
    security: forKeysAndTokens,
    responses: forMembers,
  });

/**
 * Like `memberRoute`, for a use case whose own transaction checks the credential again. Replaying a response for an
 * Idempotency-Key runs no transaction, so in that case we check the credential first.
 */
export const memberRouteCheckedLater = <const R extends MemberRouteConfig>({ audit, right, ...config }: R) =>
  behind(config, {
    middleware: asMember(
      (ctx, credential, c) =>
        c.req.header("Idempotency-Key") === undefined
          ? memberOfCheckedLater(ctx, credential)
          : memberOf(ctx, credential),
      audit,
      rightOf(right, config),
    ),
    security: forKeysAndTokens,
    responses: forMembers,
  });

/** A route for everyone, limited by IP address. */
export const publicRoute = <const R extends RouteConfig>(config: R, policy: Policy = "public") =>
  behind(config, { middleware: asPublic(policy), security: [], responses: common });

/** A route for publishable keys. In its handler, `c.var.ctx` has the member. Anyone may be the caller. */
export const browserRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, {
    middleware: asBrowser,
    security: [{ publishableKey: [] }],
    responses: { ...guarded, ...fails("origin_not_allowed") },
  });

/** A route for programs that sign their requests. Its use case verifies the signature and limits unsigned requests. */
export const signedRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, {
    middleware: createMiddleware<HonoEnv>((_, next) => next()),
    security: [],
    responses: { ...common, ...fails("payload_too_large") },
  });

const PAGE = { "text/html": { schema: z.string() } };

/** A public route that serves pages. Errors are HTML for callers that accept it, otherwise JSON. */
export const pageRoute = <const R extends RouteConfig>(config: R) => {
  const route = behind(config, { middleware: asReader, security: [], responses: common });
  for (const response of Object.values(route.responses))
    if ("content" in response && response.content?.["application/json"])
      response.content = { ...response.content, ...PAGE };
  return route;
};

/** A public route that shows more to the owner: `c.var.ctx.actor` is a member if a valid credential was sent. */
export const publicOrMemberRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, {
    middleware: asAnybody,
    security: [{}, ...forKeysAndTokens],
    responses: { ...common, ...fails("unauthenticated", "suspended", "scope_missing", "publishable_key") },
  });

export const operatorRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, { middleware: asOperator, security: [{ operatorToken: [] }], responses: guarded });

/** A route for participants' tokens. In its handler, `c.var.ctx` has the participant. */
export const participantRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, { middleware: asParticipant, security: [{ participantToken: [] }], responses: guarded });
