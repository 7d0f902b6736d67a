import type { PageContext } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { campaignOptions } from "../../campaigns/campaign-choice";
import { TEST_MODE } from "../ui/band";
import { Input, Problems, Select } from "../ui/field";
import { blank, type Form } from "../ui/form";
import { Walk } from "../ui/pager";
import { Badge, Card, count, Empty, Table, Time } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import { eventsInWords, eventTypeOptions } from "../webhooks/webhook-words";
import type { EventFilter, EventList, ListedEvent } from "./event-list";

export const EVENTS = "/events";

type Props = { list: EventList; filter: EventFilter };

/** The list's URL with its filter. */
function addressOf(filter: EventFilter) {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? EVENTS : `${EVENTS}?${search}`;
}

export const EventListView = ({ c, list, filter, gone }: Props & { c: PageContext; gone: string[] }) => (
  <>
    <ViewBar c={c} list="events" path={EVENTS} views={list.views} gone={gone} />
    <Filters list={list} filter={filter} />
    {!isInTestMode(c.var.session) && <ToTestMode />}
    {list.events.length === 0 ? <Nothing list={list} filter={filter} /> : <Events list={list} />}
    <Walk
      isFirst={filter.before === undefined}
      first={addressOf({ ...filter, before: undefined })}
      next={list.next === null ? null : addressOf({ ...filter, before: list.next })}
      stopped={list.isCut ? "Only a part was searched for this page." : null}
    />
  </>
);

const Filters = ({ list, filter }: Props) => {
  const form = blank({ ...filter });
  return (
    <form method="get" action={EVENTS} class="filters">
      <Select form={form} name="type" label="Event" options={[["", "All"], ...eventTypeOptions]} />
      <Select
        form={form}
        name="campaign_id"
        label="Campaign"
        options={campaignOptions(list.campaigns, "All campaigns")}
      />
      {filter.view !== undefined && <input type="hidden" name="view" value={filter.view} />}
      <button type="submit" class="button">
        Apply
      </button>
      {addressOf({ ...filter, before: undefined }) !== EVENTS && <a href={EVENTS}>Show all</a>}
    </form>
  );
};

const ToTestMode = () => (
  <form method="post" action={`${TEST_MODE}/on?next=${EVENTS}`} class="event-mode">
    <p class="quiet">These are live events. Test mode has a log of its own.</p>
    <button type="submit" class="button">
      View test events
    </button>
  </form>
);

const Nothing = ({ list, filter }: Props) =>
  Object.values(filter).some((value) => value !== undefined) ? (
    <Empty title={list.isCut ? "No matches so far" : "No matches"}>
      <p>{list.isCut ? "None of the events searched. There are more." : "No event of the last 30 days matches."}</p>
    </Empty>
  ) : (
    <Empty title="No events yet" icon="activity">
      <p>
        Signups, rewards, and conversions appear here as they happen. <a href="/docs/events">See every event type</a>
      </p>
    </Empty>
  );

const Events = ({ list }: { list: EventList }) => (
  <Table label="Events" columns={["Event", "Participant", "Campaign", "Deliveries", "When"]}>
    {list.events.map((event) => (
      <tr>
        <td>
          <a href={`${EVENTS}/${event.id}`}>{event.type}</a>
          <div class="quiet">{eventsInWords[event.type]}</div>
        </td>
        <td>
          <Participant of={event} />
        </td>
        <td>
          <Campaign of={event} />
        </td>
        <td>
          <Deliveries of={event} />
        </td>
        <td>
          <Time at={event.created} />
        </td>
      </tr>
    ))}
  </Table>
);

/** Not every event's body has a name and an email address. */
const Participant = ({ of: { participant } }: { of: Pick<ListedEvent, "participant"> }) =>
  participant === null ? (
    <span class="quiet">–</span>
  ) : (
    <a href={`/participants/${participant.id}`}>
      {participant.name || participant.email || `Participant ${participant.id}`}
    </a>
  );

const Campaign = ({ of: { campaign_id, campaign_name } }: { of: ListedEvent }) =>
  campaign_id === null ? (
    <span class="quiet">–</span>
  ) : (
    <a href={`/campaigns/${campaign_id}`}>{campaign_name ?? `Campaign ${campaign_id}`}</a>
  );

const Deliveries = ({ of: { deliveries } }: { of: ListedEvent }) =>
  deliveries === null ? (
    <span class="quiet">None</span>
  ) : (
    <span class="badges">
      {deliveries.failed > 0 && <Badge tone="bad">{count(deliveries.failed)} failed</Badge>}
      {deliveries.pending > 0 && <Badge tone="warn">{count(deliveries.pending)} pending</Badge>}
      {deliveries.delivered > 0 && <Badge tone="good">{count(deliveries.delivered)} delivered</Badge>}
    </span>
  );

type ReplayProps = { list: EventList; form: Form<unknown> };

/** Sends the events of a time to one of the account's webhooks. */
export const ReplayCard = ({ list: { webhooks }, form }: ReplayProps) => (
  <Card title="Replay events to a webhook">
    {webhooks.length === 0 ? (
      <p>
        You have no active webhook to send them to. <a href="/webhooks/new">Add a webhook</a>
      </p>
    ) : (
      <form method="post" action={`${EVENTS}/replay`}>
        <Problems form={form} />
        <p class="quiet">
          Sends every event of that time that the webhook subscribes to, whether it was delivered, failed, or is older
          than the webhook. Each keeps its <code>webhook-id</code>, so your endpoint can tell repeats.
        </p>
        <Select
          form={form}
          name="webhook_id"
          label="Webhook"
          options={webhooks.map(({ id, link }) => [id, link] as const)}
        />
        <div class="row">
          <Input form={form} name="from" label="From" type="datetime-local" hint="At most 30 days ago." required />
          <Input form={form} name="to" label="Until" type="datetime-local" hint="Leave empty for now." />
        </div>
        <button type="submit" class="button">
          Replay
        </button>
      </form>
    )}
  </Card>
);
