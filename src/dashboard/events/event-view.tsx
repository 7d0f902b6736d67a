import { Card, Copy, Empty, Source, Table, Time } from "../ui/parts";
import { RetryDelivery } from "../webhooks/retry-delivery";
import { DeliveryBadge, outcomeInWords } from "../webhooks/webhook-words";
import type { EventDetail } from "./event-list";

type Props = { detail: EventDetail; mayRetry: boolean };

export const EventView = ({ detail, mayRetry }: Props) => (
  <>
    <Payload detail={detail} />
    <section class="stack" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      <Deliveries detail={detail} mayRetry={mayRetry} />
    </section>
  </>
);

const Payload = ({ detail: { event, campaign_id, participant } }: { detail: EventDetail }) => {
  const text = JSON.stringify(event, null, 2);
  return (
    <Card
      title="Payload"
      actions={
        <span class="actions">
          {participant !== null && <a href={`/participants/${participant.id}`}>View participant</a>}
          {campaign_id !== null && <a href={`/campaigns/${campaign_id}`}>View campaign</a>}
          <button type="button" class="button" data-copy={text} hidden aria-label="Copy the payload">
            Copy
          </button>
        </span>
      }
    >
      <Source label="Payload">{text}</Source>
      <p class="hint">
        The body that webhooks and <code>GET /events</code> send, formatted for reading. Data about erased participants
        is left out.
      </p>
      <Copy value={event.id} label="the event's ID" />
    </Card>
  );
};

const Deliveries = ({ detail: { deliveries }, mayRetry }: Props) =>
  deliveries.length === 0 ? (
    <Empty title="Not sent to any webhook" icon="webhook">
      <p>
        No webhook was subscribed to it when it happened. <a href="/events#replay">Replay events to a webhook</a>
      </p>
    </Empty>
  ) : (
    <Table label="Deliveries" columns={["Endpoint URL", "Status", "Last response", "Attempts", "Next attempt", ""]}>
      {deliveries.map(({ id, link, status, attempts, next_attempt_at }) => {
        const last = attempts.at(-1);
        return (
          <tr>
            <td class="link">
              <a href={`/deliveries/${id}`}>{link}</a>
            </td>
            <td>
              <DeliveryBadge status={status} />
            </td>
            <td>{last ? outcomeInWords(last) : <span class="quiet">none yet</span>}</td>
            <td>{attempts.length}</td>
            <td>{next_attempt_at ? <Time at={next_attempt_at} /> : <span class="quiet">–</span>}</td>
            <td>{mayRetry && status === "failed" && <RetryDelivery id={id} />}</td>
          </tr>
        );
      })}
    </Table>
  );
