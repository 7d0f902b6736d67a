import { createRoute, type RouteConfig } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { BODY_MAX_BYTES, bodyMaxOf, inWords, marked, SMALL_BODY_BYTES } from "../lib/body-limit";
import { sameText } from "../lib/crypto";
import type { Ctx, MemberCtx, ParticipantCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";
import { acceptsPages, fails, type HonoEnv } from "../lib/http";
import { AUTO, languageFor } from "../texts/text";
import { addressIn } from "./address";
import { auditEntry, type Who } from "./audit/audit-entry";
import { type Audit, labelIn } from "./audited";
import { bearerToken, type Credential, type Member, memberOf, memberOfCheckedLater } from "./credential";
import { idempotent } from "./idempotency/idempotency-middleware";
import { madeFor } from "./in-process";
import { isApiKey } from "./key-text";
import { limit, type Policy, policyHeader } from "./limit";
import { demandRight, forKeysAndTokens, type Right, rightOf } from "./scope";
import { participantOfToken } from "./token";

/** Middleware that sets the context to this type. */
type Sets<C> = MiddlewareHandler<{ Bindings: HonoEnv["Bindings"]; Variables: HonoEnv["Variables"] & { ctx: C } }>;

/** A key may also be sent as a bearer token. If `X-API-Key` is sent as well, that decides. */
export function credentialOf(c: Context): Credential {
  const authorization = c.req.header("Authorization");
  const bearer = bearerToken(authorization) ?? "";
  return { apiKey: c.req.header("X-API-Key") ?? (isApiKey(bearer) ? bearer : undefined), authorization };
}

export const addressOf = (c: Context) => addressIn(c.req.raw.headers);

/** What we know about a visitor: their IP address and preferred language, and what their browser and connection tell. */
export type Caller = { address: string; language: string; browser: Browser };

/** What a browser and its connection tell of themselves. Null: unknown. */
export type Browser = {
  agent: string | null;
  languages: string | null;
  protocol: string | null;
  asn: number | null;
  country: string | null;
};

function browserOf(c: Context): Browser {
  const cf = c.req.raw.cf as Partial<IncomingRequestCfProperties> | undefined;
  return {
    agent: c.req.header("User-Agent") ?? null,
    languages: c.req.header("Accept-Language") ?? null,
    protocol: cf?.tlsVersion ?? null,
    asn: cf?.asn ?? null,
    country: cf?.country ?? null,
  };
}

export const callerOf = (c: Context): Caller => ({
  address: addressOf(c),
  language: languageFor(AUTO, c.req.header("Accept-Language")),
  browser: browserOf(c),
});

/** The country that the edge sees, as ISO 3166-1 has it. */
export const countryOf = (c: Context) => (c.req.raw as { cf?: { country?: string } }).cf?.country ?? null;

/** Where a sign-in comes from. */
export const visitOf = (c: Context) => ({ address: addressOf(c), agent: c.req.header("User-Agent") ?? null });

const UNAUTHENTICATED = "Send a valid API key in X-API-Key or a token in Authorization: Bearer.";

/** Counts the request against a policy, which the response names. @throws RateLimited */
export function limited(c: Context<HonoEnv>, policy: Policy, who: string) {
  if (c.env.RATE_LIMITS !== "off") c.set("policy", policyHeader(policy));
  return limit(c.var.ctx, policy, who);
}

/** Counts a request by its address whose credential opens nothing, because it may be a guess. @throws the error, or RateLimited */
async function refused(c: Context<HonoEnv>, error: unknown): Promise<never> {
  if (error instanceof AppError) await limited(c, "public", addressOf(c));
  throw error;
}

export type MemberDoor = Sets<MemberCtx>;

export const byCredential = (
  find: (ctx: Ctx, credential: Credential, c: Context) => Promise<Member | null>,
  audit: Audit | undefined,
  right: Right,
) =>
  createMiddleware<HonoEnv>(async (c, next) => {
    const actor = madeFor(c.env) ?? (await find(c.var.ctx, credentialOf(c), c).catch((error) => refused(c, error)));
    if (!actor) return refused(c, new AppError("unauthenticated", UNAUTHENTICATED));
    await limited(c, "key", String(actor.memberId));
    demandRight(actor, right);
    c.set("ctx", { ...c.var.ctx, actor });
    await idempotent(c, next, `member ${actor.memberId}`);
    const { memberId, personId = null, keyPrefix } = actor;
    const who = { account_id: memberId, person_id: keyPrefix ? null : personId, key_prefix: keyPrefix };
    noteChange(c, c.var.ctx, { ...who, via: "api" }, audit);
  });

/** The API's base path. Audit entries store paths without it, because dashboard pages have nearly the same paths. */
const BASE = /^(\/api)?\/v1/;

/** Records a successful change in the audit log, after the response. A replayed response changed nothing. */
export function noteChange(c: Context, ctx: Ctx, who: Who, audit: Audit | undefined) {
  const said = labelIn(c, audit);
  if (said === undefined || c.res.status >= 400 || c.res.headers.has("Idempotent-Replayed")) return;
  ctx.later(ctx.db.batch([auditEntry(ctx, who, said, c.req.path.replace(BASE, ""))]));
}

/**
 * A member route's declaration. A route that changes something has its audit label, or the reason why it leaves no entry.
 * `right` is what it asks of named keys, if that is not what its method says.
 */
export type MemberRouteConfig = RouteConfig & { right?: Right } & (
    | { method: "get"; audit?: never }
    | { method: "post" | "put" | "patch" | "delete"; audit: Audit }
  );

const asMember = (...door: Parameters<typeof byCredential>) => byCredential(...door) as MemberDoor;

const asPublic = (policy: Policy) =>
  marked(
    createMiddleware<HonoEnv>(async (c, next) => {
      await limited(c, policy, addressOf(c));
      return idempotent(c, next, `public ${addressOf(c)}`);
    }),
    SMALL_BODY_BYTES,
  );

const asReader = marked(
  createMiddleware<HonoEnv>(async (c, next) => {
    c.set("reads_pages", acceptsPages(c));
    await limited(c, "public", addressOf(c));
    return idempotent(c, next, `public ${addressOf(c)}`);
  }),
  SMALL_BODY_BYTES,
);

/**
 * Publishable keys, on the websites that they are for. Limited by address only: whoever reads the key in a page could use up
 * the account's own requests.
 */
const asBrowser = marked(
  createMiddleware<HonoEnv>(async (c, next) => {
    const address = addressOf(c);
    await limited(c, "public", address);
    const credential = credentialOf(c);
    const actor = credential.apiKey === undefined ? null : await memberOfCheckedLater(c.var.ctx, credential);
    const origins = actor?.named?.origins;
    if (!actor || !origins) throw new AppError("unauthenticated", "Send a publishable key (pk_…) in X-API-Key.");
    if (!origins.includes(c.req.header("Origin") ?? "")) throw new AppError("origin_not_allowed");
    c.set("ctx", { ...c.var.ctx, actor });
    await idempotent(c, next, `browser ${actor.memberId} ${address}`);
  }),
  SMALL_BODY_BYTES,
) as MemberDoor;

const asAnybody = createMiddleware<HonoEnv>(async (c, next) => {
  await limited(c, "public", addressOf(c));
  const credential = credentialOf(c);
  const actor = credential.apiKey || credential.authorization ? await memberOf(c.var.ctx, credential) : null;
  if (actor) {
    demandRight(actor, "read");
    c.set("ctx", { ...c.var.ctx, actor });
  }
  await next();
});

const asOperator = createMiddleware<HonoEnv>(async (c, next) => {
  const expected = c.env.OPERATOR_TOKEN;
  const token = bearerToken(c.req.header("Authorization"));
  if (!expected || token === null || !(await sameText(token, expected))) {
    await limited(c, "public", addressOf(c));
    throw new AppError("unauthenticated", "Send the operator token in Authorization: Bearer.");
  }
  c.set("ctx", { ...c.var.ctx, actor: { kind: "operator" } });
  await next();
});

const asParticipant = createMiddleware<HonoEnv>(async (c, next) => {
  await limited(c, "public", addressOf(c));
  const token = bearerToken(c.req.header("Authorization"));
  const participant = token === null ? null : await participantOfToken(c.env, token);
  if (!participant) throw new AppError("unauthenticated", "Send the participant token in Authorization: Bearer.");
  c.set("ctx", { ...c.var.ctx, actor: { kind: "participant", ...participant } });
  await idempotent(c, next, `participant ${participant.participantId}`);
}) as Sets<ParticipantCtx>;

const common = fails("invalid_request", "rate_limited", "internal", "overloaded", "database_full");
export const guarded = { ...common, ...fails("unauthenticated") };
export const forMembers = { ...guarded, ...fails("scope_missing", "publishable_key") };
const repeatable = fails("idempotency_in_progress", "conflict", "idempotency_mismatch");

/**
 * Declares a route that `door` guards, and documents what the door itself can reply. Handlers return successes and
 * throw the rest, so the route's type comes from its own declaration.
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

/** Merges responses. If several describe the same status, their descriptions are joined. */
function told(sources: RouteConfig["responses"][]) {
  const responses: RouteConfig["responses"] = {};
  for (const [status, response] of sources.flatMap((source) => Object.entries(source))) {
    const words = [responses[status], response].flatMap((r) => (r && "description" in r ? [r.description] : []));
    responses[status] = { ...response, description: [...new Set(words)].join("\n\n") };
  }
  return responses;
}

/**
 * A route for API keys and members' tokens. `c.var.ctx` of its handler knows the member. `bodyMax` is the size of the
 * bodies that it takes, in bytes.
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
 * Like `memberRoute`, for a use case whose own transaction checks the credential again. A response replayed for an
 * Idempotency-Key runs no transaction, so there the credential is checked first.
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

/** A route for publishable keys. `c.var.ctx` of its handler knows the member; the caller may be anybody. */
export const browserRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, {
    middleware: asBrowser,
    security: [{ publishableKey: [] }],
    responses: { ...guarded, ...fails("origin_not_allowed") },
  });

/** A route for programs that sign what they send. Its use case checks that, and limits the others. */
export const signedRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, {
    middleware: createMiddleware<HonoEnv>((_, next) => next()),
    security: [],
    responses: { ...common, ...fails("payload_too_large") },
  });

const PAGE = { "text/html": { schema: z.string() } };

/** A route for everyone that sends pages. Errors are HTML for callers that accept it, otherwise JSON. */
export const pageRoute = <const R extends RouteConfig>(config: R) => {
  const route = behind(config, { middleware: asReader, security: [], responses: common });
  for (const response of Object.values(route.responses))
    if ("content" in response && response.content?.["application/json"])
      response.content = { ...response.content, ...PAGE };
  return route;
};

/** A route for everyone that shows more to the owner: `c.var.ctx.actor` is a member if a valid credential was sent. */
export const publicOrMemberRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, {
    middleware: asAnybody,
    security: [{}, ...forKeysAndTokens],
    responses: { ...common, ...fails("unauthenticated", "suspended", "scope_missing", "publishable_key") },
  });

export const operatorRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, { middleware: asOperator, security: [{ operatorToken: [] }], responses: guarded });

/** A route for participants' tokens. `c.var.ctx` of its handler knows the participant. */
export const participantRoute = <const R extends RouteConfig>(config: R) =>
  behind(config, { middleware: asParticipant, security: [{ participantToken: [] }], responses: guarded });
