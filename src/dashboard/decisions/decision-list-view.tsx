import type { PageContext } from "../../auth/page-session";
import { allCodes } from "../../ledger/records/decision-codes";
import { OUTCOMES } from "../../participants/decisions/decision-schema";
import { outcomeWords } from "../ui/decision-words";
import { Input, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank } from "../ui/form";
import { ListTable } from "../ui/list-columns";
import { Walk } from "../ui/pager";
import { Empty } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import { decisionColumns } from "./decision-columns";
import { DecisionFilter, type DecisionList } from "./decision-list";

type Props = { list: DecisionList; filter: DecisionFilter };

/** The list's URL with its filter. */
function addressOf(campaignId: number, filter: DecisionFilter, below = "") {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  const path = `/campaigns/${campaignId}/decisions${below}`;
  return search.size === 0 ? path : `${path}?${search}`;
}

/** The shown list as a file. */
export const exportPath = (campaignId: number, filter: DecisionFilter) =>
  addressOf(campaignId, { ...filter, before: undefined, view: undefined }, "/export");

export const DecisionListView = ({ c, list, filter, gone }: Props & { c: PageContext; gone: string[] }) => {
  const { id } = list.head;
  const first = addressOf(id, { ...filter, before: undefined });
  return (
    <>
      <p class="quiet">
        Why each signup, visit, purchase, refund, and hold did or did not earn something. Days are in UTC.
      </p>
      <ViewBar c={c} list="decisions" schema={DecisionFilter} path={addressOf(id, {})} views={list.views} gone={gone} />
      <Filters list={list} filter={filter} />
      {list.rows.length === 0 ? (
        <Nothing list={list} filter={filter} />
      ) : (
        <ListTable label="Decisions" columns={decisionColumns} rows={list.rows} />
      )}
      <Walk
        isFirst={filter.before === undefined}
        first={first}
        next={list.next === null ? null : addressOf(id, { ...filter, before: list.next })}
        stopped={list.isCut ? "Only some decisions were searched for this page." : null}
      />
    </>
  );
};

/** `already_earned` → `Already earned` */
const named = (code: string) => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll("_", " ")}`;

const Filters = ({ list: { head }, filter }: Props) => {
  const form = blank(filter);
  const { participant_id } = filter;
  return (
    <FilterForm
      action={addressOf(head.id, {})}
      used={[filter.outcome, filter.code, filter.from, filter.to, participant_id]}
      more={
        <>
          {addressOf(head.id, { ...filter, before: undefined }) !== addressOf(head.id, {}) && (
            <a href={addressOf(head.id, {})}>Show all</a>
          )}
          {participant_id !== undefined && (
            <p class="quiet">
              Everything about <a href={`/participants/${participant_id}`}>participant {participant_id}</a>, including
              their friends and visitors.
            </p>
          )}
        </>
      }
    >
      <Select
        form={form}
        name="outcome"
        label="Outcome"
        options={[["", "All"], ...OUTCOMES.map((name) => [name, outcomeWords[name].said] as const)]}
      />
      <Select
        form={form}
        name="code"
        label="Reason"
        options={[["", "All"], ...Object.keys(allCodes).map((code) => [code, named(code)] as const)]}
      />
      <Input form={form} name="from" label="From" type="date" />
      <Input form={form} name="to" label="To" type="date" />
      <Input form={form} name="participant_id" label="Participant" inputmode="numeric" placeholder="ID" />
      {filter.view !== undefined && <input type="hidden" name="view" value={filter.view} />}
    </FilterForm>
  );
};

const Nothing = ({ list, filter }: Props) =>
  Object.values(filter).some((value) => value !== undefined) ? (
    <Empty title={list.isCut ? "No matches so far" : "No matches"}>
      <p>
        {list.isCut ? "None of the decisions searched match. There are more." : "No decisions match these filters."}
      </p>
    </Empty>
  ) : (
    <Empty title="No decisions yet" icon="circle-check">
      <p>They appear here with the first signup, visit, or purchase.</p>
    </Empty>
  );
