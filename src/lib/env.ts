import { AppError } from "./errors";

/** The brand whose own host a request came to. */
export type Site = { origin: string; slug: string; brand_id: number };

/** Bindings and settings of the Worker (wrangler.toml), and its secrets (.dev.vars or `wrangler secret put`). */
export type Env = {
  DB: D1Database;
  /** One object per campaign. `ledger/client.ts` knows its class. */
  LEDGER: DurableObjectNamespace;
  /** One object per limited subject. `auth/limit.ts` knows its class. */
  LIMITER: DurableObjectNamespace;
  /** Queue messages carry row ids, never payloads, addresses, or texts. `outbox/queue.ts` makes them. */
  DELIVERIES: Queue;
  MAILS: Queue;
  /** One object per chain and wallet. `participants/wallet` knows its class. */
  WALLET: DurableObjectNamespace;
  /** Without this binding, email is off. */
  EMAIL?: SendEmail;
  ASSETS: Fetcher;
  /** Members' uploads. Rows of `images` say which account owns each. */
  IMAGES: R2Bucket;
  /** Nightly backups. Without this binding, there are none. */
  BACKUPS?: R2Bucket;
  /** Remembers, outside the database, how far it had come. `upkeep/witness.ts` knows its class. */
  WITNESS: DurableObjectNamespace;
  /** The apps that people connected by OAuth, and their tokens. Without this binding, agents connect with API keys only. */
  OAUTH_KV?: KVNamespace;
  KEY_LIMIT: RateLimit;
  PUBLIC_LIMIT: RateLimit;
  SIGN_IN_LIMIT: RateLimit;
  JOIN_LIMIT: RateLimit;
  /** By the host that webhooks are posted to, of all accounts together. */
  HOST_LIMIT: RateLimit;
  BUSY_HOST_LIMIT: RateLimit;
  NEW_HOST_LIMIT: RateLimit;
  /** By host and account. */
  HOST_SHARE: RateLimit;
  NEW_HOST_SHARE: RateLimit;

  PUBLIC_URL: string;
  /** Set for a request that came to a brand's own host. */
  SITE?: Site;
  /** Cloudflare for SaaS, for brands' own hosts. Without them, the operator adds a route for each host by hand. */
  CLOUDFLARE_ZONE_ID?: string;
  CLOUDFLARE_API_TOKEN?: string;
  /** Cloudflare's API. Only tests change it. */
  CLOUDFLARE_API_URL?: string;
  /** Where brands' hosts point (CNAME). If empty, the host of PUBLIC_URL. */
  CUSTOM_DOMAIN_TARGET?: string;
  ALLOW_LOCAL_WEBHOOKS: string;
  RATE_LIMITS: string;
  LOGS: string;
  DOH_URL: string;
  D1_REGION: string;
  /** Where the database and the ledgers must stay. If empty, anywhere. */
  JURISDICTION: string;
  /** Where `npm start` runs the demo shop. Unset elsewhere. */
  DEMO_URL?: string;
  /** Who sends email: `cloudflare` (the default), `resend`, or `smtp`. */
  MAIL_PROVIDER?: string;
  /** Resend's address. Only tests change it. */
  RESEND_URL?: string;
  /** Who may create an account: everyone (`open`), people with a link (`invitation`), or nobody (`off`). */
  REGISTRATION: string;
  /** With both keys, people pass Turnstile before they create an account. */
  TURNSTILE_SITE_KEY: string;
  TURNSTILE_SECRET?: string;
  /** Domains that need no proof, separated by spaces, with all below them. Empty in production. */
  TRUSTED_DOMAINS: string;
  MAIL_FROM: string;
  MAIL_PER_DAY: string;
  DEV_MAIL: string;
  /** Shown to members who want another plan. If empty, no address is shown. */
  SUPPORT_EMAIL: string;
  /** Which plan each of Stripe's prices pays for, as JSON. With the next two, members buy plans by Stripe. */
  STRIPE_PRICES?: string;
  /** A restricted or secret key of the operator's Stripe account. */
  STRIPE_SECRET_KEY?: string;
  /** Verifies Stripe's events. */
  STRIPE_WEBHOOK_SECRET?: string;
  /** Stripe's API. Only tests change it. */
  STRIPE_API_URL?: string;
  /** The number of days that backups are kept. If empty, there are none. */
  BACKUP_DAYS: string;
  /** Where alerts go. If empty, not there. */
  OPERATOR_EMAIL: string;
  OPERATOR_WEBHOOK_URL: string;
  /** Where the source of what runs here can be downloaded. If empty, users are told to ask for it. */
  SOURCE_URL: string;

  /** The tokens that may be sent, with their limits, as JSON. See docs/tokens.md. If empty, token transfers are off. */
  TOKENS?: string;
  /** The chains, with the URLs of their RPC endpoints, as JSON. A secret, because such URLs often have keys. */
  TOKEN_CHAINS?: string;
  /** The private key of the wallet that sends tokens. */
  TOKEN_WALLET_KEY?: string;

  /** Signs members' tokens and the links in their emails. */
  JWT_SECRET?: string;
  /** The one before, which still verifies what it signed. Set while a secret is being changed. */
  JWT_SECRET_PREVIOUS?: string;
  /** Signs referral codes, forms, and participants' tokens and confirmations, and keys the hashes of IP addresses. */
  CODE_SECRET?: string;
  CODE_SECRET_PREVIOUS?: string;
  /**
   * Encrypts what must be readable again: webhook secrets, Turnstile keys, contest seeds, stored responses. Signs
   * unsubscribe links and keys their hashes.
   */
  SEAL_SECRET?: string;
  /** Signs the operator's sessions. If unset, the operator's endpoints always reply with 401. */
  OPERATOR_TOKEN?: string;
  /** Signs the alerts to OPERATOR_WEBHOOK_URL, like a webhook's secret. */
  OPERATOR_WEBHOOK_SECRET?: string;
  /** For `MAIL_PROVIDER = "resend"`. */
  RESEND_API_KEY?: string;
  /** Verifies Resend's news of bounces and complaints. If unset, its endpoint replies with 404. */
  RESEND_WEBHOOK_SECRET?: string;
  /** For `MAIL_PROVIDER = "smtp"`: `smtps://user:password@host`. */
  SMTP_URL?: string;
};

/**
 * Whether this is a local installation, whose emails never leave the machine. Only there do links in emails start with
 * the origin of the request that caused them.
 */
export const isLocal = ({ DEV_MAIL }: Env) => DEV_MAIL === "on";

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

/**
 * The secrets that verify what this one signs: itself, and the one before while that is set.
 * @throws AppError `misconfigured`, with the name of the missing setting
 */
export function secrets(env: Env, name: Secret): string[] {
  const previous = name === "JWT_SECRET" || name === "CODE_SECRET" ? env[`${name}_PREVIOUS`] : undefined;
  return [secret(env, name), ...(previous ? [previous] : [])];
}
