import { within } from "../../lib/deadline";
import type { Env } from "../../lib/env";
import { inJurisdiction } from "../../lib/jurisdiction";
import { type Tokens, tokensOf } from "./token-settings";
import type { TokenWallet } from "./token-wallet";

const PATIENCE_MS = 10_000;

/** The wallet with this address on a chain. */
export const walletOf = (env: Env, chainId: number, address: string) =>
  inJurisdiction(env, env.WALLET as DurableObjectNamespace<TokenWallet>).getByName(`${chainId}:${address}`, {
    locationHint: env.D1_REGION as DurableObjectLocationHint,
  });

/** Calls a wallet. @throws if it does not respond in time. The result is then unknown, and the call can be repeated */
export const inTime = <T>(call: Promise<T>): Promise<T> =>
  within(PATIENCE_MS, call, () => new Error("The wallet did not respond in time."));

let known: { key: string; address: string } | undefined;

/** The address of the configured wallet key. Loads the signing code. */
export async function walletAddress(env: Env): Promise<string | null> {
  const settings: Tokens = tokensOf(env);
  if (settings.state !== "on") return null;
  if (known?.key !== settings.key) {
    const { addressOfKey } = await import("./signing");
    known = { key: settings.key, address: addressOfKey(settings.key) };
  }
  return known.address;
}
