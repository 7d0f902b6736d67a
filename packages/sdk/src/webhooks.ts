import type { WebhookEvent } from "./generated/resources.js";

/** The request is not from your installation, or is too old. Respond with 400. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
}

type HeadersLike = { get(name: string): string | null } | Record<string, string | string[] | undefined>;
export type VerifyOptions = {
  /** How many seconds the timestamp may be off; 300 by default. */
  tolerance?: number;
};

const TOLERANCE_SECONDS = 300;
const encode = (text: string) => new TextEncoder().encode(text);
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function keyOf(secret: string) {
  try {
    const raw = bytesOf(secret.trim().replace(/^whsec_/, ""));
    return await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  } catch {
    throw new TypeError("This is not an endpoint secret. It must start with whsec_.");
  }
}

function signedPart(id: string, timestamp: string, body: Uint8Array) {
  const head = encode(`${id}.${timestamp}.`);
  const all = new Uint8Array(head.length + body.length);
  all.set(head);
  all.set(body, head.length);
  return all;
}

/**
 * Verifies a webhook's signature (Standard Webhooks) and returns its event. During a rotation, pass both secrets.
 * @param body the raw body: parsing and serializing it again would change it
 * @throws `WebhookVerificationError` if the request is not from your installation, was changed, or is too old
 */
export async function verify(
  body: string | Uint8Array | ArrayBuffer,
  headers: HeadersLike,
  secret: string | string[],
  { tolerance = TOLERANCE_SECONDS }: VerifyOptions = {},
): Promise<WebhookEvent & { id: string }> {
  const raw = typeof body === "string" ? encode(body) : ArrayBuffer.isView(body) ? body : toBytes(body);
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    headerOf(headers, name),
  );
  if (!id || !timestamp || !signatures) throw new WebhookVerificationError("The request has no webhook headers.");
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > tolerance)
    throw new WebhookVerificationError("The webhook's timestamp is too old, or in the future.");
  const secrets = [secret].flat();
  if (secrets.length === 0) throw new TypeError("Pass the endpoint's secret.");
  const content = signedPart(id, timestamp, raw);
  // WebCrypto compares in constant time.
  for (const key of await Promise.all(secrets.map(keyOf)))
    for (const [version, signature = ""] of signatures.split(" ").map((one) => one.split(",")))
      if (version === "v1" && (await crypto.subtle.verify("HMAC", key, bytesOrNone(signature), content)))
        return { id, ...JSON.parse(new TextDecoder().decode(raw)) };
  throw new WebhookVerificationError("The webhook's signature is wrong: check the secret, and pass the raw body.");
}

/** The headers of a webhook with this body, signed like an installation's. For tests of your receiver. */
export async function sign(body: string, secret: string, { id = `evt_${crypto.randomUUID()}`, at = new Date() } = {}) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = await keyOf(secret);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, signedPart(id, timestamp, encode(body))));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${btoa(String.fromCharCode(...signature))}`,
  };
}

function toBytes(body: unknown) {
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError("Pass the raw body: the text or bytes of the request, not the parsed JSON.");
}

function bytesOrNone(base64: string) {
  try {
    return bytesOf(base64);
  } catch {
    return new Uint8Array();
  }
}

function headerOf(headers: HeadersLike, name: string): string | null | undefined {
  if (typeof headers.get === "function") return (headers as Headers).get(name);
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(found) ? found[0] : found;
}
