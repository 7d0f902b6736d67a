import type { Ctx } from "../lib/ctx";
import { within } from "../lib/deadline";
import { type Env, secret } from "../lib/env";
import { AppError } from "../lib/errors";
import { inJurisdiction } from "../lib/jurisdiction";
import { keyedHash } from "../lib/keyed-hash";
import type { Limiter } from "./limiter";

/**
 * All limits: `quota` requests per `windowSeconds`. A `binding` is a Workers rate limit from wrangler.toml: cheap, but
 * approximate. `isExact` limits protect accounts: a Durable Object also counts the requests that the binding allowed.
 */
export const policies = {
  key: { binding: "KEY_LIMIT", isExact: false, quota: 6000, windowSeconds: 60 },
  public: { binding: "PUBLIC_LIMIT", isExact: false, quota: 300, windowSeconds: 60 },
  sign_in: { binding: "SIGN_IN_LIMIT", isExact: true, quota: 20, windowSeconds: 60 },
  join: { binding: "JOIN_LIMIT", isExact: false, quota: 20, windowSeconds: 60 },
  /** Wrong passwords for one email from one IP address, or for one signed-in person. */
  password: { binding: null, isExact: true, quota: 10, windowSeconds: 900 },
  /** Wrong passwords for one email, from all IP addresses. */
  email: { binding: null, isExact: true, quota: 50, windowSeconds: 3600 },
  /**
   * Wrong passwords for all emails from one network: an IPv4 /24 or an IPv6 /48. High enough for typing errors in an
   * office.
   */
  network: { binding: null, isExact: true, quota: 100, windowSeconds: 900 },
  password_reset: { binding: null, isExact: true, quota: 10, windowSeconds: 3600 },
  second_factor: { binding: null, isExact: true, quota: 10, windowSeconds: 3600 },
} as const;
export type Policy = keyof typeof policies;

/** The policies without a binding. They count failed attempts only. */
type AttemptPolicy = { [P in Policy]: (typeof policies)[P]["binding"] extends null ? P : never }[Policy];

/**
 * The value of `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). The binding does not report the remaining
 * quota, so we send no `RateLimit` header.
 */
export const policyHeader = (policy: Policy) =>
  `"${policy}";q=${policies[policy].quota};w=${policies[policy].windowSeconds}`;

export class RateLimited extends AppError {
  constructor(
    readonly policy: Policy,
    retryAfter: number = policies[policy].windowSeconds,
  ) {
    super("rate_limited", `Too many requests. Try again in ${inWords(retryAfter)}.`, { retryAfter });
  }
}

function inWords(seconds: number) {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

/** @throws RateLimited if `who` has used up the policy's quota */
export async function limit(ctx: Pick<Ctx, "env">, policy: Policy, who: string) {
  if (ctx.env.RATE_LIMITS === "off") return;
  const { binding, isExact } = policies[policy];
  if (binding !== null && !(await ctx.env[binding].limit({ key: who })).success) throw new RateLimited(policy);
  if (isExact) await take(ctx.env, policy, who);
}

/** Batch rows that count as one request: they cost the ledgers and the database about as much. */
const ROWS_PER_REQUEST = 50;

/**
 * Counts the rows of a batch request before processing them. The request itself has already counted once. @throws
 * RateLimited
 */
export async function limitRows(ctx: Pick<Ctx, "env">, policy: Policy, who: string, rows: number) {
  const more = Math.ceil(rows / ROWS_PER_REQUEST) - 1;
  await Promise.all(Array.from({ length: Math.max(0, more) }, () => limit(ctx, policy, who)));
}

/**
 * Counts an attempt before it is made, so concurrent guesses count too.
 * @returns a function that takes the attempt back after it succeeds
 * @throws RateLimited if `who` has used up the policy's quota
 */
export async function attempt(ctx: Pick<Ctx, "env" | "later">, policy: AttemptPolicy, who: string) {
  if (ctx.env.RATE_LIMITS === "off") return () => {};
  const at = await take(ctx.env, policy, who);
  return () => ctx.later(limiterOf(ctx.env, policy, who).then((limiter) => limiter.giveBack(at)));
}

async function take(env: Env, policy: Policy, who: string): Promise<number> {
  const { quota, windowSeconds } = policies[policy];
  const at = Date.now();
  const wait = await within(DEADLINE_MS, asked(env, policy, who, at, { quota, windowSeconds }), outOfReach).catch(
    (cause) => {
      throw outOfReach(cause);
    },
  );
  if (wait > 0) throw new RateLimited(policy, Math.ceil(wait / 1000));
  return at;
}

const asked = async (
  env: Env,
  policy: Policy,
  who: string,
  at: number,
  window: { quota: number; windowSeconds: number },
) => (await limiterOf(env, policy, who)).take(at, window);

/** Fail closed: if the limiter is unreachable, guesses would not be counted. */
const DEADLINE_MS = 5_000;
const outOfReach = (cause?: unknown) =>
  new AppError("overloaded", "We cannot check this right now. Try again.", { cause });

/** One object per policy and subject, named by a keyed hash, because subjects are emails and addresses. */
async function limiterOf(env: Env, policy: Policy, who: string) {
  const name = await keyedHash(secret(env, "CODE_SECRET"), "limit", `${policy}:${who}`);
  return inJurisdiction(env, env.LIMITER as DurableObjectNamespace<Limiter>).getByName(name);
}
