import { Response } from "miniflare";
import type { LocalOptions } from "../scripts/local.ts";
import { FULL, PASSING } from "../test/support/d1-errors.ts";
import type { Random } from "./random.ts";
import { REVIEWED_ID } from "./reviewed.ts";
import { SHOP_ID } from "./shop.ts";

/** During a storm, one of this many database calls fails. */
const EVERY = 25;
const INSIGHT = "/chaos/insight";
/** With these, D1 says that nothing was committed. */
const IS_CERTAIN = /locked|cannot resolve|starting up/i;

/**
 * A proxy between the Worker and its database. Before each call it asks for a failure: none (an empty answer),
 * or `there` or `back`, and the error. A call that fails on the way back has taken effect. It also reports internals
 * that the product does not expose.
 */
const BETWEEN = `
import worker, { CampaignLedger as Ledger } from "./worker.js";
export * from "./worker.js";
const known = new WeakMap();
const stormy = (env) => {
  if (!known.has(env)) known.set(env, { ...env, DB: { withSession: (where) => sessionOf(env, env.DB.withSession(where)) } });
  return known.get(env);
};
const sessionOf = ({ WEATHER }, session) => ({
  prepare: (query) => session.prepare(query),
  getBookmark: () => session.getBookmark(),
  batch: async (statements) => {
    const fate = await (await WEATHER.fetch("http://weather/")).text();
    if (fate === "") return session.batch(statements);
    const [way, error] = JSON.parse(fate);
    if (way === "back") await session.batch(statements);
    throw new Error("D1_ERROR: " + error, { cause: new Error(error) });
  },
});
export class CampaignLedger extends Ledger {
  constructor(ctx, env) {
    super(ctx, stormy(env));
  }
}
const insight = ({ DB }) => DB.prepare(\`SELECT
  (SELECT count(*) FROM veto_calls WHERE status = 'pending' AND next_attempt_at <= ?1) AS due_questions,
  (SELECT count(*) FROM reviews WHERE settles_at <= ?1 OR (state = 'open' AND decides_at <= ?1))
    + (SELECT count(*) FROM rewards WHERE campaign_id = ${REVIEWED_ID} AND status = 'pending' AND held_until <= ?1 AND coalesce(needs_approval, 0) = 0) AS due_reviews,
  (SELECT count(*) FROM mails WHERE status = 'sending' OR (status = 'pending' AND next_attempt_at <= ?1)) AS due_emails,
  (SELECT count(*) FROM events WHERE type IN ('coupons.low', 'coupons.exhausted')) AS dry_events,
  (SELECT rule_spent FROM campaign_stats WHERE campaign_id = ${SHOP_ID}) AS spent\`).bind(Date.now()).first();
export default {
  fetch: async (request, env, ctx) => request.url.endsWith("${INSIGHT}")
    ? Response.json(await insight(env))
    : worker.fetch(request, stormy(env), ctx),
  queue: (batch, env, ctx) => worker.queue(batch, stormy(env), ctx),
  scheduled: (event, env, ctx) => worker.scheduled(event, stormy(env), ctx),
};`;

/** D1's failures. */
export class Weather {
  /** The number of times each error occurred. */
  readonly happened = new Map<string, number>();
  isStormy = false;
  isFull = false;

  private readonly random: Random;
  private calls = 0;
  private failures = 0;

  constructor(random: Random) {
    this.random = random;
  }

  readonly between: LocalOptions["between"] = {
    module: BETWEEN,
    services: { WEATHER: () => new Response(this.fate()) },
  };

  private fate(): string {
    if (this.isFull) return this.fails("there", FULL);
    if (!this.isStormy || ++this.calls % EVERY !== 0) return "";
    const { text, isSoon } = PASSING[this.failures++ % PASSING.length] as (typeof PASSING)[number];
    return this.fails(isSoon && !IS_CERTAIN.test(text) && this.random.chance(0.5) ? "back" : "there", text);
  }

  private fails(way: "there" | "back", text: string) {
    this.happened.set(text, (this.happened.get(text) ?? 0) + 1);
    return JSON.stringify([way, text]);
  }
}

/**
 * Due or leased emails, due reviews with their rewards, due veto questions, events about exhausted coupons, and
 * the spending of each of the shop's rules.
 */
type Insight = Record<"due_emails" | "due_reviews" | "due_questions" | "dry_events", number> & {
  spent: Record<string, number>;
};

/** @throws while the product is down */
export async function insightInto(origin: string): Promise<Insight> {
  const response = await fetch(origin + INSIGHT, { signal: AbortSignal.timeout(10_000) });
  const { spent, ...counted } = (await response.json()) as Record<Exclude<keyof Insight, "spent">, number> & {
    spent: string | null;
  };
  return { ...counted, spent: JSON.parse(spent ?? "{}") };
}
