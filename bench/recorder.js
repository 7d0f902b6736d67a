// The built Worker behind bindings that record each call to another place: the caller, the target, the beginning and
// the end.
import worker, { CampaignLedger as Ledger } from "./worker.js";

/**
 * Here, the Worker and the ledger share an isolate, and so this list. Only the order counts: clocks stand still in
 * Workers.
 */
let hops = [];
let moment = 0;

/**
 * As on Cloudflare, the database is farther away than the services in the same data center, so a call nobody waits
 * for does not delay the response.
 */
const SLOWER_MS = { cache: 2, asset: 2, limit: 2, replica: 30, primary: 60, ledger: 0 };

/** Records a call once it has ended. */
async function hop(by, to, call) {
  const began = ++moment;
  const list = hops;
  await scheduler.wait(SLOWER_MS[to]);
  const result = await call();
  list.push({ by, to, began, ended: ++moment });
  return result;
}

const session = (inner, by, to) => ({
  prepare: (sql) => inner.prepare(sql),
  batch: (statements) => hop(by, to, () => inner.batch(statements)),
  getBookmark: () => inner.getBookmark(),
});

const ledger = (stub) =>
  new Proxy(stub, {
    get:
      (target, method) =>
      (...args) =>
        hop("worker", "ledger", () => target[method](...args)),
  });

const limiter = (inner) => ({ limit: (who) => hop("worker", "limit", () => inner.limit(who)) });

const assets = (inner, by) => ({ fetch: (url) => hop(by, "asset", () => inner.fetch(url)) });

const watched = (env, by) => ({
  ...env,
  DB: {
    withSession: (from) => session(env.DB.withSession(from), by, from === "first-primary" ? "primary" : "replica"),
  },
  LEDGER: { getByName: (name, options) => ledger(env.LEDGER.getByName(name, options)) },
  ASSETS: assets(env.ASSETS, by),
  KEY_LIMIT: limiter(env.KEY_LIMIT),
  PUBLIC_LIMIT: limiter(env.PUBLIC_LIMIT),
  SIGN_IN_LIMIT: limiter(env.SIGN_IN_LIMIT),
});

const { match } = Object.getPrototypeOf(caches.default);
Object.defineProperty(caches.default, "match", {
  value: (request) => hop("worker", "cache", () => match.call(caches.default, request)),
});

export class CampaignLedger extends Ledger {
  constructor(ctx, env) {
    super(ctx, watched(env, "ledger"));
  }
}

export default {
  ...worker,
  /** Responds with the hops that were made until the response. Later ones do not delay it. */
  async fetch(request, env, ctx) {
    hops = [];
    const response = await worker.fetch(request, watched(env, "worker"), ctx);
    const text = JSON.stringify({ status: response.status, hops });
    await response.arrayBuffer();
    return new Response(text);
  },
};
