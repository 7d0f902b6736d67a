import type { FullAccount } from "./account";
import { type Operation, operations } from "./document";
import { FORM, type FuzzRequest } from "./fuzz";

/** Operations whose documented example fails for an account with one of everything: the status, and the reason. */
export const refusals: Record<string, { status: number; why: string }> = {
  createToken: { status: 401, why: "its address is nobody's" },
  verifyWidgetIdentity: { status: 403, why: "no server of its campaign has signed it" },
  getContestEntrants: { status: 404, why: "its contest was not drawn" },
  receiveInputEvent: { status: 401, why: "no provider has signed it" },
  receiveBillingEvent: { status: 404, why: "plans are not sold by Stripe" },
  receiveResendEvent: { status: 404, why: "email does not go out through Resend" },
};

/** Uses a link up, and ends the tokens of the account. */
const ENDS_TOKENS = "resetPassword";
const methods = ["POST", "GET", "PUT", "PATCH"];
const turnOf = ({ method, operationId }: Operation) =>
  operationId === ENDS_TOKENS ? methods.length : methods.indexOf(method);
const deletes = operations.filter(({ method }) => method === "DELETE");
const others = operations.filter(({ method }) => method !== "DELETE").toSorted((a, b) => turnOf(a) - turnOf(b));

/** Every operation, in an order that one account can run: a brand's parts are deleted before the brand. */
export const inTurn = [...others, ...deletes.reverse()];

/** The credentials for the operation. */
export function credentialOf({ security }: Operation, account: FullAccount) {
  const names = security.flatMap((way) => Object.keys(way));
  return account.credentials[names[0] ?? ""] ?? {};
}

/** The documented example with this account's ids, and a unique email. */
export function exampleOf({ body }: Operation, account: FullAccount) {
  const example = body["application/json"]?.example as Record<string, unknown> | undefined;
  if (!example) return undefined;
  const own = Object.keys(example).flatMap((field): [string, unknown][] => {
    if (field === "email") return [[field, `person-${crypto.randomUUID()}@example.com`]];
    // A suspended account could not run any more operations.
    if (field === "suspended") return [[field, false]];
    return field in account.inFields ? [[field, account.inFields[field]]] : [];
  });
  return { ...example, ...Object.fromEntries(own) };
}

/** The path with the account's ids and the required query. */
export const urlOf = (operation: Operation, account: FullAccount) =>
  account.path(operation.path) +
  ([
    "/api/v1/lander",
    "/api/widget/config",
    "/api/widget/config.js",
    "/api/widget/old-link.js",
    "/api/widget/leaderboard",
  ].includes(operation.path)
    ? `?campaign_id=${account.inFields.campaign_id}`
    : "") +
  (operation.path === "/api/widget/old-link.js" ? "&code=abc123" : "");

/** The documented example for this account. It succeeds, whatever operations ran before it. */
export function exampleRequest(operation: Operation, account: FullAccount): FuzzRequest {
  const { method, body } = operation;
  const request = { method, path: urlOf(operation, account), headers: credentialOf(operation, account) };
  const form = body[FORM]?.example as Record<string, string> | undefined;
  if (form) return { ...request, headers: { "Content-Type": FORM }, body: new URLSearchParams(form).toString() };
  const example = exampleOf(operation, account);
  return { ...request, body: example && JSON.stringify(example) };
}
