import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

/** A keyed hash of a recipient's email. It differs per member, so members cannot match recipients. */
export const recipientHash = (env: Env, memberId: number, email: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "recipient", `${memberId}:${email}`);
