import type { PageContext } from "../../auth/page-session";
import { isInTestMode } from "../../auth/sessions/session";
import { campaignOptions } from "../../campaigns/campaign-choice";
import { TEST_MODE } from "../ui/band";
import { BrandNames } from "../ui/campaign-link";
import { Input, Problems, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank, type Form } from "../ui/form";
import { ListTable } from "../ui/list-columns";
import { Walk } from "../ui/pager";
import { Card, Empty } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import { eventTypeOptions } from "../webhooks/webhook-words";
import { eventColumns } from "./event-columns";
import { EventFilter, type EventList } from "./event-list";

export const EVENTS = "/events";

type Props = { list: EventList; filter: EventFilter };

/** The list's URL with its filter. */
export function addressOf(filter: EventFilter, base = EVENTS) {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? base : `${base}?${search}`;
}

export const EventListView = ({ c, list, filter, gone }: Props & { c: PageContext; gone: string[] }) => (
  <>
    <ViewBar c={c} list="events" schema={EventFilter} path={EVENTS} views={list.views} gone={gone} />
    <Filters list={list} filter={filter} />
    {!isInTestMode(c.var.session) && <ToTestMode />}
    {list.events.length === 0 ? (
      <Nothing list={list} filter={filter} />
    ) : (
      <BrandNames of={list.campaigns}>
        <ListTable label="Events" columns={eventColumns} rows={list.events} />
      </BrandNames>
    )}
    <Walk
      isFirst={filter.before === undefined}
      first={addressOf({ ...filter, before: undefined })}
      next={list.next === null ? null : addressOf({ ...filter, before: list.next })}
      stopped={list.isCut ? "Only some events were searched for this page." : null}
    />
  </>
);

const Filters = ({ list, filter }: Props) => {
  const form = blank({ ...filter });
  return (
    <FilterForm
      action={EVENTS}
      used={[filter.type, filter.campaign_id]}
      more={addressOf({ ...filter, before: undefined }) !== EVENTS && <a href={EVENTS}>Show all</a>}
    >
      <Select form={form} name="type" label="Event" options={[["", "All"], ...eventTypeOptions]} />
      <Select
        form={form}
        name="campaign_id"
        label="Campaign"
        options={campaignOptions(list.campaigns, "All campaigns")}
      />
      {filter.view !== undefined && <input type="hidden" name="view" value={filter.view} />}
    </FilterForm>
  );
};

const ToTestMode = () => (
  <form method="post" action={`${TEST_MODE}/on?next=${EVENTS}`} class="event-mode">
    <p class="quiet">These are live events. Test mode has its own log.</p>
    <button type="submit" class="button">
      View test events
    </button>
  </form>
);

const Nothing = ({ list, filter }: Props) =>
  Object.values(filter).some((value) => value !== undefined) ? (
    <Empty title={list.isCut ? "No matches so far" : "No matches"}>
      <p>
        {list.isCut ? "None of the events searched match. There are more." : "No events in the last 30 days match."}
      </p>
    </Empty>
  ) : (
    <Empty title="No events yet" icon="activity">
      <p>
        Signups, rewards, and conversions appear here as they happen. <a href="/docs/events">See every event type</a>
      </p>
    </Empty>
  );

type ReplayProps = { list: EventList; form: Form<unknown> };

/** Sends past events to one of the account's webhooks. */
export const ReplayCard = ({ list: { webhooks }, form }: ReplayProps) => (
  <Card title="Replay events to a webhook">
    {webhooks.length === 0 ? (
      <p>
        You don't have an active webhook to send them to. <a href="/webhooks/new">Add a webhook</a>
      </p>
    ) : (
      <form method="post" action={`${EVENTS}/replay`}>
        <Problems form={form} />
        <p class="quiet">
          Sends all events from that time that the webhook subscribes to, including delivered and failed ones and those
          older than the webhook. Each keeps its <code>webhook-id</code>, so your endpoint can detect repeats.
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
