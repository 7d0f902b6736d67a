import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

/** A brand whose domain can be verified. */
export type Claim = { id: number; member_id: number; domain: string };

const [LABEL, FILE, VALUE] = ["_referrals", "/.well-known/referrals.txt", "referrals="];

/**
 * The TXT record or file that a domain's owner publishes. Its text belongs to one member, brand, and domain. So nobody
 * can verify a domain with another member's record, and a new domain needs a new record.
 */
export async function recordOf(env: Env, { id, member_id, domain }: Claim) {
  const token = await keyedHash(secret(env, "SEAL_SECRET"), "domain", `${member_id}:${id}:${domain}`);
  const content = `${VALUE}${token}`;
  return {
    dns: { type: "TXT" as const, name: `${LABEL}.${domain}`, value: content },
    file: { url: `https://${domain}${FILE}`, content },
  };
}
