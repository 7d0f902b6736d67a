import type { FullAccount } from "./account";
import { type Operation, operations } from "./document";

/** Operations whose example an account with one of everything does not succeed with, and what it gets. */
export const refusals: Record<string, number> = {
  signIn: 401,
  getContestEntrants: 404,
  joinByForm: 400,
  joinByCampaignPage: 400,
  resetPassword: 400,
};

const methods = ["POST", "GET", "PUT", "PATCH"];
const deletes = operations.filter(({ method }) => method === "DELETE");
const others = operations
  .filter(({ method }) => method !== "DELETE")
  .toSorted((a, b) => methods.indexOf(a.method) - methods.indexOf(b.method));

/** Every operation, so that an account can be asked for one after the other: what hangs on a brand goes before the brand. */
export const inTurn = [...others, ...deletes.reverse()];

/** What opens the operation to an account. */
export function credentialOf({ security }: Operation, account: FullAccount) {
  const names = security.flatMap((way) => Object.keys(way));
  return account.credentials[names[0] ?? ""] ?? {};
}

/** The documented example, about this account's things, and with a mail address of its own. */
export function exampleOf({ body }: Operation, account: FullAccount) {
  const example = body["application/json"]?.example as Record<string, unknown> | undefined;
  if (!example) return undefined;
  const own = Object.keys(example).flatMap((field) => {
    if (field === "email") return [[field, `person-${crypto.randomUUID()}@example.com`]];
    return field in account.inFields ? [[field, account.inFields[field]]] : [];
  });
  return { ...example, ...Object.fromEntries(own) };
}

/** The path with the account's ids, and with the query that the operation cannot do without. */
export const urlOf = (operation: Operation, account: FullAccount) =>
  account.path(operation.path) +
  (["/api/v1/lander", "/api/widget/config", "/api/widget/leaderboard"].includes(operation.path)
    ? `?campaign_id=${account.inFields.campaign_id}`
    : "");
