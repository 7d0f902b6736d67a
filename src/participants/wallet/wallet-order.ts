/**
 * An order for a wallet. `key` identifies the reward permanently, because IDs may be reused after a campaign was
 * deleted. `try` counts its attempts: each must fail for good before the next.
 */
export type Order = { key: string; reward: number; try: number; token: string; to: string; units: string };

/**
 * `queued`: without a nonce. `signed`: its bytes are stored, and may have been sent. `sent`: an endpoint has them.
 * `confirmed`, `failed`, and `cancelled` are final. A `cancelled` order never had a nonce.
 */
export type OrderState = "queued" | "signed" | "sent" | "confirmed" | "failed" | "cancelled";

/** `news`: whether the database must still be updated. Times are in milliseconds. */
export type OrderRow = {
  key: string;
  reward: number;
  try: number;
  token: string;
  recipient: string;
  units: string;
  state: OrderState;
  reason: string | null;
  nonce: number | null;
  hash: string | null;
  block: number | null;
};

/**
 * The bytes for a nonce: one transaction, or several that replace each other, of which only one can get into a block.
 */
export type SignedRow = {
  hash: string;
  nonce: number;
  raw: string;
  gas: string;
  max_fee: string;
  tip: string;
  at: number;
  sent_at: number | null;
};

export type OrderStatus = Pick<OrderRow, "key" | "try" | "token" | "units" | "state" | "reason" | "hash" | "block">;
