import { AppError } from "./errors";

/** What the delivery queue carries: ids, never payloads. The row in D1 says whether anything is left to do. */
export type DeliveryHint = { v: 1; delivery_ids: number[] };
/** What the queue of mail carries: ids, never addresses or texts. The row in D1 says whether anything is left to do. */
export type MailHint = { v: 1; mail_ids: number[] };

/** Bindings and settings of the Worker (wrangler.toml), and its secrets (.dev.vars or `wrangler secret put`). */
export type Env = {
  DB: D1Database;
  /** One object per campaign. `ledger/client.ts` knows its class. */
  LEDGER: DurableObjectNamespace;
  DELIVERIES: Queue<DeliveryHint>;
  MAILS: Queue<MailHint>;
  /** Where it is missing, mail is off. */
  EMAIL?: SendEmail;
  ASSETS: Fetcher;
  /** What members upload; rows of `images` say whose it is. */
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
  /** Where `npm start` runs the demo shop; unset elsewhere. */
  DEMO_URL?: string;
  MAIL_FROM: string;
  MAIL_PER_DAY: string;
  DEV_MAIL: string;
  /** Whom members may ask for another plan; empty: nobody is named. */
  SUPPORT_EMAIL: string;

  /** Signs members' tokens and the links in their emails. */
  JWT_SECRET?: string;
  /** Signs referral codes, forms, and participants' tokens and confirmations, and keys the hashes of IP addresses. */
  CODE_SECRET?: string;
  /** Seals what must be read again: webhook secrets, contest seeds, stored answers. Signs unsubscribe links and keys their hashes. */
  SEAL_SECRET?: string;
  /** Signs the operator's sessions. Unset: the operator's endpoints always answer 401. */
  OPERATOR_TOKEN?: string;
};

export type Secret = "JWT_SECRET" | "CODE_SECRET" | "SEAL_SECRET" | "OPERATOR_TOKEN";

/** A required secret. @throws Error naming the setting: there is no default secret. */
export function secret(env: Env, name: Secret): string {
  const value = env[name];
  if (!value) throw new AppError("misconfigured", `The setting ${name} is missing.`);
  return value;
}
