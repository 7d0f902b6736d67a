import type { Review } from "../../participants/reviews/review-schema";
import { Badge, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import { type Filter, heldWords, Undo, Verdicts } from "./review-parts";

/** From this score, an undecided review is denied (docs/fraud.md). */
const HIGH = 0.8;

type Props = { review: Review; mayChange: boolean; now: Date; query: Filter };

/** A review: its referrer and friend, the reasons, the money at stake, and the available actions. */
export const OneReview = ({ review, mayChange, now, query }: Props) => {
  const isOpen = review.state === "open";
  const mayUndo = review.undo_until !== null && new Date(review.undo_until) > now;
  return (
    <>
      <div class="review-head">
        <div>
          {review.about === "sales" ? (
            <strong>Sales through their link and code</strong>
          ) : (
            <Person id={review.participant_id} name={review.participant.name} email={review.participant.email} />
          )}
        </div>
        <Badge tone={review.score >= HIGH ? "bad" : "warn"}>Score {Math.round(review.score * 100)}</Badge>
        {isOpen && review.proof && (
          <Badge>{review.proof === "given" ? "Email confirmed" : "Asked to confirm email"}</Badge>
        )}
        {!review.is_holding && isOpen && <Badge>Watch only</Badge>}
      </div>
      <ul class="review-reasons">
        {review.reasons.map(({ message, weight }) => (
          <li>
            {message} <span class="quiet">{strengthOf(weight)}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {review.held_rewards > 0 && `${heldWords(review)} · `}
        Opened <Time at={new Date(review.date_opened)} />
        {review.decides_at !== null && (
          <>
            {" "}
            · Your rule decides this on <Time at={new Date(review.decides_at)} />
          </>
        )}
        {review.decided_by &&
          ` · ${review.state === "approved" ? "Approved" : "Denied"} by ${deciderOf(review.decided_by)}`}
      </p>
      {review.note && <p class="review-said">{review.note}</p>}
      {mayChange && isOpen && <Verdicts review={review} query={query} />}
      {mayChange && mayUndo && (
        <div class="actions">
          <Undo review={review} label="Undo" query={query} />
        </div>
      )}
    </>
  );
};

/** How much a reason weighs, in words. */
const strengthOf = (weight: number) => (weight >= 0.5 ? "Strong" : weight >= 0.2 ? "Medium" : "Weak");

const DECIDERS: Record<string, string> = {
  rule: "your rule",
  list: "your lists",
  proof: "a confirmed email address",
  dashboard: "your team",
};
const deciderOf = (by: string) => DECIDERS[by] ?? by;
