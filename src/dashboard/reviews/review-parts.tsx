import { inMajorUnits } from "../../lib/currency";
import type { Review, Verdict } from "../../participants/reviews/review-schema";
import { moneyIn } from "../../texts/text";
import { count } from "../ui/parts";

export const REVIEWS = "/reviews";

export type Filter = { state?: string | undefined; campaign_id?: number | undefined; referrer_id?: number | undefined };

/** The page with its filter. */
export function reviewsPath({ state, campaign_id, referrer_id }: Filter) {
  const set = Object.entries({ state, campaign_id, referrer_id }).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? REVIEWS : `${REVIEWS}?${search}`;
}

type Held = Pick<Review, "held_rewards" | "held_amount" | "currency">;

/** What hangs on a decision: "3 rewards held, worth $15.00". */
export function heldWords({ held_rewards, held_amount, currency }: Held) {
  const worth = held_amount > 0 ? `, worth ${moneyIn("en", inMajorUnits(held_amount, currency), currency)}` : "";
  return `${count(held_rewards)} ${held_rewards === 1 ? "reward" : "rewards"} held${worth}`;
}

type DecideProps = {
  review: Pick<Review, "id">;
  verdict: Verdict;
  label: string;
  scope?: "this" | "all_of_referrer";
  query: Filter;
  /** The key that presses the button. */
  keyed?: "a" | "d" | "u";
};

/** A form with one button, which says what becomes of a review. */
export const Decide = ({ review, verdict, label, scope = "this", query, keyed }: DecideProps) => (
  <form method="post" action={`${REVIEWS}/${review.id}`}>
    <input type="hidden" name="verdict" value={verdict} />
    <input type="hidden" name="scope" value={scope} />
    {Object.entries({ state: query.state, campaign_id: query.campaign_id, referrer_id: query.referrer_id }).map(
      ([name, value]) => value !== undefined && <input type="hidden" name={name} value={String(value)} />,
    )}
    <button type="submit" class={verdict === "deny" ? "button danger" : "button"} data-review-key={keyed}>
      {label}
    </button>
  </form>
);
