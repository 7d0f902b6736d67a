import { randomBytes, sha256Hex, toHex } from "../lib/crypto";

const KEY = /^ref_[0-9a-f]{48}$/;

export const isApiKey = (text: string) => KEY.test(text);

/** What is stored of a key and looked up by. A key has 192 random bits: a plain hash is enough. */
export const keyHash = (key: string) => sha256Hex(key);

/** A new key, what is stored of it, and what is shown of it later. */
export async function mintKey() {
  const key = `ref_${toHex(randomBytes(24))}`;
  return { key, hash: await keyHash(key), prefix: key.slice(0, 10) };
}
