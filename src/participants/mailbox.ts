import { comparableEmail } from "../lib/email-address";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";

const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/**
 * The mailbox behind an email address: without `+tag`, and for Gmail without dots. `email` must be in
 * its one form.
 */
export function canonicalEmail(email: string) {
  const at = email.lastIndexOf("@");
  const plus = email.indexOf("+", 1);
  const local = email.slice(0, plus > 0 && plus < at ? plus : at);
  const domain = email.slice(at + 1);
  return DOTLESS.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}

/** A keyed hash of the mailbox behind an email address, the same for all members of the installation. */
export const mailboxHash = (env: Env, email: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "mailbox", canonicalEmail(comparableEmail(email)));
