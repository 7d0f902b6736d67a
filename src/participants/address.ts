import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";

/** A keyed hash of an IP address. Equal addresses have equal hashes within a campaign, but not across campaigns. */
export const addressHash = (env: Env, campaignId: number, address: string) =>
  keyedHash(secret(env, "CODE_SECRET"), "address", `${campaignId}:${address}`);
