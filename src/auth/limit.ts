import type { Ctx } from "../lib/ctx";
import { AppError } from "../lib/errors";

/** Policies of the Workers rate-limit bindings, as set in wrangler.toml: `quota` requests per `windowSeconds`. */
export const policies = {
  key: { binding: "KEY_LIMIT", quota: 6000, windowSeconds: 60 },
  public: { binding: "PUBLIC_LIMIT", quota: 300, windowSeconds: 60 },
  sign_in: { binding: "SIGN_IN_LIMIT", quota: 20, windowSeconds: 60 },
  join: { binding: "JOIN_LIMIT", quota: 20, windowSeconds: 60 },
} as const;
export type Policy = keyof typeof policies;

/**
 * The value of `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). The binding does not report what remains, so
 * we send no `RateLimit` header.
 */
export const policyHeader = (policy: Policy) =>
  `"${policy}";q=${policies[policy].quota};w=${policies[policy].windowSeconds}`;

/** The caller's IP address, used only for limits and keyed hashes. */
export const addressIn = (headers: Headers) => headers.get("CF-Connecting-IP") ?? "unknown";

export class RateLimited extends AppError {
  constructor(readonly policy: Policy) {
    super("rate_limited", "Too many requests. Try again in a minute.", {
      retryAfter: policies[policy].windowSeconds,
    });
  }
}

/** @throws RateLimited if `who` has used up the policy's quota */
export async function limit(ctx: Pick<Ctx, "env">, policy: Policy, who: string) {
  if (ctx.env.RATE_LIMITS === "off") return;
  const { success } = await ctx.env[policies[policy].binding].limit({ key: who });
  if (!success) throw new RateLimited(policy);
}
