import type { Review } from "../../participants/reviews/review-schema";
import { Email } from "../ui/email";
import { Pager } from "../ui/pager";
import { Badge, Card, count, Empty, Head } from "../ui/parts";
import { OneReview } from "./one-review";
import { type Filter, heldWords, REVIEWS, reviewsPath, Undo, Verdicts } from "./review-parts";
import type { Group, Queue } from "./review-queue";
import { ReviewTabs } from "./review-tabs";
import { SharedTraits } from "./shared-traits";

/** The latest decision, which can be undone. */
type Undoable = { review: Pick<Review, "id">; scope: "this" | "all_of_referrer" };

type Props = { queue: Queue; mayChange: boolean; now: Date; undoable: Undoable | null };

export const ReviewQueueView = ({ queue, mayChange, now, undoable }: Props) => {
  const { query, groups, total } = queue;
  const isOpen = query.state === "open";
  return (
    <>
      <Head
        title="Reviews"
        about="Referrals and sales that look like fraud. While a review is open, the referrer's and the friend's rewards are held."
      >
        <a class="button" href="/docs/fraud">
          How fraud is found
        </a>
      </Head>
      <ReviewTabs at={isOpen ? REVIEWS : `${REVIEWS}?state=${query.state}`} />
      {mayChange && undoable && (
        <div class="undo-review">
          <Undo
            review={undoable.review}
            scope={undoable.scope}
            label="Undo the last decision"
            query={query}
            keyed="u"
          />
        </div>
      )}
      {groups.length === 0 ? (
        <Nothing state={query.state} isFiltered={reviewsPath({ ...query, state: undefined }) !== REVIEWS} />
      ) : (
        <>
          <p class="quiet">
            {count(total)} {isOpen ? "open " : ""}
            {total === 1 ? "review" : "reviews"}
            {mayChange && isOpen && (
              <span class="review-keys">
                . Keys: <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>a</kbd> approves, <kbd>d</kbd> denies, <kbd>n</kbd>{" "}
                adds a note, <kbd>u</kbd> undoes the last one.
              </span>
            )}
          </p>
          <div data-reviews class="reviews">
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

const Nothing = ({ state, isFiltered }: { state: string; isFiltered: boolean }) => (
  <Empty title={state === "open" ? "Nothing to review" : `No ${state} reviews`} icon="triangle-alert">
    <p>
      {state === "open"
        ? "Referrals and sales that look like fraud appear here, with the reasons and the value of their rewards."
        : "Your decisions appear here. You can undo each for five minutes."}
    </p>
    {isFiltered && <a href={reviewsPath({ state })}>Show all campaigns</a>}
  </Empty>
);

type OfReferrerProps = { group: Group; mayChange: boolean; now: Date; query: Filter };

const OfReferrer = ({ group, mayChange, now, query }: OfReferrerProps) => {
  const [first] = group.reviews;
  if (!first) return null;
  const { name, email } = group.referrer;
  const isErased = email === null;
  const n = group.reviews.length;
  return (
    <Card>
      <header class="review-group">
        <div>
          <h2>
            {isErased ? (
              `Participant ${group.referrer_id}, erased`
            ) : (
              <a href={`/participants/${group.referrer_id}`}>{name || <Email of={email} />}</a>
            )}
          </h2>
          <p class="quiet">
            Referrer
            {name && email && (
              <>
                {" "}
                · <Email of={email} />
              </>
            )}{" "}
            · {count(n)} {n === 1 ? "review" : "reviews"} on this page
          </p>
        </div>
        {group.held_rewards > 0 && <Badge tone="warn">{heldWords(group)}</Badge>}
      </header>
      {mayChange && n > 1 && first.state === "open" && (
        <Verdicts review={first} scope="all_of_referrer" query={query} of=" all for this referrer" />
      )}
      {mayChange && !isErased && (
        <div class="actions">
          <a class="button" href={`/lists?new=referrer&value=${group.referrer_id}`}>
            Always allow or block
          </a>
        </div>
      )}
      <SharedTraits group={group} />
      <ul class="review-list">
        {group.reviews.map((review) => (
          <li data-review tabindex={-1}>
            <OneReview review={review} mayChange={mayChange} now={now} query={query} />
          </li>
        ))}
      </ul>
    </Card>
  );
};
