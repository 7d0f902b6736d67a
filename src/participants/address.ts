import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";

/** What we keep of an IP address: the same for the same address in one campaign, and useless elsewhere. */
export const addressHash = (env: Env, campaignId: number, address: string) =>
  keyedHash(secret(env, "CODE_SECRET"), "address", `${campaignId}:${address}`);
