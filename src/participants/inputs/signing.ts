import { hmac, sameText, toBase64, toHex } from "../../lib/crypto";

/** The tolerance that Stripe's and Paddle's libraries use too: a signature contains its time. */
const TOLERANCE_MS = 5 * 60_000;
/** During a change of the secret, there are two. */
const SIGNATURES_MAX = 10;

const encoder = new TextEncoder();

/** Whether `sent` is the HMAC-SHA256 of the body in hex. */
export const isHexOf = async (secret: string, body: Uint8Array, sent: string) =>
  sameText(toHex(await hmac(secret, body)), sent);

/** Whether `sent` is the HMAC-SHA256 of the body in base64. */
export const isBase64Of = async (secret: string, body: Uint8Array, sent: string) =>
  sameText(toBase64(await hmac(secret, body)), sent);

/** The format of a provider's signature with a time: `t=1700000000,v1=5257…`. */
export type Scheme = { separator: string; time: string; signature: string; between: string };

/** Whether one of the signatures in a header is valid, and its time is within five minutes of now. */
export async function isSignedAt(
  { separator, time, signature, between }: Scheme,
  secret: string,
  header: string,
  body: Uint8Array,
  now: Date,
): Promise<boolean> {
  const parts = header.split(separator).map((part) => part.trim().split("=", 2));
  const at = parts.find(([name]) => name === time)?.[1] ?? "";
  if (!/^\d{1,12}$/.test(at) || Math.abs(now.getTime() - Number(at) * 1000) > TOLERANCE_MS) return false;
  const signed = new Uint8Array([...encoder.encode(at + between), ...body]);
  const sent = parts.flatMap(([name, value]) => (name === signature && value ? [value] : []));
  const right = await Promise.all(sent.slice(0, SIGNATURES_MAX).map((one) => isHexOf(secret, signed, one)));
  return right.includes(true);
}
