import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { type Hold, heldBy, hold, release } from "../../outbox/hold";
import { transferOutbox } from "../../outbox/transfers/transfer-outbox";
import {
  type ChainSettings,
  type TokenSettings,
  type Tokens,
  tokensOf,
} from "../../participants/wallet/token-settings";
import type { WalletView } from "../../participants/wallet/token-wallet";
import { inTime, walletAddress, walletOf } from "../../participants/wallet/wallet-client";

/** The reason for the operator's own hold. */
const PAUSED = "paused";

export type ChainView = { chain: ChainSettings; tokens: TokenSettings[]; view: WalletView | null };
export type TokensView = {
  settings: Pick<Tokens, "state"> & { problem?: string };
  address: string | null;
  chains: ChainView[];
  holds: Hold[];
  isPaused: boolean;
};

/**
 * The setup, the wallets' contents, and whether transfers are paused. Never includes the key or the endpoints' URLs.
 */
export async function tokensView({ db, env, now }: Ctx): Promise<TokensView> {
  const settings = tokensOf(env);
  const [all] = await db.batch([heldBy(db, now())]);
  const holds = all.filter(({ outbox }) => outbox === transferOutbox.name);
  const isPaused = holds.some(({ reason }) => reason === PAUSED);
  const address = await walletAddress(env);
  if (settings.state !== "on" || address === null) return { settings, address, chains: [], holds, isPaused };
  const chains = await Promise.all(
    settings.chains.map(async (chain) => ({
      chain,
      tokens: settings.tokens.filter(({ chain_id }) => chain_id === chain.id),
      view: await inTime(walletOf(env, chain.id, address).view()).catch(() => null),
    })),
  );
  return { settings: { state: "on" }, address, chains, holds, isPaused };
}

/**
 * Stops everything: no new transaction is signed, and no signed transaction is sent again. Transactions in a block stay
 * there.
 */
export async function pauseTransfers({ db, now }: Ctx): Promise<void> {
  await db.batch([hold(db, transferOutbox, now(), { reason: PAUSED, until: null, set_by: "operator" })]);
}

/** @throws 503 if a wallet cannot be reached; it resumes within a minute anyway */
export async function resumeTransfers({ db, env }: Ctx): Promise<void> {
  await db.batch([release(db, transferOutbox, PAUSED)]);
  const settings = tokensOf(env);
  const address = await walletAddress(env);
  if (settings.state !== "on" || address === null) return;
  await Promise.all(settings.chains.map(({ id }) => inTime(walletOf(env, id, address).goOn()))).catch((cause) => {
    throw new AppError(
      "overloaded",
      "Transfers are resumed. One wallet could not be reached and will resume within a minute.",
      {
        cause,
      },
    );
  });
}
