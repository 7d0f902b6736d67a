import { constantTimeEqual, hmac, toBase64Url } from "./crypto";

/**
 * Everything a secret signs or hashes. The purpose is part of the hashed text and ends at its first colon, so a hash for one
 * purpose never passes for another's.
 */
export type Purpose =
  | "referral"
  | "form"
  | "confirm"
  | "unsubscribe"
  | "verify"
  | "reset-password"
  | "team/join"
  | "operator"
  | "address"
  | "visitor"
  | "recipient"
  | "person"
  | "place";

/** Half of HMAC-SHA256's output, the least that RFC 2104 §5 recommends. */
const BYTES = 16;

const encoder = new TextEncoder();

/** URL-safe base64 of an HMAC-SHA256: nobody can make or check it without the secret. */
export const keyedHash = async (secret: string, purpose: Purpose, text: string, bytes = BYTES) =>
  toBase64Url((await hmac(secret, `${purpose}:${text}`)).subarray(0, bytes));

/** Compares texts, so a hash has one spelling, in constant time. */
export const isKeyedHash = async (sent: string, ...expected: Parameters<typeof keyedHash>) =>
  constantTimeEqual(encoder.encode(sent), encoder.encode(await keyedHash(...expected)));
