import { conversionOutcomes } from "../../../drizzle/schema/conversions";
import type { PageContext } from "../../auth/page-session";
import { outcomeWords } from "../ui/decision-words";
import { Input, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank } from "../ui/form";
import { ListTable } from "../ui/list-columns";
import { Walk } from "../ui/pager";
import { Empty } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import { conversionColumns } from "./conversion-columns";
import { ConversionFilter } from "./conversion-forms";
import type { ConversionList } from "./conversion-list";

export const listPath = (campaignId: number) => `/campaigns/${campaignId}/conversions`;

/** The list's URL with its filter. */
function addressOf(path: string, filter: ConversionFilter) {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
}

export const ConversionListView = ({
  c,
  list,
  filter,
}: {
  c: PageContext;
  list: ConversionList;
  filter: ConversionFilter;
}) => {
  const path = listPath(list.head.id);
  const first = addressOf(path, { ...filter, after: undefined });
  const isFiltered = first !== path;
  const isByAmount = filter.sort !== undefined && filter.sort !== "newest";
  return (
    <>
      <ViewBar c={c} list="conversions" schema={ConversionFilter} path={path} views={list.views} />
      {(list.events.length > 0 || isFiltered) && <Filters path={path} list={list} filter={filter} />}
      {list.rows.length === 0 ? (
        <Nothing list={list} isFiltered={isFiltered} />
      ) : (
        <ListTable
          label="Conversions"
          columns={conversionColumns}
          rows={list.rows}
          sorter={{
            now: filter.sort ?? "newest",
            to: (sort) => addressOf(path, { ...filter, after: undefined, sort: sort === "newest" ? undefined : sort }),
          }}
        />
      )}
      {isByAmount && list.isCut && <p class="quiet">Only the newest 2,000 conversions are sorted by amount.</p>}
      <Walk
        isFirst={filter.after === undefined}
        first={first}
        next={list.next === null ? null : addressOf(path, { ...filter, after: list.next })}
        stopped={list.isCut && !isByAmount ? "2,000 conversions were searched for this page." : null}
      />
    </>
  );
};

/** The shown list as a file. */
export const exportPath = (campaignId: number, filter: ConversionFilter) =>
  addressOf(`${listPath(campaignId)}/export`, { ...filter, after: undefined, sort: undefined, view: undefined });

const Filters = ({ path, list, filter }: { path: string; list: ConversionList; filter: ConversionFilter }) => {
  const form = blank(filter);
  const events = [...new Set([...list.events, ...(filter.event_name ? [filter.event_name] : [])])];
  return (
    <FilterForm
      action={path}
      used={[filter.q, filter.event_name, filter.outcome, filter.participant_id]}
      more={
        <>
          {addressOf(path, { ...filter, after: undefined }) !== path && <a href={path}>Show all</a>}
          {filter.participant_id !== undefined && (
            <p class="quiet">
              Of <a href={`/participants/${filter.participant_id}`}>participant {filter.participant_id}</a>.
            </p>
          )}
        </>
      }
    >
      <Input form={form} name="q" label="Order" type="search" placeholder="Exact ID" autocomplete="off" data-search />
      {events.length > 1 && (
        <Select
          form={form}
          name="event_name"
          label="Event"
          options={[["", "All"], ...events.map((name) => [name, name] as const)]}
        />
      )}
      <Select
        form={form}
        name="outcome"
        label="Outcome"
        options={[["", "All"], ...conversionOutcomes.map((name) => [name, outcomeWords[name].said] as const)]}
      />
      {filter.participant_id !== undefined && (
        <input type="hidden" name="participant_id" value={filter.participant_id} />
      )}
      {filter.sort !== undefined && <input type="hidden" name="sort" value={filter.sort} />}
      {filter.view !== undefined && <input type="hidden" name="view" value={filter.view} />}
    </FilterForm>
  );
};

const Nothing = ({ list, isFiltered }: { list: ConversionList; isFiltered: boolean }) =>
  isFiltered ? (
    <Empty title={list.isCut ? "No matches so far" : "No matches"}>
      <p>
        {list.isCut
          ? "None of the 2,000 conversions searched match. There are more."
          : "No conversions match these filters."}
      </p>
    </Empty>
  ) : (
    <Empty title="No conversions yet" icon="arrow-left-right">
      <p>
        Purchases and other events appear here when your server reports them with <code>POST /conversions</code>, when
        Stripe, Shopify, Paddle, or Lemon Squeezy sends them to an input, or when you record one manually.
      </p>
      <a href="/docs/reference">API reference</a>
    </Empty>
  );
