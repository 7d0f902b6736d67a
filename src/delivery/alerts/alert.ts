import type { JobCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { emailAlert } from "./alert-email";
import { alertFacts } from "./alert-facts";
import { alertKinds, alertNames } from "./alert-kinds";
import { newsOf } from "./alert-news";
import * as store from "./alert-store";
import { postAlert } from "./alert-webhook";

export type { Alert } from "./alert-store";
/** The query for the operator's page. */
export const { newest: newestAlerts } = store;

const MINUTE_MS = 60_000;
/** An alert is resolved after its check has been clear for this long, so an intermittent problem stays one alert. */
const RESOLVED_AFTER_MS = 15 * MINUTE_MS;
/** How often the operator is reminded of an open alert. */
const AGAIN_AFTER_MS = DAY_MS;
/** Longer than a notification can take. If nobody could be notified, the next try comes after this time. */
const CLAIM_MS = 5 * MINUTE_MS;
const KEPT_MS = 400 * DAY_MS;

/**
 * Runs all checks and notifies the operator by email and webhook: when an alert is raised, once a day while it is open,
 * and when it is resolved. These emails go straight to the provider, bypassing the outbox, its holds, and all policies
 * for members' emails.
 */
export async function tellAlerts(ctx: JobCtx): Promise<void> {
  const { db, env } = ctx;
  const facts = await alertFacts(ctx);
  const { now } = facts;
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const found = alertNames.flatMap((name) => {
    const detail = alertKinds[name].check(facts);
    return detail === null ? [] : [{ name, detail }];
  });
  const channels = [env.OPERATOR_EMAIL, env.OPERATOR_WEBHOOK_URL].filter(Boolean);
  const [, , , claimed] = await db.batch([
    store.raise(db, found, now),
    store.resolve(db, ago(RESOLVED_AFTER_MS), now),
    store.dropResolved(db, ago(KEPT_MS)),
    store.claim(db, now, ago(AGAIN_AFTER_MS), new Date(now.getTime() + CLAIM_MS), channels.length > 0),
  ]);
  for (const alert of claimed) {
    const news = newsOf(env, alert);
    const told = await Promise.all([emailAlert(env, news), postAlert(env, news, now)]);
    if (told.includes(true)) await db.batch([store.noteTold(db, alert, now)]);
  }
}
