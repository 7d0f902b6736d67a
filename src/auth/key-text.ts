import { randomBytes, sha256Hex, toHex } from "../lib/crypto";

const KEY = /^ref_[0-9a-f]{48}$/;

export const isApiKey = (text: string) => KEY.test(text);

/** The stored form of a key, which lookups use. A key has 192 random bits, so a plain hash is enough. */
export const keyHash = (key: string) => sha256Hex(key);

/** A new key, its stored hash, and the prefix that is shown later. */
export async function mintKey() {
  const key = `ref_${toHex(randomBytes(24))}`;
  return { key, hash: await keyHash(key), prefix: key.slice(0, 10) };
}
