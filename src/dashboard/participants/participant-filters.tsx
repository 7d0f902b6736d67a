import { campaignOptions, chosenLabel } from "../../campaigns/campaign-choice";
import { Chips } from "../ui/chips";
import { Input, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank } from "../ui/form";
import type { PeopleQuery } from "./participant-forms";

export type Campaign = {
  id: number;
  name: string;
  brand_name: string;
  total: number;
  pending: number;
  blocked: number;
};

/** The list's URL with the query. */
export const addressOf = (path: string, query: PeopleQuery) => {
  const said = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
};

type FilterProps = { path: string; query: PeopleQuery; campaigns: Campaign[] | null };

export const Filters = ({ path, query, campaigns }: FilterProps) => {
  const form = blank(query);
  const isSorted = campaigns === null || query.campaign_id !== undefined;
  return (
    <FilterForm
      action={path}
      used={[query.q, query.name, query.campaign_id, query.status, query.rewarded]}
      more={query.q === undefined ? null : <p class="quiet">Sorted by email.</p>}
    >
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
        <Select form={form} name="campaign_id" label="Campaign" options={campaignOptions(campaigns, "All")} />
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
      {query.view !== undefined && <input type="hidden" name="view" value={query.view} />}
    </FilterForm>
  );
};

/** The active filters, in words. */
export const InUse = ({ path, query, campaigns }: FilterProps) => {
  const { q, name, campaign_id, status, rewarded, invited_by } = query;
  const chips = [
    q !== undefined && { said: `Email starts with “${q}”`, key: "q" },
    name !== undefined && { said: `Name contains “${name}”`, key: "name" },
    campaigns !== null &&
      campaign_id !== undefined && { said: chosenLabel(campaigns, campaign_id), key: "campaign_id" },
    status !== undefined && { said: `Only ${status}`, key: "status" },
    rewarded && { said: "With a reward", key: "rewarded" },
    invited_by !== undefined && { said: `Invited by participant ${invited_by}`, key: "invited_by" },
  ].filter((chip) => chip !== false && chip !== undefined);
  return (
    <Chips
      all={path}
      chips={chips.map(({ said, key }) => ({
        said,
        without: addressOf(path, { ...query, after: undefined, [key]: undefined }),
      }))}
    />
  );
};
