import type { MemberCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";

/** The scopes that a named key can have. */
type Scope = NonNullable<MemberCtx["actor"]["named"]>["scopes"][number];

/**
 * What a route requires of a named key: a scope, or `account`, which no named key has. A publishable key has none of
 * them; its route is `browserRoute`.
 */
export type Right = Scope | "account";

/** The right that a route requires: its own, or its method's default. */
export const rightOf = (right: Right | undefined, { method }: { method: string }): Right =>
  right ?? (method === "get" ? "read" : "write");

/** The `write` scope includes `signup`. */
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
