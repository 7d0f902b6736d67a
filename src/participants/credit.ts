import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";

/**
 * A keyed hash of a mailbox (`canonicalEmail`), by which it credits one referrer in a campaign. It is not equal across
 * campaigns, and tells nothing about an erased participant without the secret, which is one that does not change.
 */
export const creditHash = (env: Env, campaignId: number, canonical: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "credit", `${campaignId}:${canonical}`);
