import { z } from "zod";
import { KeyChange, NamedKeyParam, NewKey } from "../../accounts/keys/key-schema";
import type { PageContext } from "../../auth/page-session";
import { notFound } from "../../lib/errors";
import type { Form } from "../ui/form";

/** A key's permissions, as the form offers them: scopes, or a key for browsers. */
export const accesses = [
  ["read,write", "Everything: read and write"],
  ["read", "Read only"],
  ["write", "Write only, including signups"],
  ["signup", "Sign participants up, from a server"],
  ["publishable", "Sign visitors up, from a website (publishable)"],
] as const;

type Typed = { access?: unknown; allowed_origins?: unknown };

const linesOf = (text: unknown) =>
  String(text ?? "")
    .split(/\s+/)
    .filter((line) => line !== "");

/** Converts the form's fields for the API. The mode is the dashboard's, as named in the form. */
function asNewKey(sent: unknown) {
  const { access, allowed_origins, ...key } = Object(sent) as Typed;
  const origins = linesOf(allowed_origins);
  return access === "publishable"
    ? { ...key, kind: "publishable", allowed_origins: origins }
    : { ...key, kind: "secret", scopes: String(access ?? "").split(",") };
}

export const KeyForm = z.preprocess(asNewKey, NewKey);

/** Converts a change's fields for the API. A rolled key's form has no expiry. */
function asKeyChange(sent: unknown) {
  const { access, allowed_origins, ...change } = Object(sent) as Typed;
  return {
    ...change,
    ...(access !== undefined && { scopes: String(access ?? "").split(",") }),
    ...(allowed_origins !== undefined && { allowed_origins: linesOf(allowed_origins) }),
  };
}

export const KeyChangeForm = z.preprocess(asKeyChange, KeyChange);

/** The key in a page's path. @throws 404 if it is not an ID */
export function namedIn(c: PageContext) {
  const param = NamedKeyParam.safeParse(c.req.param());
  if (!param.success) throw notFound("API key");
  return param.data.keyId;
}

/** The form, with the error for one line shown at the field that contains the lines. */
export function linesJoined(form: Form<unknown>): Form<unknown> {
  const ofLine = Object.entries(form.errors).find(([path]) => path.startsWith("allowed_origins"));
  const ofScope = Object.entries(form.errors).find(([path]) => path.startsWith("scopes"));
  const errors = {
    ...form.errors,
    ...(ofLine && { allowed_origins: ofLine[1] }),
    ...(ofScope && { access: ofScope[1] }),
  };
  return { ...form, ok: false, errors };
}
