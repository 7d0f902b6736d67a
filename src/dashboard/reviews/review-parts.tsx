import { inMajorUnits } from "../../lib/currency";
import { NOTE_MAX, type Review } from "../../participants/reviews/review-schema";
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

/** What depends on a decision: "3 rewards held, worth $15.00". */
export function heldWords({ held_rewards, held_amount, currency }: Held) {
  const worth = held_amount > 0 ? `, worth ${moneyIn("en", inMajorUnits(held_amount, currency), currency)}` : "";
  return `${count(held_rewards)} ${held_rewards === 1 ? "reward" : "rewards"} held${worth}`;
}

type Scope = "this" | "all_of_referrer";
type OfReview = { review: Pick<Review, "id">; scope?: Scope; query: Filter };

/** What a decision's form sends: its subject, and the list it was made in. */
const Sent = ({ scope = "this", query: { state, campaign_id, referrer_id } }: Omit<OfReview, "review">) => (
  <>
    {Object.entries({ scope, state, campaign_id, referrer_id }).map(
      ([name, value]) => value !== undefined && <input type="hidden" name={name} value={String(value)} />,
    )}
  </>
);

/** Approves or denies, with a note for the team. `of` is added to the buttons' labels. */
export const Verdicts = ({ review, scope = "this", query, of = "" }: OfReview & { of?: string }) => (
  <form method="post" action={`${REVIEWS}/${review.id}`} class="verdicts">
    {/* Enter in the note presses the first button, which must not decide anything. */}
    <button type="submit" disabled hidden />
    <Sent scope={scope} query={query} />
    <div class="actions">
      <button type="submit" class="button" name="verdict" value="approve" data-review-key={scope === "this" && "a"}>
        Approve{of}
      </button>
      <button type="submit" class="button danger" name="verdict" value="deny" data-review-key={scope === "this" && "d"}>
        Deny{of}
      </button>
    </div>
    <details class="review-note">
      <summary>Add a note</summary>
      <input
        name="note"
        aria-label="Note"
        placeholder="The reason, for your team"
        maxlength={NOTE_MAX}
        autocomplete="off"
        data-review-note={scope === "this"}
      />
    </details>
  </form>
);

/** Undoes a decision. `keyed`: this was the last decision, which a keyboard shortcut undoes. */
export const Undo = ({ review, scope, query, label, keyed }: OfReview & { label: string; keyed?: "u" }) => (
  <form method="post" action={`${REVIEWS}/${review.id}`}>
    <input type="hidden" name="verdict" value="reopen" />
    <Sent scope={scope} query={query} />
    <button type="submit" class="button" data-review-key={keyed}>
      {label}
    </button>
  </form>
);
