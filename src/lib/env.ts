import { AppError } from "./errors";

/** Bindings and settings of the Worker (wrangler.toml), and its secrets (.dev.vars or `wrangler secret put`). */
export type Env = {
  DB: D1Database;
  /** One object per campaign. `ledger/client.ts` knows its class. */
  LEDGER: DurableObjectNamespace;
  /** Queue messages carry row ids, never payloads, addresses, or texts. `outbox/queue.ts` makes them. */
  DELIVERIES: Queue;
  MAILS: Queue;
  /** Without this binding, email is off. */
  EMAIL?: SendEmail;
  ASSETS: Fetcher;
  /** Members' uploads. Rows of `images` say which account owns each. */
  IMAGES: R2Bucket;
  KEY_LIMIT: RateLimit;
  PUBLIC_LIMIT: RateLimit;
  SIGN_IN_LIMIT: RateLimit;
  JOIN_LIMIT: RateLimit;

  PUBLIC_URL: string;
  ALLOW_LOCAL_WEBHOOKS: string;
  RATE_LIMITS: string;
  LOGS: string;
  DOH_URL: string;
  D1_REGION: string;
  /** Where `npm start` runs the demo shop. Unset elsewhere. */
  DEMO_URL?: string;
  MAIL_FROM: string;
  MAIL_PER_DAY: string;
  DEV_MAIL: string;
  /** Shown to members who want another plan. If empty, no address is shown. */
  SUPPORT_EMAIL: string;

  /** Signs members' tokens and the links in their emails. */
  JWT_SECRET?: string;
  /** Signs referral codes, forms, and participants' tokens and confirmations, and keys the hashes of IP addresses. */
  CODE_SECRET?: string;
  /**
   * Encrypts what must be readable again: webhook secrets, Turnstile keys, contest seeds, stored responses. Signs
   * unsubscribe links and keys their hashes.
   */
  SEAL_SECRET?: string;
  /** Signs the operator's sessions. If unset, the operator's endpoints always reply with 401. */
  OPERATOR_TOKEN?: string;
};

export type Secret = "JWT_SECRET" | "CODE_SECRET" | "SEAL_SECRET" | "OPERATOR_TOKEN";

/**
 * A required secret. There are no default secrets.
 * @throws AppError `misconfigured`, with the name of the missing setting
 */
export function secret(env: Env, name: Secret): string {
  const value = env[name];
  if (!value) throw new AppError("misconfigured", `The setting ${name} is missing.`);
  return value;
}
