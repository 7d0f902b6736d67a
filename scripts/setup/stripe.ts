import { z } from "zod";

/** The plan of each price: at least one. The Worker reads the same format (`src/accounts/plans/prices.ts`). */
const Prices = z
  .record(z.string().min(1), z.int().min(1))
  .refine((prices) => Object.keys(prices).length > 0, "has no price");

/** Secrets of the operator's own Stripe account. Setup passes them on and never shows them. */
const FORMS = {
  STRIPE_SECRET_KEY: { pattern: /^[rs]k_(live|test)_\w{8,200}$/, like: "rk_live_… or sk_live_…" },
  STRIPE_WEBHOOK_SECRET: { pattern: /^whsec_\w{8,200}$/, like: "whsec_…" },
} as const;
type Name = keyof typeof FORMS;

export const STRIPE_SECRETS = Object.keys(FORMS) as Name[];

/** Asks for a value without echo. */
export type AskHidden = (question: string) => Promise<string>;

/** @throws if it cannot be read */
export function expectPrices(text: string): void {
  let prices: unknown;
  try {
    prices = JSON.parse(text);
  } catch {}
  if (!Prices.safeParse(prices).success)
    throw new Error(`--stripe-prices must be like {"price_1QxGrowth": 2, "price_1QxPioneer": 3}, not ${text}.`);
}

/**
 * The secrets from the environment, or else from the prompt, without empty ones.
 * @throws if one cannot be Stripe's; the message does not contain it
 */
export async function stripeSecrets(
  names: readonly Name[],
  environment: Record<string, string | undefined>,
  ask?: AskHidden,
): Promise<Partial<Record<Name, string>>> {
  const given: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const { pattern, like } = FORMS[name];
    const value = (environment[name] ?? (await ask?.(`${name} (${like}; not shown; empty: later)`)) ?? "").trim();
    if (value === "") continue;
    if (!pattern.test(value)) throw new Error(`${name} must be like ${like}. Nothing was changed.`);
    given[name] = value;
  }
  return given;
}
