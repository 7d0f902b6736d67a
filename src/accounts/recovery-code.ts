import { randomBytes } from "../lib/crypto";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";

const CODES = 10;
/** Crockford's base32: it omits letters that look like digits. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
/** 50 random bits, in two groups. */
const LENGTH = 10;
const WRITTEN = /^[0-9a-hjkmnp-tv-z]{10}$/;

/** Recovery codes for a person to keep, like `4f7q2-9xk3m`. */
export const newRecoveryCodes = () =>
  Array.from({ length: CODES }, () => {
    const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
    return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
  });

/** A code as typed, with any spaces, dashes, and capitals. Null if it is not a recovery code. */
export function recoveryCodeIn(text: string) {
  const letters = text.toLowerCase().replace(/[\s-]/g, "");
  return WRITTEN.test(letters) ? letters : null;
}

/** The stored form of a code. */
export const recoveryHash = (env: Env, memberId: number, code: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "recovery-code", `${memberId}:${recoveryCodeIn(code)}`);
