import { comparableEmail } from "../lib/email-address";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";
import { formerEmail } from "./mailbox";

/** A keyed hash of an email address without its tag, the same for all members of the installation. Emails are limited by it. */
export const mailboxHash = (env: Env, email: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "mailbox", formerEmail(comparableEmail(email)));
