import type { Order, OrderRow, OrderState, OrderStatus, SignedRow } from "./wallet-order";
import { OPEN, TABLES } from "./wallet-tables";

const UNMINED = "state IN ('signed', 'sent') AND block IS NULL";
const COLUMNS = "key, reward, try, token, recipient, units, state, reason, nonce, hash, block";

/** A wallet's own record, in its object's storage. It survives the loss or a restore of the database. */
export class WalletBook {
  readonly #sql: SqlStorage;
  constructor(private readonly storage: DurableObjectStorage) {
    this.#sql = storage.sql;
    this.#sql.exec(TABLES);
  }

  #rows<T>(query: string, ...values: unknown[]): T[] {
    return this.#sql.exec(query, ...(values as SqlStorageValue[])).toArray() as T[];
  }

  /** Runs writes atomically. */
  atOnce<T>(work: () => T): T {
    return this.storage.transactionSync(work);
  }

  /**
   * Accepts orders. A known order does not change. Another try is accepted only after every earlier one has failed or
   * was canceled, so a reward never has two transactions that could both get into a block.
   * @returns whether any was new
   */
  take(orders: Order[]): boolean {
    return this.atOnce(() => {
      let isNew = false;
      for (const order of orders) {
        const earlier = this.#rows<OrderRow>(`SELECT ${COLUMNS} FROM orders WHERE key = ?`, order.key);
        if (earlier.some((row) => row.try >= order.try || (row.state !== "failed" && row.state !== "cancelled")))
          continue;
        this.#rows(
          "INSERT INTO orders (key, reward, try, token, recipient, units, state, news) VALUES (?, ?, ?, ?, ?, ?, 'queued', 0)",
          order.key,
          order.reward,
          order.try,
          order.token,
          order.to,
          order.units,
        );
        isNew = true;
      }
      return isNew;
    });
  }

  /** The last try of each of these orders that the wallet knows. */
  statuses(keys: string[]): OrderStatus[] {
    return this.#rows(
      "SELECT key, max(try) AS try, token, units, state, reason, hash, block FROM orders WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key",
      JSON.stringify(keys),
    );
  }

  /** Cancels an order without a nonce. @returns whether it is canceled */
  cancel(key: string): boolean {
    this.#rows("UPDATE orders SET state = 'cancelled', news = 1 WHERE key = ? AND state = 'queued'", key);
    return this.statuses([key])[0]?.state === "cancelled";
  }

  queued(max: number, withoutTokens: string[]): OrderRow[] {
    return this.#rows(
      `SELECT ${COLUMNS} FROM orders WHERE state = 'queued' AND token NOT IN (SELECT value FROM json_each(?)) ORDER BY rowid LIMIT ?`,
      JSON.stringify(withoutTokens),
      max,
    );
  }

  queuedOf(token: string, max: number): OrderRow[] {
    return this.#rows(
      `SELECT ${COLUMNS} FROM orders WHERE state = 'queued' AND token = ? ORDER BY rowid LIMIT ?`,
      token,
      max,
    );
  }

  /** Orders with a nonce that are not final, by nonce. */
  inFlight(max: number): (OrderRow & { nonce: number })[] {
    return this.#rows(`SELECT ${COLUMNS} FROM orders WHERE state IN ('signed', 'sent') ORDER BY nonce LIMIT ?`, max);
  }

  /** The number of orders in flight that are not in a block. */
  unmined(): number {
    return this.#rows<{ n: number }>(`SELECT count(*) AS n FROM orders WHERE ${UNMINED}`)[0]?.n ?? 0;
  }

  /** A token's total in flight that is not in a block. The chain still counts it as ours. */
  unminedUnits(token: string): bigint {
    const rows = this.#rows<{ units: string }>(`SELECT units FROM orders WHERE ${UNMINED} AND token = ?`, token);
    return rows.reduce((sum, { units }) => sum + BigInt(units), 0n);
  }

  counts(): Record<OrderState, number> {
    const found = this.#rows<{ state: OrderState; n: number }>(
      "SELECT state, count(*) AS n FROM orders GROUP BY state",
    );
    const none = { queued: 0, signed: 0, sent: 0, confirmed: 0, failed: 0, cancelled: 0 };
    return { ...none, ...Object.fromEntries(found.map(({ state, n }) => [state, n])) };
  }

  hasOpen(): boolean {
    return this.#rows(`SELECT 1 FROM orders WHERE state IN ${OPEN} LIMIT 1`).length > 0;
  }

  signedUnder(nonce: number): SignedRow[] {
    return this.#rows("SELECT * FROM signed WHERE nonce = ? ORDER BY at, rowid", nonce);
  }

  get nextNonce(): number | undefined {
    return this.storage.kv.get<number>("next_nonce");
  }

  /**
   * Stores an order's nonce, bytes, and hash before anything is sent. Fails if the order was canceled, or the nonce
   * taken, during signing.
   */
  sign({ key, try: tried, token, units }: OrderRow, signed: Omit<SignedRow, "sent_at">, day: string): boolean {
    return this.atOnce(() => {
      const [row] = this.#rows<OrderRow>(`SELECT ${COLUMNS} FROM orders WHERE key = ? AND try = ?`, key, tried);
      if (row?.state !== "queued" || (this.nextNonce ?? signed.nonce) > signed.nonce) return false;
      this.#rows(
        "UPDATE orders SET state = 'signed', reason = NULL, nonce = ?, hash = ?, news = 1 WHERE key = ? AND try = ?",
        signed.nonce,
        signed.hash,
        key,
        tried,
      );
      this.addSigned(signed);
      this.storage.kv.put("next_nonce", signed.nonce + 1);
      this.storage.kv.put(`spent:${token}`, { day, units: (this.spent(token, day) + BigInt(units)).toString() });
      return true;
    });
  }

  /** A token's signed total on a day (UTC). */
  spent(token: string, day: string): bigint {
    const kept = this.storage.kv.get<{ day: string; units: string }>(`spent:${token}`);
    return kept?.day === day ? BigInt(kept.units) : 0n;
  }

  addSigned({ hash, nonce, raw, gas, max_fee, tip, at }: Omit<SignedRow, "sent_at">): void {
    this.#rows(
      "INSERT INTO signed (hash, nonce, raw, gas, max_fee, tip, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      hash,
      nonce,
      raw,
      gas,
      max_fee,
      tip,
      at,
    );
    this.#rows("UPDATE orders SET hash = ?, news = 1 WHERE nonce = ? AND hash IS NOT ?", hash, nonce, hash);
  }

  noteSent(hash: string, nonce: number, at: number): void {
    this.#rows("UPDATE signed SET sent_at = ? WHERE hash = ?", at, hash);
    this.#rows("UPDATE orders SET state = 'sent', news = 1 WHERE nonce = ? AND state = 'signed'", nonce);
  }

  /** Records that an order is in a block. */
  noteBlock(nonce: number, block: number, hash: string): void {
    this.#rows(
      "UPDATE orders SET block = ?, hash = ?, reason = NULL, state = 'sent', news = 1 WHERE nonce = ? AND (block IS NOT ? OR hash IS NOT ?)",
      block,
      hash,
      nonce,
      block,
      hash,
    );
  }

  /**
   * Records that an order is no longer in a block. Its bytes may be lost, so they are sent again before their fees
   * count as too low.
   */
  noteOut(nonce: number, at: number): void {
    const isIn = "nonce IN (SELECT nonce FROM orders WHERE nonce = ? AND block IS NOT NULL)";
    this.#rows(`UPDATE signed SET sent_at = NULL, at = ? WHERE ${isIn}`, at, nonce);
    this.#rows(
      "UPDATE orders SET block = NULL, reason = NULL, state = 'sent', news = 1 WHERE nonce = ? AND block IS NOT NULL",
      nonce,
    );
  }

  noteReason({ key, try: tried }: OrderRow, reason: string | null): void {
    this.#rows(
      "UPDATE orders SET reason = ?, news = 1 WHERE key = ? AND try = ? AND reason IS NOT ?",
      reason,
      key,
      tried,
      reason,
    );
  }

  /** The same for all orders that wait for a nonce. */
  noteWaiting(reason: string | null): void {
    this.#rows("UPDATE orders SET reason = ?, news = 1 WHERE state = 'queued' AND reason IS NOT ?", reason, reason);
  }

  /** Fails an order that has no nonce yet. */
  refuse({ key, try: tried }: OrderRow, reason: string): void {
    this.#rows(
      "UPDATE orders SET state = 'failed', reason = ?, news = 1 WHERE key = ? AND try = ? AND state = 'queued'",
      reason,
      key,
      tried,
    );
  }

  /** Ends a nonce's order for good. Deletes its bytes, which are no longer needed and contain the recipient. */
  settle(nonce: number, state: "confirmed" | "failed", hash: string, reason: string | null): void {
    this.atOnce(() => {
      this.#rows(
        "UPDATE orders SET state = ?, reason = ?, hash = ?, recipient = '', news = 1 WHERE nonce = ?",
        state,
        reason,
        hash,
        nonce,
      );
      this.#rows("DELETE FROM signed WHERE nonce = ?", nonce);
    });
  }

  /** Frees an order whose nonce someone else's transaction used: its own can no longer get into a block. */
  lose(nonce: number): void {
    this.atOnce(() => {
      this.#rows("DELETE FROM signed WHERE nonce = ?", nonce);
      this.#rows(
        "UPDATE orders SET state = 'queued', nonce = NULL, hash = NULL, block = NULL, news = 1 WHERE nonce = ?",
        nonce,
      );
    });
  }

  /** The rewards with news. Marks them as reported. */
  takeNews(max: number): number[] {
    return this.#rows<{ reward: number }>(
      "UPDATE orders SET news = 0 WHERE (key, try) IN (SELECT key, try FROM orders WHERE news = 1 LIMIT ?) RETURNING reward",
      max,
    ).map(({ reward }) => reward);
  }

  putNewsBack(rewards: number[]): void {
    this.#rows("UPDATE orders SET news = 1 WHERE reward IN (SELECT value FROM json_each(?))", JSON.stringify(rewards));
  }
}
