import { inMajorUnits } from "../../lib/currency";
import type { Review } from "../../participants/reviews/review-schema";
import { moneyIn } from "../../texts/text";
import { Badge, Card, count, Empty, Head, Pager, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import type { Group, Queue } from "./review-queue";
import { SharedTraits } from "./shared-traits";

export const REVIEWS = "/reviews";

const STATES = [
  ["open", "Open"],
  ["approved", "Approved"],
  ["denied", "Denied"],
] as const;

type Filter = { state?: string | undefined; campaign_id?: number | undefined; referrer_id?: number | undefined };

/** The page with its filter. */
export function reviewsPath({ state, campaign_id, referrer_id }: Filter) {
  const set = Object.entries({ state, campaign_id, referrer_id }).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? REVIEWS : `${REVIEWS}?${search}`;
}

type Props = { queue: Queue; mayChange: boolean; now: Date };

export const ReviewQueueView = ({ queue, mayChange, now }: Props) => {
  const { query, groups, total } = queue;
  return (
    <>
      <Head
        title="Reviews"
        about="Referrals and sales that look like fraud. While a review is open, the referrer's and the friend's rewards are held."
      />
      <nav class="tabs" aria-label="State">
        {STATES.map(([state, label]) => (
          <a href={reviewsPath({ ...query, state })} aria-current={query.state === state ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {groups.length === 0 ? (
        <Empty title={query.state === "open" ? "Nothing to review" : "No reviews"}>
          <p>What looks like fraud appears here, with the reasons.</p>
        </Empty>
      ) : (
        <>
          {mayChange && query.state === "open" && (
            <p class="quiet">
              With a keyboard: <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>a</kbd> approves, <kbd>d</kbd> denies. You can
              undo a decision for five minutes.
            </p>
          )}
          <div data-reviews>
            {groups.map((group) => (
              <OfReferrer group={group} mayChange={mayChange} now={now} query={query} />
            ))}
          </div>
        </>
      )}
      <Pager page={{ page: query.page, limit: queue.limit }} total={total} path={reviewsPath(query)} />
    </>
  );
};

const amountOf = ({ held_amount, currency }: Review) => moneyIn("en", inMajorUnits(held_amount, currency), currency);

type OfReferrerProps = { group: Group; mayChange: boolean; now: Date; query: Filter };

const OfReferrer = ({ group, mayChange, now, query }: OfReferrerProps) => {
  const [first] = group.reviews;
  if (!first) return null;
  const isMany = group.reviews.length > 1;
  return (
    <Card title={`${group.referrer.name ?? group.referrer.email ?? `Participant ${group.referrer_id}`}`}>
      <div class="quiet">
        Referrer <Person id={group.referrer_id} name={group.referrer.name} email={group.referrer.email} />
      </div>
      <p class="quiet">
        {count(group.reviews.length)} {isMany ? "reviews" : "review"} on this page
      </p>
      <SharedTraits group={group} />
      {mayChange && isMany && first.state === "open" && (
        <div class="actions">
          <Decide
            review={first}
            verdict="approve"
            label="Approve all of this referrer"
            scope="all_of_referrer"
            query={query}
          />
          <Decide
            review={first}
            verdict="deny"
            label="Deny all of this referrer"
            scope="all_of_referrer"
            query={query}
          />
        </div>
      )}
      <ul class="plain-list">
        {group.reviews.map((review) => (
          <li data-review tabindex={-1}>
            <OneReview review={review} mayChange={mayChange} now={now} query={query} />
          </li>
        ))}
      </ul>
    </Card>
  );
};

const OneReview = ({
  review,
  mayChange,
  now,
  query,
}: {
  review: Review;
  mayChange: boolean;
  now: Date;
  query: Filter;
}) => {
  const mayUndo = review.undo_until !== null && new Date(review.undo_until) > now;
  return (
    <>
      <div>
        {review.about === "sales" ? (
          <strong>Sales by their link and code</strong>
        ) : (
          <Person id={review.participant_id} name={review.participant.name} email={review.participant.email} />
        )}{" "}
        <Badge tone={review.score >= 0.8 ? "bad" : "warn"}>Score {Math.round(review.score * 100)}</Badge>{" "}
        <Time at={new Date(review.date_opened)} />
        {!review.is_holding && review.state === "open" && <Badge>Only watched</Badge>}
        {review.decided_by && (
          <>
            {" "}
            · {review.state === "approved" ? "Approved" : "Denied"} by {review.decided_by}
          </>
        )}
      </div>
      {review.held_rewards > 0 && (
        <p class="quiet">
          {count(review.held_rewards)} {review.held_rewards === 1 ? "reward" : "rewards"} of both held
          {review.held_amount > 0 && `, worth ${amountOf(review)}`}
        </p>
      )}
      <ul>
        {review.reasons.map((reason) => (
          <li>
            {reason.message} <span class="quiet">{Math.round(reason.weight * 100)}</span>
          </li>
        ))}
      </ul>
      {review.note && <p class="quiet">{review.note}</p>}
      {mayChange && (review.state === "open" || mayUndo) && (
        <div class="actions">
          {review.state === "open" ? (
            <>
              <Decide review={review} verdict="approve" label="Approve" query={query} />
              <Decide review={review} verdict="deny" label="Deny" query={query} />
            </>
          ) : (
            <Decide review={review} verdict="reopen" label="Undo" query={query} />
          )}
        </div>
      )}
    </>
  );
};

type DecideProps = {
  review: Review;
  verdict: "approve" | "deny" | "reopen";
  label: string;
  scope?: "this" | "all_of_referrer";
  query: Filter;
};

const Decide = ({ review, verdict, label, scope = "this", query }: DecideProps) => (
  <form method="post" action={`${REVIEWS}/${review.id}`}>
    <input type="hidden" name="verdict" value={verdict} />
    <input type="hidden" name="scope" value={scope} />
    <input type="hidden" name="state" value={query.state ?? ""} />
    <button
      type="submit"
      class={verdict === "deny" ? "button danger" : "button"}
      {...(scope === "this" && { "data-verdict": verdict })}
    >
      {label}
    </button>
  </form>
);
