import type { Ctx, ParticipantCtx } from "../../lib/ctx";
import type { Env } from "../../lib/env";
import { AppError, invalid } from "../../lib/errors";
import { hintTransfers } from "../../outbox/transfers/transfer-outbox";
import { type AddressRefusal, readAddress } from "../wallet/address";
import { tokensOf } from "../wallet/token-settings";
import { walletAddress } from "../wallet/wallet-client";
import * as store from "./wallet-address-store";

type WalletRefusal = AddressRefusal | "is_ours";

const SAID: Record<WalletRefusal, string> = {
  not_address: "must be an Ethereum address: 0x and 40 hexadecimal digits",
  bad_checksum: "has a wrong EIP-55 checksum. Copy it again from the wallet",
  reserved: "must be a wallet address that someone owns",
  is_ours: "must be the participant's own wallet, not a token's contract or the paying wallet",
};

/** An address in EIP-55 form, or why participants cannot receive tokens there. */
async function walletAddressOf(env: Env, text: string): Promise<{ address: string } | { refused: WalletRefusal }> {
  const read = await readAddress(text);
  if ("refused" in read) return read;
  const tokens = tokensOf(env);
  if (tokens.state !== "on") return read;
  const ours = [await walletAddress(env), ...tokens.tokens.map(({ address }) => address)];
  return ours.some((one) => one?.toLowerCase() === read.address.toLowerCase()) ? { refused: "is_ours" } : read;
}

/** @throws 400 */
export async function checkedAddress(env: Env, text: string): Promise<string> {
  const read = await walletAddressOf(env, text);
  if ("refused" in read) throw invalid("wallet_address", SAID[read.refused]);
  return read.address;
}

/**
 * Continues transfers that waited for the participant's address. Transfers that the wallet already has keep their
 * address.
 */
export async function wakeTransfersOf(ctx: Pick<Ctx, "db" | "env" | "now">, participantId: number): Promise<void> {
  const [woken] = await ctx.db.batch([store.wakeOf(ctx.db, participantId, ctx.now())]);
  if (woken.length > 0)
    await hintTransfers(
      ctx.env,
      woken.map(({ id }) => id),
    );
}

/**
 * Sets the participant's own address. Requires a token from an email to them: anyone could have typed their email at
 * signup, and would then receive their tokens.
 * @throws 403 `proof_needed`
 */
export async function setOwnAddress(
  ctx: ParticipantCtx,
  text: string,
): Promise<{ address: string } | { refused: WalletRefusal }> {
  const { participantId, campaignId, isProven } = ctx.actor;
  if (!isProven) throw new AppError("proof_needed");
  const read = await walletAddressOf(ctx.env, text);
  if ("refused" in read) return read;
  await ctx.db.batch([store.setAddress(ctx.db, campaignId, participantId, read.address)]);
  await wakeTransfersOf(ctx, participantId);
  return read;
}

/** The participant's wallet address, for their own page. */
export async function ownWallet(ctx: Pick<Ctx, "db">, participantId: number): Promise<{ address: string | null }> {
  const [[row]] = await ctx.db.batch([store.ownWallet(ctx.db, participantId)]);
  return { address: row?.address ?? null };
}
