import { scrypt } from "node:crypto";
import { constantTimeEqual, fromBase64, randomBytes, toBase64 } from "../lib/crypto";

/**
 * One of OWASP's equivalent settings for scrypt: the one with the least memory (16 MiB) that fits the limit of Workers
 * (N·r·p ≤ 2^20).
 */
export const OWASP_COST = { N: 16_384, r: 8, p: 5 };

/** The cost of new hashes. Tests of other features lower it. */
export const passwordCost = { ...OWASP_COST };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const STORED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([^$]+)\$([^$]+)$/;

/**
 * The hash for unknown emails and for accounts without a password, so checking them takes as long as checking a
 * wrong password. No password matches it.
 */
export const noPassword = () => stored(passwordCost, new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES));

/** `scrypt$N$r$p$salt$hash`: it includes its own parameters, so the cost can be raised without a migration. */
export async function hashPassword(password: string) {
  const salt = randomBytes(SALT_BYTES);
  return stored(passwordCost, salt, await derive(password, salt, passwordCost));
}

/** Whether the password matches the stored hash. Without a hash, it takes the same time and returns false. */
export async function isPassword(password: string, hash: string | undefined) {
  const [, N, r, p, salt = "", expected = ""] = STORED.exec(hash ?? noPassword()) ?? [];
  if (!N) return false;
  const actual = await derive(password, fromBase64(salt), { N: Number(N), r: Number(r), p: Number(p) });
  return constantTimeEqual(actual, fromBase64(expected));
}

function stored({ N, r, p }: typeof passwordCost, salt: Uint8Array, hash: Uint8Array) {
  return ["scrypt", N, r, p, toBase64(salt), toBase64(hash)].join("$");
}

/** NFKC, because different keyboards may encode the same password with different code points. */
const derive = (password: string, salt: Uint8Array, cost: typeof passwordCost) =>
  new Promise<Uint8Array>((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
