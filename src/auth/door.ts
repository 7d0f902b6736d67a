import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { marked, SMALL_BODY_BYTES } from "../lib/body-limit";
import { sameText } from "../lib/crypto";
import type { Ctx, MemberCtx, ParticipantCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";
import { acceptsPages, type HonoEnv } from "../lib/http";
import { auditEntry, type Who } from "./audit/audit-entry";
import { type Audit, labelIn } from "./audited";
import { addressOf, credentialOf } from "./caller";
import { bearerToken, type Credential, type Member, memberOf, memberOfCheckedLater } from "./credential";
import { idempotent } from "./idempotency/idempotency-middleware";
import { madeFor } from "./in-process";
import { limit, type Policy, policyHeader } from "./limit";
import { demandRight, type Right } from "./scope";
import { participantOfToken } from "./token";

/** Middleware that sets the context to this type. */
type Sets<C> = MiddlewareHandler<{ Bindings: HonoEnv["Bindings"]; Variables: HonoEnv["Variables"] & { ctx: C } }>;

const UNAUTHENTICATED = "Send a valid API key in X-API-Key or a token in Authorization: Bearer.";

/** Counts the request against a policy, and names the policy in the response. @throws RateLimited */
export function limited(c: Context<HonoEnv>, policy: Policy, who: string) {
  if (c.env.RATE_LIMITS !== "off") c.set("policy", policyHeader(policy));
  return limit(c.var.ctx, policy, who);
}

/**
 * Counts a request with an invalid credential against its IP address, because it may be a guess. @throws the error, or
 * RateLimited
 */
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

export const asMember = (...door: Parameters<typeof byCredential>) => byCredential(...door) as MemberDoor;

export const asPublic = (policy: Policy) =>
  marked(
    createMiddleware<HonoEnv>(async (c, next) => {
      await limited(c, policy, addressOf(c));
      return idempotent(c, next, `public ${addressOf(c)}`);
    }),
    SMALL_BODY_BYTES,
  );

export const asReader = marked(
  createMiddleware<HonoEnv>(async (c, next) => {
    c.set("reads_pages", acceptsPages(c));
    await limited(c, "public", addressOf(c));
    return idempotent(c, next, `public ${addressOf(c)}`);
  }),
  SMALL_BODY_BYTES,
);

/**
 * Accepts publishable keys on their allowed websites. Limited by IP address only: anyone can copy the key from a page
 * and use up the account's own requests.
 */
export const asBrowser = marked(
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

export const asAnybody = createMiddleware<HonoEnv>(async (c, next) => {
  await limited(c, "public", addressOf(c));
  const credential = credentialOf(c);
  const actor = credential.apiKey || credential.authorization ? await memberOf(c.var.ctx, credential) : null;
  if (actor) {
    demandRight(actor, "read");
    c.set("ctx", { ...c.var.ctx, actor });
  }
  await next();
});

export const asOperator = createMiddleware<HonoEnv>(async (c, next) => {
  const expected = c.env.OPERATOR_TOKEN;
  const token = bearerToken(c.req.header("Authorization"));
  if (!expected || token === null || !(await sameText(token, expected))) {
    await limited(c, "public", addressOf(c));
    throw new AppError("unauthenticated", "Send the operator token in Authorization: Bearer.");
  }
  c.set("ctx", { ...c.var.ctx, actor: { kind: "operator" } });
  await next();
});

export const asParticipant = createMiddleware<HonoEnv>(async (c, next) => {
  await limited(c, "public", addressOf(c));
  const token = bearerToken(c.req.header("Authorization"));
  const participant = token === null ? null : await participantOfToken(c.env, token);
  if (!participant) throw new AppError("unauthenticated", "Send the participant token in Authorization: Bearer.");
  c.set("ctx", { ...c.var.ctx, actor: { kind: "participant", ...participant } });
  await idempotent(c, next, `participant ${participant.participantId}`);
}) as Sets<ParticipantCtx>;
