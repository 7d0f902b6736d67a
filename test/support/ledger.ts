import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { CampaignLedger } from "../../src/ledger/ledger";

/** Replaces bindings of a campaign's ledger until the returned function restores them. No production code is involved. */
export async function withBindings(campaignId: number, bindings: Partial<typeof env>) {
  const put = (more: Partial<typeof env>) =>
    runInDurableObject(env.LEDGER.getByName(String(campaignId)), (instance: CampaignLedger) => {
      Object.assign(instance, { env: { ...env, ...more } });
    });
  await put(bindings);
  return () => put({});
}

type Method = keyof CampaignLedger;
/** A test's proxy between a Worker and a ledger. */
export type Around = (ask: () => Promise<unknown>) => Promise<unknown>;

/** The ledgers, with a test's hook around each call. */
export const ledgersWith = (around: Around) =>
  ({
    getByName: (name: string) =>
      new Proxy({} as Record<Method, unknown>, {
        get: (_, method) => (item: unknown) => {
          const stub = env.LEDGER.getByName(name) as unknown as Record<string, (item: unknown) => Promise<unknown>>;
          return around(async () => stub[String(method)]?.(item));
        },
      }),
  }) as unknown as typeof env.LEDGER;
