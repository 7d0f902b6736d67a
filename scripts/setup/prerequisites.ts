import type { Installation } from "./installation.ts";

/** Steps that wrangler cannot do or check. `unsold`: missing secrets without which nobody can buy a plan. */
export function leftToDo(label: string, { name, domain, vars, account_id }: Installation, unsold: string[]): string[] {
  const dashboard = `https://dash.cloudflare.com/${account_id}`;
  const mailDomain = vars.MAIL_FROM?.split("@")[1];
  return [
    `Workers Paid must be on: the free plan's 10 ms of CPU are not enough for a sign-in, and it sends no email. ${dashboard}/workers/plans`,
    `R2 must be on, which needs a payment method. ${dashboard}/r2`,
    domain
      ? `${domain} must belong to a zone of this account. The first deploy creates its DNS record and certificate.`
      : "Without --domain it runs on workers.dev, where Cloudflare's Cache API does nothing: every public page then queries the database.",
    mailDomain
      ? `With Cloudflare's Email Service, the DNS of ${mailDomain} must be at Cloudflare, the domain onboarded, and its events subscribed to the queue ${name}-mail-events (docs/operations.md, "Email"). A new account starts with a low daily quota. ${dashboard}/email-service`
      : "Without --mail-from no email is sent.",
    ...(vars.STRIPE_PRICES
      ? [
          `Stripe must have the customer portal, and a webhook to ${vars.PUBLIC_URL || "the Worker's address"}/api/v1/billing/stripe (docs/operations.md, "Sell plans").`,
        ]
      : []),
    ...(unsold.length > 0
      ? [
          `Nobody can buy a plan until the Worker has ${unsold.join(" and ")}. Run this with --apply and enter them, or set them in the environment.`,
        ]
      : []),
    `Keep the secrets in installations/${label}.secrets somewhere safe. Nobody can read them back from Cloudflare, and a backup needs CODE_SECRET and SEAL_SECRET.`,
  ];
}
