import { AppError } from "./errors";

/** The brand whose own host a request came to. */
export type Site = { origin: string; slug: string; brand_id: number };

/** The Worker's bindings and settings (wrangler.toml), and its secrets (.dev.vars or `wrangler secret put`). */
export type Env = {
  DB: D1Database;
  /** One object per campaign. See `ledger/client.ts` for its class. */
  LEDGER: DurableObjectNamespace;
  /** One object per limited subject. See `auth/limit.ts` for its class. */
  LIMITER: DurableObjectNamespace;
  /** Queue messages contain row ids, never payloads, email addresses, or texts. `outbox/queue.ts` creates them. */
  DELIVERIES: Queue;
  MAILS: Queue;
  /** One object per chain and wallet. See `participants/wallet` for its class. */
  WALLET: DurableObjectNamespace;
  /** Without this binding, email is off. */
  EMAIL?: SendEmail;
  ASSETS: Fetcher;
  /** Members' uploads. Rows in `images` record which account owns each one. */
  IMAGES: R2Bucket;
  /** Nightly backups. Without this binding, there are none. */
  BACKUPS?: R2Bucket;
  /** Remembers the database's progress outside the database. See `upkeep/witness.ts` for its class. */
  WITNESS: DurableObjectNamespace;
  /**
   * The apps that people connected through OAuth, and their tokens. Without this binding, agents connect only with API
   * keys.
   */
  OAUTH_KV?: KVNamespace;
  KEY_LIMIT: RateLimit;
  PUBLIC_LIMIT: RateLimit;
  SIGN_IN_LIMIT: RateLimit;
  JOIN_LIMIT: RateLimit;
  /** Limits webhooks per target host, across all accounts. */
  HOST_LIMIT: RateLimit;
  BUSY_HOST_LIMIT: RateLimit;
  NEW_HOST_LIMIT: RateLimit;
  /** Limits webhooks per target host and account. */
  HOST_SHARE: RateLimit;
  NEW_HOST_SHARE: RateLimit;

  PUBLIC_URL: string;
  /** Set if the request came to a brand's own host. */
  SITE?: Site;
  /** Cloudflare for SaaS, for brands' own hosts. Without these, the operator adds a route per host manually. */
  CLOUDFLARE_ZONE_ID?: string;
  CLOUDFLARE_API_TOKEN?: string;
  /** Cloudflare's API. Only tests change it. */
  CLOUDFLARE_API_URL?: string;
  /** Where brands' hosts point (CNAME). Defaults to the host of PUBLIC_URL. */
  CUSTOM_DOMAIN_TARGET?: string;
  ALLOW_LOCAL_WEBHOOKS: string;
  RATE_LIMITS: string;
  LOGS: string;
  DOH_URL: string;
  D1_REGION: string;
  /** Where the database and ledgers must stay. If empty, anywhere. */
  JURISDICTION: string;
  /** The demo shop's URL, set by `npm start`. Unset elsewhere. */
  DEMO_URL?: string;
  /** The email provider: `cloudflare` (the default), `resend`, or `smtp`. */
  MAIL_PROVIDER?: string;
  /** Resend's URL. Only tests change it. */
  RESEND_URL?: string;
  /** Who may create an account: everyone (`open`), people with a link (`invitation`), or nobody (`off`). */
  REGISTRATION: string;
  /** If both keys are set, people must pass Turnstile before they create an account. */
  TURNSTILE_SITE_KEY: string;
  TURNSTILE_SECRET?: string;
  /** Domains that need no proof, separated by spaces, including their subdomains. Empty in production. */
  TRUSTED_DOMAINS: string;
  MAIL_FROM: string;
  MAIL_PER_DAY: string;
  DEV_MAIL: string;
  /** Shown to members who want another plan. If empty, no email address is shown. */
  SUPPORT_EMAIL: string;
  /** The plan for each Stripe price, as JSON. With the next two settings, members can buy plans through Stripe. */
  STRIPE_PRICES?: string;
  /** A restricted or secret key of the operator's Stripe account. */
  STRIPE_SECRET_KEY?: string;
  /** Verifies Stripe's events. */
  STRIPE_WEBHOOK_SECRET?: string;
  /** Stripe's API. Only tests change it. */
  STRIPE_API_URL?: string;
  /** How many days backups are kept. If empty, there are no backups. */
  BACKUP_DAYS: string;
  /** Where alerts are emailed. If empty, no alerts are emailed. */
  OPERATOR_EMAIL: string;
  OPERATOR_WEBHOOK_URL: string;
  /** Where users can download the source of this installation. If empty, they are told to ask for it. */
  SOURCE_URL: string;

  /** The tokens that may be sent, with limits, as JSON. See docs/tokens.md. If empty, token transfers are off. */
  TOKENS?: string;
  /** The chains with their RPC endpoint URLs, as JSON. A secret, because such URLs often contain keys. */
  TOKEN_CHAINS?: string;
  /** The private key of the wallet that sends tokens. */
  TOKEN_WALLET_KEY?: string;

  /** Signs members' tokens and the links in their emails. */
  JWT_SECRET?: string;
  /** The previous secret, which still verifies what it signed. Set while rotating the secret. */
  JWT_SECRET_PREVIOUS?: string;
  /** Signs referral codes, forms, and participants' tokens and confirmations, and keys the hashes of IP addresses. */
  CODE_SECRET?: string;
  CODE_SECRET_PREVIOUS?: string;
  /**
   * Encrypts data that must be readable later: webhook secrets, Turnstile keys, contest seeds, stored responses. Signs
   * unsubscribe links and keys their hashes.
   */
  SEAL_SECRET?: string;
  /** Signs the operator's sessions. If unset, the operator's endpoints always reply with 401. */
  OPERATOR_TOKEN?: string;
  /** Signs alerts to OPERATOR_WEBHOOK_URL, like a webhook secret. */
  OPERATOR_WEBHOOK_SECRET?: string;
  /** For `MAIL_PROVIDER = "resend"`. */
  RESEND_API_KEY?: string;
  /** Verifies Resend's bounce and complaint events. If unset, the endpoint replies with 404. */
  RESEND_WEBHOOK_SECRET?: string;
  /** For `MAIL_PROVIDER = "smtp"`: `smtps://user:password@host`. */
  SMTP_URL?: string;
};

/**
 * Whether this is a local installation, whose emails never leave the machine. Only then do links in emails start with
 * the origin of the request that caused them.
 */
export const isLocal = ({ DEV_MAIL }: Env) => DEV_MAIL === "on";

export type Secret = "JWT_SECRET" | "CODE_SECRET" | "SEAL_SECRET" | "OPERATOR_TOKEN";

/** A required secret. There are no default secrets. @throws AppError `misconfigured` with the missing setting's name */
export function secret(env: Env, name: Secret): string {
  const value = env[name];
  if (!value) throw new AppError("misconfigured", `The setting ${name} is missing.`);
  return value;
}

/**
 * The secrets that verify what this secret signs: itself, and the previous one while it is set.
 * @throws AppError `misconfigured` with the missing setting's name
 */
export function secrets(env: Env, name: Secret): string[] {
  const previous = name === "JWT_SECRET" || name === "CODE_SECRET" ? env[`${name}_PREVIOUS`] : undefined;
  return [secret(env, name), ...(previous ? [previous] : [])];
}
