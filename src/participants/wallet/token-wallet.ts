import { DurableObject } from "cloudflare:workers";
import pLimit from "p-limit";
import { openDb } from "../../lib/db";
import type { Env } from "../../lib/env";
import { describeError, log } from "../../lib/log";
import { heldBy } from "../../outbox/hold";
import { hint } from "../../outbox/queue";
import { transferOutbox } from "../../outbox/transfers/transfer-outbox";
import { wake } from "../../outbox/transfers/transfer-wake-store";
import { Chain, reads } from "./chain";
import { RpcFailure } from "./rpc";
import { type ChainSettings, type TokenSettings, tokensOf } from "./token-settings";
import { WalletBook } from "./wallet-book";
import type { Order, OrderStatus } from "./wallet-order";

const TOLD_AT_ONCE = 500;
/** How often an idle wallet checks the chain while it waits for someone. */
const IDLE_MS = 60_000;

export type WalletView = {
  coins: string | null;
  tokens: { address: string; symbol: string; decimals: number; units: string | null }[];
  orders: ReturnType<WalletBook["counts"]>;
};

/**
 * A wallet on one chain, and the only source of its nonces. Everything it signs is stored before it is sent, so after
 * an interruption at any point it can send the same bytes again. Its alarm continues until nothing is open.
 */
export class TokenWallet extends DurableObject<Env> {
  readonly #book = new WalletBook(this.ctx.storage);
  readonly #oneAtATime = pLimit(1);

  /** Accepts orders, each once. @returns their current results */
  async take(orders: Order[]): Promise<OrderStatus[]> {
    const isNew = this.#book.take(orders);
    if (isNew) await this.#wakeUp(Date.now());
    return this.statuses(orders.map(({ key }) => key));
  }

  async statuses(keys: string[]): Promise<OrderStatus[]> {
    if (this.#book.hasOpen() && (await this.ctx.storage.getAlarm()) === null) await this.#wakeUp(Date.now());
    return this.#book.statuses(keys);
  }

  /** @returns whether the order is canceled. With a nonce, it can no longer be */
  cancel(key: string): boolean {
    return this.#book.cancel(key);
  }

  /** Continues immediately, after a pause. */
  async goOn(): Promise<void> {
    if (this.#book.hasOpen()) await this.#wakeUp(Date.now());
  }

  /** The wallet's state, as far as its chain answers. */
  async view(): Promise<WalletView> {
    const { chain, address, tokens } = await this.#place();
    const orders = this.#book.counts();
    if (!chain) return { coins: null, tokens: [], orders };
    const { tokenBalance } = await import("./probe");
    const asked = (work: Promise<bigint>) => work.then(String, () => null);
    const [coins, ...units] = await Promise.all([
      asked(chain.either(reads.balance(address))),
      ...tokens.map((token) => asked(tokenBalance(chain, token.address, address))),
    ]);
    const shown = tokens.map(({ address, symbol, decimals }, n) => ({
      address,
      symbol,
      decimals,
      units: units[n] ?? null,
    }));
    return { coins: coins ?? null, tokens: shown, orders };
  }

  override async alarm(): Promise<void> {
    await this.#oneAtATime(async () => {
      const delay = await this.#turn().catch((error) => {
        // We do not log a node's message: it may repeat the request.
        log("error", "token wallet failed", {
          wallet: this.ctx.id.name,
          ...describeError(error instanceof RpcFailure ? error.kind : error),
        });
        return IDLE_MS;
      });
      await this.#tell().catch((error) => log("error", "token wallet not told", describeError(error)));
      if (this.#book.hasOpen()) await this.#wakeUp(Date.now() + delay);
    });
  }

  /** Checks the chain once and acts on the result. @returns when to check again */
  async #turn(): Promise<number> {
    const { chain, address, signer } = await this.#place();
    if (!chain) return IDLE_MS;
    const [{ watch }, { resend, sendQueued }] = await Promise.all([import("./wallet-watch"), import("./wallet-send")]);
    const poll = chain.settings.poll_seconds * 1000;
    const place = { chain, book: this.#book, now: () => new Date() };
    const seen = await watch(chain, this.#book, address);
    if (await this.#isHeld()) {
      this.#book.noteWaiting("paused");
      return Math.min(poll, IDLE_MS);
    }
    if (!seen) {
      this.#book.noteWaiting("rpc");
      return poll;
    }
    await resend(place, signer, seen.waiting, seen.mined);
    if (!signer) return IDLE_MS;
    return (await sendQueued(place, signer)) ? 0 : poll;
  }

  /** Fail closed: if the database is unreachable, nothing is sent. */
  async #isHeld(): Promise<boolean> {
    const db = openDb(this.env.DB, "first-primary");
    const [holds] = await db.batch([heldBy(db, new Date())]);
    return holds.some(({ outbox }) => outbox === transferOutbox.name);
  }

  /** Tells the database's rows about news. Like every message this is only a hint, because the sweep finds them. */
  async #tell(): Promise<void> {
    for (;;) {
      const rewards = this.#book.takeNews(TOLD_AT_ONCE);
      if (rewards.length === 0) return;
      try {
        const db = openDb(this.env.DB, "first-primary");
        await db.batch([wake(db, rewards, new Date())]);
        await hint(this.env, transferOutbox, rewards);
      } catch (error) {
        this.#book.putNewsBack(rewards);
        throw error;
      }
    }
  }

  /**
   * `signer` is null if the key now belongs to another wallet: transactions in flight are followed to their end, and
   * nothing new is signed.
   */
  async #place() {
    const [chainId = "", address = ""] = (this.ctx.id.name ?? "").split(":");
    const settings = tokensOf(this.env);
    const none = { chain: null, address, tokens: [] as TokenSettings[], signer: null };
    if (settings.state !== "on") return none;
    const found: ChainSettings | undefined = settings.chains.find(({ id }) => id === Number(chainId));
    if (!found) return none;
    const tokens = settings.tokens.filter(({ chain_id }) => chain_id === found.id);
    const { addressOfKey } = await import("./signing");
    const isOurs = addressOfKey(settings.key).toLowerCase() === address.toLowerCase();
    return { chain: new Chain(found), address, tokens, signer: isOurs ? { key: settings.key, address, tokens } : null };
  }

  async #wakeUp(at: number): Promise<void> {
    const known = await this.ctx.storage.getAlarm();
    if (known === null || known > at) await this.ctx.storage.setAlarm(at);
  }
}
