import { type CampaignChoice, campaignOptions } from "../../campaigns/campaign-choice";
import { type PayoutOrder, type payoutPage, SORTED_MAX } from "../../participants/payouts/owed";
import type { Owed, OwedTotal, PayoutQuery } from "../../participants/payouts/payout-schema";
import { Input, Refusal, Select } from "../ui/field";
import { blank, type Form } from "../ui/form";
import { ListTable } from "../ui/list-columns";
import { Pager } from "../ui/pager";
import { Card, count, Empty, Head, Table } from "../ui/parts";
import { Person } from "../ui/reward-words";
import { money, PAYOUTS, payoutColumns } from "./payout-columns";
import { pathOf, REWARDS } from "./reward-list-view";

type Sorted = PayoutQuery & { sort?: PayoutOrder | undefined };
type Filter = Omit<Sorted, "page" | "limit">;

export const payoutPath = (filter: Filter, base = PAYOUTS) => pathOf(filter, base);

type View = {
  query: Sorted;
  list: Awaited<ReturnType<typeof payoutPage>>;
  choices: CampaignChoice[];
  form: Form<unknown>;
  mayChange: boolean;
  now: Date;
};

export const payoutView = ({ query, list, choices, form, mayChange, now }: View) => {
  const { page: _, limit: __, ...filter } = query;
  return (
    <>
      <Head
        crumbs={[[REWARDS, "Rewards"]]}
        title="Payouts"
        about="Cash that you owe participants, and what you have paid."
      >
        <a class="button" href={REWARDS}>
          All rewards
        </a>
        <a class="button" href={payoutPath(filter, `${PAYOUTS}/owed.csv`)}>
          Export owed amounts as CSV
        </a>
        {list.payouts.length > 0 && (
          <a class="button" href={payoutPath(filter, `${PAYOUTS}/export`)}>
            Export payouts as CSV
          </a>
        )}
      </Head>
      <Filters filter={filter} choices={choices} />
      <Refusal form={form} />
      {!list.is_complete && (
        <p class="notice">More than 10,000 rewards are waiting to be paid. Pay some of them to see the rest.</p>
      )}
      {list.totals.length === 0 ? (
        <Empty title="Nothing to pay" icon="gift">
          <p>Pending cash rewards appear here.</p>
        </Empty>
      ) : (
        list.totals.map((total) => (
          <OwedCard
            total={total}
            owed={list.owed.filter(({ currency }) => currency === total.currency)}
            form={form}
            action={payoutPath(filter)}
            mayChange={mayChange}
          />
        ))
      )}
      {list.payouts.length > 0 && <Made list={list} filter={filter} mayChange={mayChange} now={now} />}
      <Pager page={query} total={list.total} path={payoutPath(filter)} />
    </>
  );
};

const Filters = ({ filter, choices }: { filter: Filter; choices: CampaignChoice[] }) => (
  <form method="get" action={PAYOUTS} class="filters">
    {filter.sort && <input type="hidden" name="sort" value={filter.sort} />}
    {filter.participant_id && <input type="hidden" name="participant_id" value={String(filter.participant_id)} />}
    <Select
      form={blank({ campaign_id: filter.campaign_id })}
      name="campaign_id"
      label="Campaign"
      options={campaignOptions(choices, "All campaigns")}
    />
    <button type="submit" class="button">
      Filter
    </button>
    {Object.values(filter).some((value) => value !== undefined) && (
      <a class="button" href={PAYOUTS}>
        Clear
      </a>
    )}
  </form>
);

type OwedProps = { total: OwedTotal; owed: Owed[]; form: Form<unknown>; action: string; mayChange: boolean };

/**
 * The amount owed in one currency. The reference applies to all of it, or to the participant whose button is pressed.
 */
const OwedCard = ({ total, owed, form, action, mayChange }: OwedProps) => (
  <Card title={`${money(total.amount, total.currency)} to pay`} id={`owed-${total.currency}`}>
    <form method="post" action={action}>
      <input type="hidden" name="currency" value={total.currency} />
      {mayChange && total.rewards > 0 && (
        <div class="filters">
          <Input
            form={form}
            name="reference"
            label="Reference"
            maxlength={200}
            required
            placeholder="For example, from the bank transfer"
          />
          <button type="submit">Mark all as paid</button>
        </div>
      )}
      <Table
        label={`Owed in ${total.currency}`}
        columns={[
          "Participant",
          { number: "Rewards" },
          { number: "Earned" },
          { number: "Refunded after payment" },
          { number: "To pay" },
          ...(mayChange ? ["Actions"] : []),
        ]}
      >
        {owed.map((line) => (
          <tr>
            <td>
              <Person id={line.participant_id} name={line.name} email={line.email} />
            </td>
            <td class="number">{count(line.rewards)}</td>
            <td class="number">{money(line.earned, line.currency)}</td>
            <td class="number">{line.owed_back === 0 ? "–" : money(-line.owed_back, line.currency)}</td>
            <td class="number">{money(line.amount, line.currency)}</td>
            {mayChange && (
              <td>
                {line.rewards > 0 && (
                  <button type="submit" class="button" name="participant_id" value={String(line.participant_id)}>
                    Mark as paid
                  </button>
                )}
              </td>
            )}
          </tr>
        ))}
      </Table>
    </form>
    {owed.some(({ amount }) => amount < 0) && (
      <p class="quiet">A negative amount is deducted from the participant's next payout.</p>
    )}
  </Card>
);

type MadeProps = Pick<View, "list" | "mayChange" | "now"> & { filter: Filter };

const Made = ({ list: { payouts, made }, filter, mayChange, now }: MadeProps) => (
  <Card title="Payouts made">
    <ListTable
      label="Payouts made"
      columns={payoutColumns}
      sorter={
        made > SORTED_MAX
          ? null
          : {
              now: filter.sort ?? "newest",
              to: (sort) => payoutPath({ ...filter, sort: sort === "newest" ? undefined : sort }),
            }
      }
      rows={payouts.map((payout) => ({ ...payout, may_undo: mayChange && now <= payout.may_undo_until }))}
    />
  </Card>
);
