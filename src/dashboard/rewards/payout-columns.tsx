import { inMajorUnits } from "../../lib/currency";
import type { PayoutOrder } from "../../participants/payouts/owed";
import type { payoutsOf } from "../../participants/payouts/payout";
import type { Payout } from "../../participants/payouts/payout-schema";
import { moneyIn } from "../../texts/text";
import type { ListColumn } from "../ui/list-columns";
import { Badge, Confirm, count, Time } from "../ui/parts";
import { REWARDS } from "./reward-list-view";

export const PAYOUTS = `${REWARDS}/payouts`;

type MadePayout = ReturnType<typeof payoutsOf>[number];
type Listed = MadePayout & { may_undo: boolean };
/** The file has a row for each currency of a payout. */
export type FiledPayout = Omit<Payout, "totals"> & Payout["totals"][number];

export const money = (amount: number, currency: string) => moneyIn("en", inMajorUnits(amount, currency), currency);

/** Past payouts, on the page and as a file. Amounts in the file are in major units, as bookkeepers expect. */
export const payoutColumns: ListColumn<Listed, PayoutOrder, FiledPayout>[] = [
  { name: "id", value: ({ id }) => id },
  {
    name: "reference",
    value: ({ reference }) => reference,
    page: { at: 1, heading: "Reference", cell: ({ reference }) => reference },
  },
  { name: "currency", value: ({ currency }) => currency },
  {
    name: "amount",
    value: ({ amount, currency }) => inMajorUnits(amount, currency),
    page: {
      at: 2,
      heading: "Paid",
      sort: { down: "largest", up: "smallest" },
      cell: ({ totals }) => totals.map(({ amount, currency }) => <div>{money(amount, currency)}</div>),
    },
  },
  { name: "kept_for_refunds", value: ({ netted, currency }) => inMajorUnits(netted, currency) },
  {
    name: "participants",
    value: ({ participants }) => participants,
    page: {
      at: 3,
      heading: "Participants",
      isNumber: true,
      cell: ({ totals }) => count(totals.reduce((sum, { participants }) => sum + participants, 0)),
    },
  },
  { name: "rewards", value: ({ rewards }) => rewards },
  { name: "by", value: ({ by }) => by },
  {
    name: "date_added",
    value: ({ date_added }) => date_added,
    page: { at: 4, heading: "When", sort: { down: "newest" }, cell: ({ date_added }) => <Time at={date_added} /> },
  },
  {
    name: "date_undone",
    value: ({ date_undone }) => date_undone,
    page: {
      at: 5,
      heading: "Actions",
      cell: ({ id, date_undone, may_undo }) => {
        if (date_undone !== null) return <Badge>Undone</Badge>;
        if (!may_undo) return <Badge tone="good">Paid</Badge>;
        return (
          <Confirm
            action={`${PAYOUTS}/${id}/undo`}
            button="Undo"
            question="Its rewards will be pending again. Undo it only if no money was sent."
          />
        );
      },
    },
  },
];
