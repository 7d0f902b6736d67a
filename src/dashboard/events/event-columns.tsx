import { whenSent } from "../../delivery/webhooks/event-data";
import { CampaignLink } from "../ui/campaign-link";
import { Email } from "../ui/email";
import type { ListColumn } from "../ui/list-columns";
import { Badge, count, Time } from "../ui/parts";
import type { ListedEvent } from "./event-list";

/** Not every event's body has a name and an email address. */
const Participant = ({ of: { participant } }: { of: Pick<ListedEvent, "participant"> }) =>
  participant === null ? (
    <span class="quiet">–</span>
  ) : (
    <a href={`/participants/${participant.id}`}>
      {participant.name || (participant.email ? <Email of={participant.email} /> : `Participant ${participant.id}`)}
    </a>
  );

const Campaign = ({ of: { campaign_id, campaign_name } }: { of: ListedEvent }) =>
  campaign_id === null ? <span class="quiet">–</span> : <CampaignLink id={campaign_id} name={campaign_name} />;

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

/** The event log, on the page and as a file. */
export const eventColumns: ListColumn<ListedEvent>[] = [
  { name: "id", value: ({ id }) => id },
  {
    name: "type",
    value: ({ type }) => type,
    page: {
      at: 1,
      heading: "Event",
      cell: ({ id, type }) => (
        <>
          <a href={`/events/${id}`}>{type}</a>
          <div class="quiet">{whenSent(type)}</div>
        </>
      ),
    },
  },
  {
    name: "participant_id",
    value: ({ participant }) => participant?.id ?? null,
    page: { at: 2, heading: "Participant", cell: (event) => <Participant of={event} /> },
  },
  { name: "participant_email", value: ({ participant }) => participant?.email ?? null },
  {
    name: "campaign_id",
    value: ({ campaign_id }) => campaign_id,
    page: { at: 3, heading: "Campaign", cell: (event) => <Campaign of={event} /> },
  },
  { name: "campaign_name", value: ({ campaign_name }) => campaign_name },
  { name: "brand_name", value: ({ brand_name }) => brand_name },
  {
    name: "delivered",
    value: ({ deliveries }) => deliveries?.delivered ?? 0,
    page: { at: 4, heading: "Deliveries", cell: (event) => <Deliveries of={event} /> },
  },
  { name: "pending", value: ({ deliveries }) => deliveries?.pending ?? 0 },
  { name: "failed", value: ({ deliveries }) => deliveries?.failed ?? 0 },
  {
    name: "created",
    value: ({ created }) => created,
    page: { at: 5, heading: "When", cell: ({ created }) => <Time at={created} /> },
  },
  { name: "data", value: ({ data }) => JSON.stringify(data) },
];
