import { setTimeout } from "node:timers/promises";
import type { History, Outcome } from "./history.ts";
import { type Answer, ask } from "./http.ts";
import type { Random } from "./random.ts";
import type { Shop } from "./shop.ts";

const TRIES_MAX = 6;

/** The outcome of two requests for the same thing. A failed one changes nothing. */
export const better = (before: Outcome, now: Outcome): Outcome =>
  before === "ok" || now === "ok" ? "ok" : before === "unknown" || now === "unknown" ? "unknown" : "failed";

/** A client of the API: the shop's, or another account's. */
export class ShopClient<Account extends { key: string; origin: string } = Shop> {
  readonly shop: Account;
  readonly random: Random;
  private readonly history: History;
  private readonly retries: boolean;

  constructor(shop: Account, history: History, random: Random, retries: boolean) {
    this.shop = shop;
    this.history = history;
    this.random = random;
    this.retries = retries;
  }

  read = (path: string) => this.send(path);
  remove = (path: string, causes: string[] = []) => this.insist(() => this.send(path, undefined, {}, causes, "DELETE"));
  post = (path: string, body: unknown, causes: string[] = [], headers: Record<string, string> = {}) =>
    this.insist(() => this.send(path, body, headers, causes));

  private send(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    causes: string[] = [],
    method?: string,
  ) {
    const { origin, key } = this.shop;
    return ask(this.history, `${origin}/api/v1${path}`, body, { "X-API-Key": key, ...headers }, causes, method);
  }

  /** Sends the request until its outcome is clear, if the client retries. An earlier try in doubt stays in doubt. */
  private async insist(send: () => Promise<Answer>): Promise<Answer> {
    let isInDoubt = false;
    for (let tries = 1; ; tries++) {
      const answer = await send();
      isInDoubt ||= answer.outcome === "unknown";
      const isClear = answer.outcome !== "unknown" && answer.status !== 0;
      if (isClear || !this.retries || tries === TRIES_MAX)
        return answer.outcome === "failed" && isInDoubt ? { ...answer, outcome: "unknown" } : answer;
      this.history.retries++;
      await setTimeout(this.random.between(100, 200) * tries);
    }
  }
}
