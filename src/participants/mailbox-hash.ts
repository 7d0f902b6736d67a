import { comparableEmail } from "../lib/email-address";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";
import { formerEmail } from "./mailbox";

/**
 * A keyed hash of an email address without its tag. It is the same for all members of the installation, and used for
 * limiting emails.
 */
export const mailboxHash = (env: Env, email: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "mailbox", formerEmail(comparableEmail(email)));
