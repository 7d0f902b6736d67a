import { Card, Source, Time } from "../ui/parts";
import type { DeliveryDetail } from "./delivery-detail";

type Attempt = DeliveryDetail["attempts"][number];
type Answer = NonNullable<Attempt["answer"]>;

/** The endpoint's response to each attempt, newest first. The newest one is expanded. */
export const Answers = ({ delivery: { attempts } }: { delivery: DeliveryDetail }) => {
  if (attempts.length === 0) return null;
  const answered = attempts.toReversed().flatMap(({ answer, ...attempt }) => (answer ? [{ ...attempt, answer }] : []));
  return (
    <Card title="Response">
      {answered.length === 0 ? (
        <p class="quiet">
          No response stored. We store responses to failed attempts and tests while the delivery is kept, but never for
          erased participants.
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
    <Source label="Response headers">
      {[`content-type: ${content_type ?? "(none)"}`, ...(location ? [`location: ${location}`] : [])].join("\n")}
    </Source>
    {body ? (
      <Source label="Response body">{body}</Source>
    ) : (
      <p class="quiet">{body === null ? "The body is not UTF-8 text, so it is not shown." : "Empty body."}</p>
    )}
    {is_cut && body !== "" && <p class="hint">Only the start of the body is shown.</p>}
  </>
);
