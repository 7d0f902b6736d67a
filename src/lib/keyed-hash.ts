import { constantTimeEqual, hmac, toBase64Url } from "./crypto";

/**
 * What our secrets sign or hash. The purpose is part of the hashed text and ends at the first colon, so a hash for one
 * purpose is never valid for another.
 */
export type Purpose =
  | "api-key"
  | "referral"
  | "form"
  | "sent-form"
  | "confirm"
  | "report"
  | "unsubscribe"
  | "notification"
  | "verify"
  | "reset-password"
  | "team/join"
  | "domain"
  | "host"
  | "registration"
  | "operator"
  | "limit"
  | "sign-in-place"
  | "second-factor"
  | "recovery-code"
  | "address"
  | "visitor"
  | "credit"
  | "recipient"
  | "mailbox"
  | "person"
  | "place"
  | "agent-confirm";

/** Half of HMAC-SHA256's output, the minimum that RFC 2104 §5 recommends. */
const BYTES = 16;

const encoder = new TextEncoder();

/** HMAC-SHA256 in base64url. Creating or checking it requires the secret. */
export const keyedHash = async (secret: string, purpose: Purpose, text: string, bytes = BYTES) =>
  toBase64Url((await hmac(secret, `${purpose}:${text}`)).subarray(0, bytes));

/**
 * Whether one of the secrets created this hash. Compares the encoded texts in constant time, so each hash has
 * exactly one valid spelling.
 */
export async function isKeyedHash(sent: string, secrets: string[], purpose: Purpose, text: string, bytes = BYTES) {
  const expected = await Promise.all(secrets.map((secret) => keyedHash(secret, purpose, text, bytes)));
  return expected.some((hash) => constantTimeEqual(encoder.encode(sent), encoder.encode(hash)));
}
