import { crc32 } from "node:zlib";
import { randomBytes, sha256Hex, toHex } from "../lib/crypto";
import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";

/** The account's classic key: all rights, 192 random bits. */
const CLASSIC = /^ref_[0-9a-f]{48}$/;
/** A named key: its kind and mode, 178 random bits, and the CRC-32 of these. */
const NAMED = /^((?:sk|pk)_(?:live|test)_[0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const [RANDOM_DIGITS, CHECK_DIGITS] = [30, 6];
/** The largest multiple of 62 that fits in a byte. Accepting larger bytes would favor the first digits. */
const FAIR = 248;

const PREFIXES = { secret: "sk", publishable: "pk" } as const;
/** The number of characters of a key that we show later. */
const [CLASSIC_SHOWN, NAMED_SHOWN] = [10, 12];
const HASH_BYTES = 32;

/** Whether a text can be a key. The checksum catches a mistyped named key without a database query. */
export function isApiKey(text: string) {
  const [, body = "", check] = NAMED.exec(text) ?? [];
  return check === undefined ? CLASSIC.test(text) : check === checkOf(body);
}

/**
 * The stored form of a key, used for lookups. A classic key has 192 random bits, so a plain hash is enough. A named
 * key's hash also uses our secret.
 */
export const keyHash = async (env: Env, key: string) =>
  CLASSIC.test(key) ? sha256Hex(key) : keyedHash(secret(env, "SEAL_SECRET"), "api-key", key, HASH_BYTES);

/** A new classic key, its stored hash, and the prefix that is shown later. */
export async function mintKey() {
  const key = `ref_${toHex(randomBytes(24))}`;
  return { key, hash: await sha256Hex(key), prefix: key.slice(0, CLASSIC_SHOWN) };
}

/** A new named key. It follows the format of GitHub's tokens, so secret scanners recognize its prefix and checksum. */
export async function mintNamedKey(env: Env, kind: keyof typeof PREFIXES, mode: "live" | "test") {
  const body = `${PREFIXES[kind]}_${mode}_${randomDigits(RANDOM_DIGITS)}`;
  const key = `${body}${checkOf(body)}`;
  return { key, hash: await keyHash(env, key), prefix: key.slice(0, NAMED_SHOWN) };
}

function randomDigits(count: number) {
  let digits = "";
  while (digits.length < count)
    for (const byte of randomBytes(2 * count)) if (byte < FAIR && digits.length < count) digits += DIGITS[byte % 62];
  return digits;
}

function checkOf(body: string) {
  let digits = "";
  for (let rest = crc32(new TextEncoder().encode(body)); digits.length < CHECK_DIGITS; rest = Math.floor(rest / 62))
    digits = DIGITS[rest % 62] + digits;
  return digits;
}
