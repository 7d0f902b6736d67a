import type { Ctx } from "../lib/ctx";
import { AppError } from "../lib/errors";

/** The policies of the Workers rate-limit bindings, as wrangler.toml sets them: requests per window in seconds. */
export const policies = {
  key: { binding: "KEY_LIMIT", quota: 6000, windowSeconds: 60 },
  public: { binding: "PUBLIC_LIMIT", quota: 300, windowSeconds: 60 },
  sign_in: { binding: "SIGN_IN_LIMIT", quota: 20, windowSeconds: 60 },
  join: { binding: "JOIN_LIMIT", quota: 20, windowSeconds: 60 },
} as const;
export type Policy = keyof typeof policies;

/** As draft-ietf-httpapi-ratelimit-headers has it. The binding tells no remaining count, so no `RateLimit` field is sent. */
export const policyHeader = (policy: Policy) =>
  `"${policy}";q=${policies[policy].quota};w=${policies[policy].windowSeconds}`;

/** The caller's address, for limits and keyed hashes only. */
export const addressIn = (headers: Headers) => headers.get("CF-Connecting-IP") ?? "unknown";

export class RateLimited extends AppError {
  constructor(readonly policy: Policy) {
    super("rate_limited", "Too many requests. Please come back in a minute.", {
      retryAfter: policies[policy].windowSeconds,
    });
  }
}

/** @throws RateLimited when `who` has used up the policy's quota. */
export async function limit(ctx: Pick<Ctx, "env">, policy: Policy, who: string) {
  if (ctx.env.RATE_LIMITS === "off") return;
  const { success } = await ctx.env[policies[policy].binding].limit({ key: who });
  if (!success) throw new RateLimited(policy);
}
