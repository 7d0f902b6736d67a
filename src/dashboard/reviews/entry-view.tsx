import type { entryActions, entryKinds } from "../../../drizzle/schema/reviews";
import type { Page } from "../../lib/page";
import type { Entry } from "../../participants/fraud-lists/entry";
import type { EntryQuery } from "../../participants/fraud-lists/entry-schema";
import { Input, Problems, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank, type Form } from "../ui/form";
import { Pager } from "../ui/pager";
import { Badge, Card, Confirm, count, Empty, Head, Table, Time } from "../ui/parts";
import { ReviewTabs } from "./review-tabs";

export const ENTRIES = "/lists";

type Kind = (typeof entryKinds)[number];
type Filter = { kind?: Kind | undefined; action?: (typeof entryActions)[number] | undefined; q?: string | undefined };

const KINDS = {
  email: "Email",
  domain: "Email domain",
  network: "IP address or network",
  asn: "Internet provider (AS number)",
  country: "Country",
  referrer: "Referrer",
} as const satisfies Record<Kind, string>;
const KIND_OPTIONS = Object.entries(KINDS);

const ACTIONS = [
  ["block", "Block"],
  ["allow", "Allow"],
] as const;

/** The page with its filter. */
export function entriesPath({ kind, action, q }: Filter) {
  const set = Object.entries({ kind, action, q }).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? ENTRIES : `${ENTRIES}?${search}`;
}

type Props = {
  list: Page<Entry>;
  query: EntryQuery;
  form: Form<unknown>;
  isAdding: boolean;
  mayChange: boolean;
  now: Date;
};

export const EntryListView = ({ list, query, form, isAdding, mayChange, now }: Props) => {
  const isFiltered = entriesPath(query) !== ENTRIES;
  return (
    <>
      <Head title="Reviews" about="What to always trust or never trust, in all of your campaigns." />
      <ReviewTabs at={ENTRIES} />
      {mayChange && <Add form={form} isOpen={isAdding} />}
      {(list.rows.length > 0 || isFiltered) && <Filters query={query} />}
      {list.rows.length === 0 ? (
        <Nothing isFiltered={isFiltered} isPastEnd={list.total > 0} />
      ) : (
        <>
          <p class="quiet">
            {count(list.total)} {list.total === 1 ? "entry" : "entries"}
          </p>
          <Table label="Entries" columns={["Entry", "Action", "Note", "Ends", ""]}>
            {list.rows.map((entry) => (
              <Row entry={entry} query={query} mayChange={mayChange} now={now} />
            ))}
          </Table>
        </>
      )}
      <Pager page={query} total={list.total} path={entriesPath(query)} />
    </>
  );
};

const Add = ({ form, isOpen }: { form: Form<unknown>; isOpen: boolean }) => (
  <details class="add-entry" open={isOpen}>
    <summary class="button">Add an entry</summary>
    <Card title="New entry">
      <Problems form={form} />
      <form method="post" action={ENTRIES}>
        <div class="row">
          <Select form={form} name="kind" label="Kind" options={KIND_OPTIONS} />
          <Input
            form={form}
            name="value"
            label="Value"
            maxlength={320}
            autocapitalize="none"
            spellcheck={false}
            required
            hint="ada@acme.com, acme.com, 203.0.113.0/24, AS16509, DE, or a participant's ID."
          />
        </div>
        <Select
          form={form}
          name="action"
          label="Action"
          options={[
            ["block", "Block: always review, regardless of score"],
            ["allow", "Allow: never review, regardless of score"],
          ]}
          hint="If both apply, the block wins. A new entry replaces one with the same kind and value."
        />
        <div class="row">
          <Input form={form} name="note" label="Note" maxlength={500} hint="The reason, for your team. Optional." />
          <Input
            form={form}
            name="expires_at"
            label="Ends"
            type="datetime-local"
            hint="Leave empty if it never ends."
          />
        </div>
        <button type="submit">Add</button>
      </form>
    </Card>
  </details>
);

const Filters = ({ query }: { query: Filter }) => {
  const form = blank(query);
  return (
    <FilterForm
      action={ENTRIES}
      used={[query.q, query.kind, query.action]}
      more={entriesPath(query) !== ENTRIES && <a href={ENTRIES}>Show all</a>}
    >
      <Input
        form={form}
        name="q"
        label="Search"
        type="search"
        placeholder="Value or note"
        autocomplete="off"
        spellcheck={false}
        data-search
      />
      <Select form={form} name="kind" label="Kind" options={[["", "All"], ...KIND_OPTIONS] as [string, string][]} />
      <Select form={form} name="action" label="Action" options={[["", "All"], ...ACTIONS]} />
    </FilterForm>
  );
};

const Nothing = ({ isFiltered, isPastEnd }: { isFiltered: boolean; isPastEnd: boolean }) =>
  isFiltered || isPastEnd ? (
    <Empty title="No matches">
      <p>{isPastEnd ? "This page is past the end of the list." : "No entries match these filters."}</p>
      <a href={ENTRIES}>Show all</a>
    </Empty>
  ) : (
    <Empty title="No entries yet">
      <p>
        Allow your own team, your office, or a partner, so they are never reviewed. Block a domain or network that keeps
        sending fake signups: the signups still count, but their rewards wait for your review.
      </p>
      <a href="/docs/fraud">How fraud is found</a>
    </Empty>
  );

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

const Value = ({ entry: { kind, value } }: { entry: Entry }) => {
  if (kind === "referrer")
    return (
      <a class="person" href={`/participants/${value}`}>
        Participant {value}
      </a>
    );
  if (kind === "asn") return <>AS{value}</>;
  if (kind === "country") return <>{COUNTRIES.of(value)}</>;
  return <>{value}</>;
};

type RowProps = { entry: Entry; query: Filter; mayChange: boolean; now: Date };

const Row = ({ entry, query, mayChange, now }: RowProps) => {
  const isOver = entry.expires_at !== null && entry.expires_at <= now;
  return (
    <tr>
      <td>
        <Value entry={entry} />
        <div class="quiet">{KINDS[entry.kind]}</div>
      </td>
      <td>
        {isOver ? (
          <Badge>Ended</Badge>
        ) : (
          <Badge tone={entry.action === "block" ? "bad" : "good"}>{entry.action === "block" ? "Block" : "Allow"}</Badge>
        )}
      </td>
      <td>{entry.note ?? <span class="quiet">None</span>}</td>
      <td>
        <Time at={entry.expires_at} />
      </td>
      <td>
        {mayChange && (
          <Confirm
            action={`${ENTRIES}/${entry.id}/delete`}
            button="Delete"
            question={`From then on, referrals are assessed without ${entry.value}. Earlier decisions stay.`}
          >
            {Object.entries({ kind: query.kind, action: query.action, q: query.q }).map(
              ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
            )}
          </Confirm>
        )}
      </td>
    </tr>
  );
};
