/**
 * What a wallet is asked to send. `key` names the reward for good: ids may be used again once a campaign was deleted. `try` counts its
 * attempts: each failed for good before the next.
 */
export type Order = { key: string; reward: number; try: number; token: string; to: string; units: string };

/**
 * `queued`: without a nonce. `signed`: its bytes are written, and may have been sent. `sent`: an endpoint has them. `confirmed` and
 * `failed` are final, and so is `cancelled`, which never had a nonce.
 */
export type OrderState = "queued" | "signed" | "sent" | "confirmed" | "failed" | "cancelled";

/** `news`: what the database does not know yet. Times are in milliseconds. */
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

/** The bytes under a nonce: one transaction, or several that replace each other, of which one can get into a block. */
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
