import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

/** A brand whose domain can be proven. */
export type Claim = { id: number; member_id: number; domain: string };

const [LABEL, FILE, VALUE] = ["_referrals", "/.well-known/referrals.txt", "referrals="];

/**
 * What the owner of a domain publishes, as a TXT record or a file. The text belongs to one member, brand, and domain,
 * so nobody can prove a domain with the record of another member, and a brand with another domain needs another one.
 */
export async function recordOf(env: Env, { id, member_id, domain }: Claim) {
  const token = await keyedHash(secret(env, "SEAL_SECRET"), "domain", `${member_id}:${id}:${domain}`);
  const content = `${VALUE}${token}`;
  return {
    dns: { type: "TXT" as const, name: `${LABEL}.${domain}`, value: content },
    file: { url: `https://${domain}${FILE}`, content },
  };
}
export type DomainRecord = Awaited<ReturnType<typeof recordOf>>;
