import type { MemberCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";

/** The scopes that a named key can have. */
type Scope = NonNullable<MemberCtx["actor"]["named"]>["scopes"][number];

/**
 * What a route asks of a named key: a scope, or `account`, which no named key has. A publishable key opens none of them;
 * its own route is `browserRoute`.
 */
export type Right = Scope | "account";

/** The right that a route asks for: what it says, or what its method does. */
export const rightOf = (right: Right | undefined, { method }: { method: string }): Right =>
  right ?? (method === "get" ? "read" : "write");

/** Whoever may change everything may also sign people up. */
const covers = (scope: Scope, right: Right) => scope === right || (scope === "write" && right === "signup");

/** @throws 403 `publishable_key` or `scope_missing`, with the scope's name */
export function demandRight({ named }: MemberCtx["actor"], right: Right) {
  if (!named) return;
  if (named.origins) throw new AppError("publishable_key");
  if (right === "account")
    throw new AppError(
      "scope_missing",
      "Named keys cannot do this. Use the account's classic key (ref_…), or sign in as an owner.",
    );
  if (!named.scopes.some((scope) => covers(scope, right)))
    throw new AppError("scope_missing", `This key lacks the scope "${right}". It has: ${named.scopes.join(", ")}.`, {
      missingScope: right,
    });
}

/** The security requirement of a route for members. */
export const forKeysAndTokens: Record<string, string[]>[] = [{ apiKey: [] }, { memberToken: [] }];
