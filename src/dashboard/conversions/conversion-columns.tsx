import { outcomeWords } from "../ui/decision-words";
import type { ListColumn } from "../ui/list-columns";
import { shownAmount } from "../ui/money";
import { Badge, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import type { ConversionFilter } from "./conversion-forms";
import type { ListedConversion } from "./conversion-list";

type Column = ListColumn<ListedConversion, NonNullable<ConversionFilter["sort"]>>;

type People = Pick<
  ListedConversion,
  "participant_id" | "referrer_id" | "buyer_name" | "buyer_email" | "referrer_name" | "referrer_email"
>;

export const Buyer = ({ of }: { of: People }) =>
  of.participant_id === null ? (
    <span class="quiet">Unknown</span>
  ) : (
    <Person id={of.participant_id} name={of.buyer_name} email={of.buyer_email} />
  );

export const Referrer = ({ of }: { of: People }) =>
  of.referrer_id === null ? (
    <span class="quiet">None</span>
  ) : (
    <Person id={of.referrer_id} name={of.referrer_name} email={of.referrer_email} />
  );

const Refunded = ({ of: { amount, currency, refunded } }: { of: ListedConversion }) =>
  refunded === null || refunded === 0 ? null : (
    <div class="quiet">{refunded >= amount ? "refunded" : `${shownAmount(refunded, currency)} refunded`}</div>
  );

/** The list of a campaign's conversions, on the page and as a file. Amounts in the file are in minor units. */
export const conversionColumns: Column[] = [
  { name: "id", value: ({ id }) => id },
  {
    name: "conversion_id",
    value: ({ external_id }) => external_id,
    page: {
      at: 1,
      heading: "Conversion",
      cell: ({ campaign_id, id, external_id, event_name }) => (
        <>
          <a class="person" href={`/campaigns/${campaign_id}/conversions/${id}`}>
            {external_id}
          </a>
          <div class="quiet">{event_name}</div>
        </>
      ),
    },
  },
  { name: "event_name", value: ({ event_name }) => event_name },
  {
    name: "participant_id",
    value: ({ participant_id }) => participant_id,
    page: { at: 2, heading: "Buyer", cell: (row) => <Buyer of={row} /> },
  },
  { name: "buyer_name", value: ({ buyer_name }) => buyer_name },
  { name: "buyer_email", value: ({ buyer_email }) => buyer_email },
  {
    name: "amount",
    value: ({ amount }) => amount,
    page: {
      at: 3,
      heading: "Amount",
      isNumber: true,
      sort: { down: "largest", up: "smallest" },
      cell: (row) => (
        <>
          {shownAmount(row.amount, row.currency)}
          <Refunded of={row} />
        </>
      ),
    },
  },
  { name: "refunded", value: ({ refunded }) => refunded },
  { name: "currency", value: ({ currency }) => currency },
  {
    name: "referrer_id",
    value: ({ referrer_id }) => referrer_id,
    page: { at: 4, heading: "Referrer", cell: (row) => <Referrer of={row} /> },
  },
  { name: "referrer_name", value: ({ referrer_name }) => referrer_name },
  { name: "referrer_email", value: ({ referrer_email }) => referrer_email },
  {
    name: "outcome",
    value: ({ outcome }) => outcome,
    page: {
      at: 5,
      heading: "Outcome",
      cell: ({ outcome }) => <Badge tone={outcomeWords[outcome].tone}>{outcomeWords[outcome].said}</Badge>,
    },
  },
  {
    name: "occurred_at",
    value: ({ occurred_at }) => occurred_at,
    page: {
      at: 6,
      heading: "When",
      sort: { down: "newest" },
      cell: ({ occurred_at }) => <Time at={occurred_at} />,
    },
  },
  { name: "date_added", value: ({ date_added }) => date_added },
];
