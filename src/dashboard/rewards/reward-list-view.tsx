import type { PageContext } from "../../auth/page-session";
import { campaignOptions, chosenLabel } from "../../campaigns/campaign-choice";
import { kindNames, rewardKinds } from "../../ledger/records/reward-kinds";
import { isLost } from "../../ledger/records/reward-schema";
import { shownDomain } from "../../lib/domain";
import { SORTED_MAX } from "../../participants/rewards/reward-amount-store";
import type { RewardOutcome } from "../../participants/rewards/reward-records";
import { BrandNames } from "../ui/campaign-link";
import { Chips } from "../ui/chips";
import { Refusal, Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank, type Form } from "../ui/form";
import { ListTable } from "../ui/list-columns";
import { Pager } from "../ui/pager";
import { count, Empty, Head, Tabs } from "../ui/parts";
import { kindWords, rewardStatusName } from "../ui/reward-words";
import { WholeAccount } from "../ui/whole-account";
import { ViewBar } from "../views/view-bar";
import { rewardColumns } from "./reward-columns";
import type { ListedReward, RewardList } from "./reward-list";
import { RewardListQuery } from "./reward-list-query";

export const REWARDS = "/rewards";
const FORM = "chosen";

type Filter = Omit<RewardListQuery, "page" | "limit">;

/** A list's URL. Its first page has no number. */
export function pathOf(filter: Partial<Omit<RewardListQuery, "sort">> & { sort?: string | undefined }, base = REWARDS) {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined);
  return set.length === 0 ? base : `${base}?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
}

type Props = {
  c: PageContext;
  query: RewardListQuery;
  gone: string[];
  list: RewardList;
  form: Form<unknown>;
  outcomes?: RewardOutcome[];
  mayChange: boolean;
};

export const rewardListView = ({ c, query, gone, list, form, outcomes = [], mayChange }: Props) => {
  const { page: _, limit: __, ...filter } = query;
  const choosable = list.rows.filter((reward) => mayChange && !isLost(reward.status));
  return (
    <>
      <Head title="Rewards" about="What participants earned, and what you owe them.">
        <WholeAccount>
          <a class="button" href={`${REWARDS}/payouts`}>
            Payouts
          </a>
          <a class="button" href={`${REWARDS}/transfers`}>
            Token transfers
          </a>
        </WholeAccount>
        <a class="button" href={pathOf({ ...filter, view: undefined }, `${REWARDS}/export`)}>
          Export as CSV
        </a>
      </Head>
      <ViewBar c={c} list="rewards" schema={RewardListQuery} path={REWARDS} views={list.views} gone={gone} />
      <StatusTabs filter={filter} list={list} />
      <Filters filter={filter} list={list} />
      <InUse filter={filter} list={list} />
      <Refused outcomes={outcomes} rows={list.rows} />
      <Refusal form={form} />
      {list.rows.length === 0 ? (
        <Nothing filter={filter} />
      ) : (
        <form id={FORM} method="post" action={pathOf(query)}>
          <input type="hidden" name="@lists" value="reward_id" />
          <BrandNames of={list.choices}>
            <ListTable
              label="Rewards"
              columns={rewardColumns}
              rows={list.rows}
              sorter={{
                now: filter.sort ?? "newest",
                to: (sort) => pathOf({ ...filter, sort: sort === "newest" ? undefined : sort }),
              }}
              tick={choosable.length > 0 && ticksOf(form)}
            />
          </BrandNames>
          {choosable.length > 0 && <Bar note={String(form.values.note ?? "")} rows={choosable} />}
        </form>
      )}
      {list.isSorted && list.isCut && (
        <p class="quiet">Only the newest {count(SORTED_MAX)} rewards are sorted by amount.</p>
      )}
      <Pager page={query} total={list.total} isCut={list.isCut && !list.isSorted} path={pathOf(filter)} />
    </>
  );
};

const earnerOf = ({ name, email, participant_id }: ListedReward) => name || email || `no. ${participant_id}`;

const ticksOf = ({ values }: Form<unknown>) => {
  const chosen = new Set([values.reward_id ?? []].flat().map(Number));
  return {
    all: <input type="checkbox" data-check-all="reward_id" aria-label="Select all on this page" hidden />,
    of: (reward: ListedReward) =>
      isLost(reward.status) ? null : (
        <input
          type="checkbox"
          name="reward_id"
          value={String(reward.id)}
          checked={chosen.has(reward.id)}
          data-amount={reward.cash_value ?? undefined}
          data-currency={reward.cash_value === null ? undefined : reward.currency}
          aria-label={`Select the reward of ${earnerOf(reward)}`}
        />
      ),
  };
};

const StatusTabs = ({ filter, list: { totals } }: { filter: Filter; list: RewardList }) => {
  const statuses = [
    ...(totals.held > 0 ? (["held"] as const) : []),
    "pending",
    "fulfilled",
    "revoked",
    ...(totals.expired > 0 ? (["expired"] as const) : []),
  ] as const;
  const isCounted = filter.participant_id === undefined && filter.reward_type === undefined;
  const tabs = [
    [pathOf({ ...filter, status: undefined }), "All"] as const,
    ...statuses.map(
      (status) =>
        [
          pathOf({ ...filter, status }),
          isCounted ? `${rewardStatusName(status)} ${count(totals[status])}` : rewardStatusName(status),
        ] as const,
    ),
  ];
  return <Tabs label="Status" tabs={tabs} at={pathOf(filter)} />;
};

const types = kindNames.map((kind) => [rewardKinds[kind].id, kindWords[kind].name] as const);

const Filters = ({ filter, list }: { filter: Filter; list: RewardList }) => {
  const form = blank({ campaign_id: filter.campaign_id, reward_type: filter.reward_type });
  return (
    <FilterForm action={REWARDS} used={[filter.campaign_id, filter.reward_type]}>
      {filter.status && <input type="hidden" name="status" value={filter.status} />}
      {filter.brand_id && <input type="hidden" name="brand_id" value={String(filter.brand_id)} />}
      {filter.participant_id && <input type="hidden" name="participant_id" value={String(filter.participant_id)} />}
      <Select
        form={form}
        name="campaign_id"
        label="Campaign"
        options={campaignOptions(list.choices, "All campaigns")}
      />
      <Select form={form} name="reward_type" label="Type" options={[["", "All types"], ...types]} />
      {filter.sort && <input type="hidden" name="sort" value={filter.sort} />}
      {filter.view && <input type="hidden" name="view" value={String(filter.view)} />}
    </FilterForm>
  );
};

const InUse = ({ filter, list }: { filter: Filter; list: RewardList }) => {
  const { brand_id, campaign_id, reward_type, participant_id } = filter;
  const brand = list.choices.find((choice) => choice.brand_id === brand_id);
  const chips = [
    brand_id !== undefined && { said: brand ? shownDomain(brand.brand_name) : "One brand", key: "brand_id" },
    campaign_id !== undefined && {
      said: chosenLabel(list.choices, campaign_id),
      key: "campaign_id",
    },
    reward_type !== undefined && {
      said: types.find(([id]) => id === reward_type)?.[1] ?? "One type",
      key: "reward_type",
    },
    participant_id !== undefined && { said: `Of participant ${participant_id}`, key: "participant_id" },
  ].filter((chip) => chip !== false);
  return (
    <Chips
      all={pathOf({ status: filter.status })}
      chips={chips.map(({ said, key }) => ({ said, without: pathOf({ ...filter, [key]: undefined }) }))}
    />
  );
};

const Nothing = ({ filter }: { filter: Filter }) =>
  Object.values(filter).some((value) => value !== undefined) ? (
    <Empty title="No matches" icon="search">
      <p>
        No rewards match these filters. <a href={REWARDS}>See all</a>
      </p>
    </Empty>
  ) : (
    <Empty title="No rewards yet" icon="gift">
      <p>
        Rewards appear here when someone reaches a campaign's goal. <a href="/campaigns">Your campaigns</a>
      </p>
    </Empty>
  );

/** The actions for the selected rewards. */
const Bar = ({ note, rows }: { note: string; rows: ListedReward[] }) => (
  <div class="bar">
    <span class="bar-said" data-selected />
    <div class="field">
      <label for="note">Note</label>
      <input id="note" name="note" value={note} maxlength={1000} placeholder="How it was paid, or why it was revoked" />
    </div>
    {rows.some((reward) => reward.status === "held" && reward.needs_approval) && (
      <button type="submit" name="status" value="approved">
        Approve
      </button>
    )}
    {rows.some((reward) => reward.status !== "held") && (
      <button type="submit" name="status" value="fulfilled">
        Mark as paid
      </button>
    )}
    <details class="confirm">
      <summary class="button danger">Revoke</summary>
      <div class="card">
        <p>Revoked rewards stay revoked, and their coupons are never reused. Explain why in the note.</p>
        <button type="submit" name="status" value="revoked" class="button danger solid">
          Yes, revoke selected
        </button>
      </div>
    </details>
  </div>
);

/** Rewards that are no longer in the list are shown by ID. */
const Refused = ({ outcomes, rows }: { outcomes: RewardOutcome[]; rows: ListedReward[] }) => {
  const refused = outcomes.filter((outcome) => outcome.refused !== null);
  const listed = new Map(rows.map((reward) => [reward.id, `The reward of ${earnerOf(reward)}`]));
  if (refused.length === 0) return null;
  return (
    <div class="notice warn" role="alert">
      <p>
        {count(outcomes.length - refused.length)} of {count(outcomes.length)} updated. Skipped:
      </p>
      <ul>
        {refused.map((outcome) => (
          <li>
            {listed.get(outcome.reward_id) ?? `Reward ${outcome.reward_id}`}: {outcome.refused}
          </li>
        ))}
      </ul>
    </div>
  );
};
