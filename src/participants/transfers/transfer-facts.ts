import type { TransferState } from "../../../drizzle/schema";
import { unitsOf } from "../wallet/amount";
import type { TokenSettings, Tokens } from "../wallet/token-settings";

/** What a transfer depends on until the wallet has it. */
export type TransferFacts = {
  state: TransferState;
  chain_id: number | null;
  token: string | null;
  amount: string | null;
  date_approved: number | null;
  reward_status: string | null;
  wallet_address: string | null;
  participant_status: string | null;
  is_suspended: number | null;
  is_test: number | null;
  in_vnoc: number | null;
};

/** `wait`: it may continue by itself. `park`: it waits for someone to act, and the action wakes it. */
export type Verdict =
  | { go: { token: TokenSettings; units: bigint; to: string } }
  | { wait: string }
  | { park: string }
  | { cancel: string };

/** The reason why tokens must not be sent, even after an approval. */
export function stopOf({
  is_suspended,
  participant_status,
}: Pick<TransferFacts, "is_suspended" | "participant_status">) {
  if (is_suspended) return "account_suspended";
  return participant_status === "active" ? null : "participant_not_active";
}

/** Whether a transfer may go to the wallet, or the reason why not. */
export function verdictOn(row: TransferFacts, tokens: Tokens, wallet: string | null): Verdict {
  if (row.reward_status !== "pending") return { cancel: row.reward_status ?? "gone" };
  if (tokens.state !== "on") return { wait: "not_set_up" };
  if (row.is_test) return { park: "test_mode" };
  const stop = stopOf(row);
  if (stop) return { wait: stop };
  if (!row.in_vnoc) return { wait: "brand_not_linked" };
  const address = row.token?.toLowerCase();
  const token = tokens.tokens.find((one) => one.chain_id === row.chain_id && one.address === address);
  if (!token) return { wait: "token_not_allowed" };
  const units = unitsOf(row.amount, token.decimals);
  if (units === null) return { wait: "bad_amount" };
  if (units > token.max_per_transfer) return { wait: "transfer_cap" };
  const to = row.wallet_address;
  if (to === null) return { park: "address_missing" };
  if ([token.address, wallet?.toLowerCase()].includes(to.toLowerCase())) return { park: "address_refused" };
  if (units > token.approve_above && row.date_approved === null) return { park: "approval" };
  return { go: { token, units, to } };
}
