import { Input, Select } from "../ui/field";
import { blank } from "../ui/form";
import type { PeopleQuery } from "./participant-forms";

export type Campaign = { id: number; name: string; total: number; pending: number; blocked: number };

/** The list's URL with the query. */
export const addressOf = (path: string, query: PeopleQuery) => {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
};

export const Filters = ({
  path,
  query,
  campaigns,
}: {
  path: string;
  query: PeopleQuery;
  campaigns: Campaign[] | null;
}) => {
  const form = blank(query);
  const isSorted = campaigns === null || query.campaign_id !== undefined;
  return (
    <form method="get" action={path} class="filters">
      <Input
        form={form}
        name="q"
        label="Email"
        type="search"
        placeholder="Starts with…"
        autocomplete="off"
        spellcheck={false}
        data-search
      />
      <Input
        form={form}
        name="name"
        label="Name"
        type="search"
        placeholder="Any part…"
        autocomplete="off"
        spellcheck={false}
      />
      {campaigns && (
        <Select
          form={form}
          name="campaign_id"
          label="Campaign"
          options={[["", "All"], ...campaigns.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      <Select
        form={form}
        name="status"
        label="Status"
        options={[
          ["", "All"],
          ["active", "Active"],
          ["pending", "Pending"],
          ["blocked", "Blocked"],
        ]}
      />
      <Select
        form={form}
        name="rewarded"
        label="Rewards"
        options={[
          ["", "Any"],
          ["yes", "With a reward"],
        ]}
      />
      {isSorted && (
        <Select
          form={form}
          name="sort"
          label="Order"
          options={[
            ["newest", "Newest first"],
            ["referrals", "Most referrals"],
          ]}
        />
      )}
      {query.invited_by !== undefined && <input type="hidden" name="invited_by" value={query.invited_by} />}
      <button type="submit" class="button">
        Apply
      </button>
      {addressOf(path, { ...query, after: undefined }) !== path && <a href={path}>Show all</a>}
      {query.invited_by !== undefined && (
        <p class="quiet">
          Invited by <a href={`/participants/${query.invited_by}`}>participant {query.invited_by}</a>.
        </p>
      )}
      {query.q === undefined ? null : <p class="quiet">Sorted by email.</p>}
    </form>
  );
};
