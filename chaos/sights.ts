import { PASSING } from "../test/support/d1-errors.ts";
import type { History } from "./history.ts";
import type { Provider } from "./provider.ts";
import { EVENTS_FOR_ALL_MISHAPS, endpoints, type Receiver } from "./receiver.ts";
import type { Reviewing } from "./reviewers.ts";
import type { SalesHistory } from "./sales.ts";
import { type Shop, shopRules } from "./shop.ts";
import type { Shopkeeping } from "./shopkeeper.ts";
import type { Tables } from "./tables.ts";
import { insightInto, type Weather } from "./weather.ts";

/** All actors and their histories. */
export type Cast = {
  history: History;
  receiver: Receiver;
  provider: Provider;
  weather: Weather;
  shop: Shop;
  sold: SalesHistory;
  kept: Shopkeeping;
  reviewing: Reviewing;
};
/** Situations, and whether they occurred. Without activity, every promise holds. */
type Sights = Record<string, boolean>;

const isOk = (outcome: string) => outcome === "ok";
export const missingOf = (sights: Sights) => Object.entries(sights).flatMap(([what, isSeen]) => (isSeen ? [] : [what]));

/** Situations that occur during the run. A long run continues until all of them have. */
export async function seenSoFar({
  history,
  receiver,
  provider,
  weather,
  shop,
  sold,
  kept,
  reviewing,
}: Cast): Promise<Sights> {
  const heard = Object.keys(endpoints).filter((name) => endpoints[name]?.end !== "nowhere");
  // A product that was just killed gives none.
  const insight = await insightInto(shop.origin).catch(() => null);
  const spent = insight?.spent[String(shop.rules[0])];
  return {
    ...seenAtOnce({ history, weather }),
    "a signup in doubt": history.signups.some(({ inDoubt }) => inDoubt),
    "a click": history.clicks.some(isOk),
    "an impression": history.impressions.some(isOk),
    "an empty coupon pool, often enough for every mishap of a receiver":
      Number(insight?.dry_events) >= EVENTS_FOR_ALL_MISHAPS,
    "a sale that was repeated": sold.repeats > 0,
    "a sale in doubt": sold.sales.some(({ outcome }) => outcome === "unknown"),
    "an approval": kept.approved.size > 0,
    "a payout": kept.payouts.some(({ outcome }) => isOk(outcome)),
    "a redemption": kept.redemptions.some(({ outcome }) => isOk(outcome)),
    "a release": kept.releases.some(({ outcome }) => isOk(outcome)),
    "a payout that was undone": kept.payouts.some(({ undone }) => undone === "ok"),
    "an amount that a payout kept": kept.payouts.some(({ netted }) => netted > 0),
    "a spent budget": spent === shopRules[0]?.budget,
    ...Object.fromEntries(
      (["approve", "deny", "reopen"] as const).map((which) => [
        `a verdict to ${which}`,
        reviewing.verdicts.some(({ verdict, outcome }) => verdict === which && isOk(outcome)),
      ]),
    ),
    "a verdict in doubt": reviewing.verdicts.some(({ outcome }) => outcome === "unknown"),
    ...Object.fromEntries(
      [200, 404, 403, 429, 500, 0].map((status) => [
        `an endpoint that answers a question with ${status}`,
        receiver.questions.some(({ says }) => says === status),
      ]),
    ),
    "an email of which nobody knows": provider.mishaps.has("hung up"),
    "an address that the provider refused": provider.mishaps.has("validation_error"),
    ...Object.fromEntries(PASSING.map(({ text }) => [`D1's error ${text}`, weather.happened.has(text)])),
    ...Object.fromEntries(
      heard.map((name) => [`a webhook at ${name}`, receiver.received.some((r) => r.endpoint === name)]),
    ),
  };
}

/** Situations that a short run needs, too. */
export const seenAtOnce = ({ history, weather }: Pick<Cast, "history" | "weather">): Sights => ({
  "a signup": history.signups.some(({ outcome }) => isOk(outcome)),
  "a referral": history.signups.some(({ attributed }) => attributed),
  "an upload during the run": history.uploads.some(
    ({ codes, outcome }) => isOk(outcome) && codes[0]?.startsWith("Code"),
  ),
  "a coupon code in a response": history.signups.some(({ told }) => told.length > 0),
  "a passing error of D1": PASSING.some(({ text }) => weather.happened.has(text)),
  "a full database": history.full > 0,
});

/** Situations that can only be seen after the run. */
const seenAtRest = ({ history, provider, weather }: Cast, { shop }: Tables): Sights => ({
  ...seenAtOnce({ history, weather }),
  "a used-up quota": provider.mishaps.has("daily_quota_exceeded"),
  "a bounce": provider.news.some(({ isHeard }) => isHeard),
  "a sale that earned a reward": shop.rewards.length > 0,
  "a hold that ended": shop.credits.some(({ reason }) => reason === "released"),
});

/** Situations of long runs only. */
const seenOfReviews = ({ reviewed }: Tables): Sights => ({
  "a review that nobody decided in time": reviewed.reviews.some(({ by }) => by === "rule"),
  "a reward that a review held": reviewed.rewards.some(({ in_review }) => in_review !== null),
  "an answer of an endpoint": reviewed.calls.some(({ state }) => state === "given"),
});

/** The situations that did not occur. A short run need not have all. */
export async function neverSeen(cast: Cast, during: Sights, tables: Tables, isShort: boolean): Promise<string[]> {
  const { shop, events } = tables;
  const atRest = seenAtRest(cast, tables);
  if (isShort) return missingOf(atRest);
  const long = {
    "an empty coupon pool": events.some(({ type }) => type === "coupons.exhausted"),
    "a refund that took back a part": shop.credits.some(({ amount }) => (amount ?? 0) < 0),
    "an amount that a payout kept": shop.lines.some(({ netted }) => netted > 0),
    "a spent budget": shop.spent.some(({ spent }) => spent === shopRules[0]?.budget),
    ...Object.fromEntries([...cast.receiver.mishaps].map(([what, times]) => [`a receiver that ${what}`, times > 0])),
  };
  return missingOf({ ...during, ...atRest, ...seenOfReviews(tables), ...long });
}
