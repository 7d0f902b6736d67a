import { fromBase64, hmac, randomBytes, toBase64 } from "../../lib/crypto";

const PREFIX = "whsec_";

export const newSecret = () => PREFIX + toBase64(randomBytes(32));

/**
 * The `webhook-signature` header of Standard Webhooks: one `v1` signature per secret. The receiver needs only one of
 * the secrets.
 */
export async function signatures(secrets: string[], id: string, timestamp: number, body: string) {
  const signed = secrets.map(async (secret) => {
    const key = fromBase64(secret.slice(PREFIX.length));
    return `v1,${toBase64(await hmac(key, `${id}.${timestamp}.${body}`))}`;
  });
  return (await Promise.all(signed)).join(" ");
}
