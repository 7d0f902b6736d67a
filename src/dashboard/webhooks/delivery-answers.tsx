import { Card, Source, Time } from "../ui/parts";
import type { DeliveryDetail } from "./delivery-detail";

type Attempt = DeliveryDetail["attempts"][number];
type Answer = NonNullable<Attempt["answer"]>;

/** What the endpoint answered to each attempt, the last one open. */
export const Answers = ({ delivery: { attempts } }: { delivery: DeliveryDetail }) => {
  if (attempts.length === 0) return null;
  const answered = attempts.toReversed().flatMap(({ answer, ...attempt }) => (answer ? [{ ...attempt, answer }] : []));
  return (
    <Card title="What it answered">
      {answered.length === 0 ? (
        <p class="quiet">
          Nothing that is kept. What an endpoint says is kept of attempts that failed and of tests, for as long as the
          delivery, and not of people who were erased.
        </p>
      ) : (
        answered.map(({ at, status_code, answer }, n) => (
          <details class="answer" open={n === 0}>
            <summary>
              <strong>{status_code}</strong> <Time at={at} />
            </summary>
            <Said answer={answer} />
          </details>
        ))
      )}
    </Card>
  );
};

const Said = ({ answer: { content_type, location, body, is_cut } }: { answer: Answer }) => (
  <>
    <Source label="Answer's headers">
      {[`content-type: ${content_type ?? "(none)"}`, ...(location ? [`location: ${location}`] : [])].join("\n")}
    </Source>
    {body ? (
      <Source label="Answer's body">{body}</Source>
    ) : (
      <p class="quiet">{body === null ? "The body is no text in UTF-8, so it is not shown." : "No body came."}</p>
    )}
    {is_cut && body !== "" && <p class="hint">The beginning of the body: it went on, or broke off.</p>}
  </>
);
