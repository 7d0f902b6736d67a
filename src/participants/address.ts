import { hmac, toBase64Url } from "../lib/crypto";
import { type Env, secret } from "../lib/env";

/** What is kept of an IP address: a keyed hash, alike for alike addresses of one campaign and useless elsewhere. */
export const addressHash = async (env: Env, campaignId: number, address: string) =>
  toBase64Url((await hmac(secret(env, "CODE_SECRET"), `address:${campaignId}:${address}`)).subarray(0, 16));
