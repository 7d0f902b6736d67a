import { z } from "zod";
import { NewKey } from "../../accounts/keys/key-schema";
import type { Form } from "../ui/form";

/** What a key may do, as the form offers it: scopes, or a key for browsers. */
export const accesses = [
  ["read,write", "Everything: read and write"],
  ["read", "Read only"],
  ["write", "Write only, signups included"],
  ["signup", "Sign participants up, from a server"],
  ["publishable", "Sign visitors up, from a website (publishable)"],
] as const;

type Typed = { access?: unknown; allowed_origins?: unknown };

/** The form's fields as the API takes them. The mode is that of the dashboard, which the form names. */
function asNewKey(sent: unknown) {
  const { access, allowed_origins, ...key } = Object(sent) as Typed;
  const origins = String(allowed_origins ?? "")
    .split(/\s+/)
    .filter((line) => line !== "");
  return access === "publishable"
    ? { ...key, kind: "publishable", allowed_origins: origins }
    : { ...key, kind: "secret", scopes: String(access ?? "").split(",") };
}

export const KeyForm = z.preprocess(asNewKey, NewKey);

/** The form with the problem of a line beside the field that has the lines. */
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
