import type { PageContext } from "../../auth/page-session";
import { shownEmail } from "../../lib/email-address";
import { BrandNames } from "../ui/campaign-link";
import { Refusal } from "../ui/field";
import type { Form } from "../ui/form";
import { ListTable } from "../ui/list-columns";
import { Walk } from "../ui/pager";
import { count, Empty } from "../ui/parts";
import type { View } from "../views/view";
import { ViewBar } from "../views/view-bar";
import { ColumnList } from "./column-list";
import { participantColumns } from "./participant-columns";
import { addressOf, type Campaign, Filters, InUse } from "./participant-filters";
import { CampaignPeopleQuery, PeopleQuery } from "./participant-forms";
import type { Part } from "./participant-list";
import { type Listed, lookedMax } from "./participant-list-store";

type Shown = Part & { campaigns: Campaign[]; views: View[] };

/** Participants with filters. `path` is the list's path, for the account or one campaign. */
export const PeopleList = ({
  c,
  path,
  query,
  shown,
  form,
}: {
  c: PageContext;
  path: string;
  query: PeopleQuery;
  shown: Shown;
  form: Form<unknown>;
}) => {
  const { rows, next, isCut } = shown;
  const mayChange = c.var.session.role !== "viewer";
  const ofCampaign = path !== "/participants";
  const table = (
    <BrandNames of={shown.campaigns}>
      <ListTable
        label="Participants"
        columns={participantColumns}
        rows={rows}
        sorter={sorterOf(path, query)}
        tick={mayChange && ticksOf(form)}
        without={ofCampaign ? ["campaign"] : []}
      />
    </BrandNames>
  );
  return (
    <>
      <Refusal form={form} />
      <ViewBar
        c={c}
        list={ofCampaign ? "campaign_participants" : "participants"}
        schema={ofCampaign ? CampaignPeopleQuery : PeopleQuery}
        path={path}
        views={shown.views}
      />
      <Filters path={path} query={query} campaigns={ofCampaign ? null : shown.campaigns} />
      <InUse path={path} query={query} campaigns={ofCampaign ? null : shown.campaigns} />
      {rows.length === 0 ? (
        <Nobody path={path} query={query} isCut={isCut} />
      ) : mayChange ? (
        <form method="post" action={addressOf(`${path}/status`, query)} class="chosen">
          <input type="hidden" name="@lists" value="ids" />
          {table}
          <div class="bar inline">
            <span class="bar-said" data-selected>
              Selected:
            </span>
            <button type="submit" class="button" name="status" value="active">
              Activate
            </button>
            <button type="submit" class="button danger" name="status" value="blocked">
              Block
            </button>
          </div>
        </form>
      ) : (
        table
      )}
      <Walk
        isFirst={query.after === undefined}
        first={addressOf(path, { ...query, after: undefined })}
        next={next === null ? null : addressOf(path, { ...query, after: next })}
        stopped={isCut ? `${count(lookedMax(query))} participants were searched for this page.` : null}
      />
      <Export path={path} query={query} />
    </>
  );
};

/** The ranking covers one campaign, and a search by email is sorted by email. */
const sorterOf = (path: string, query: PeopleQuery) =>
  (path === "/participants" && query.campaign_id === undefined) || query.q !== undefined
    ? null
    : {
        now: query.sort ?? "newest",
        to: (sort: NonNullable<PeopleQuery["sort"]>) => addressOf(path, { ...query, after: undefined, sort }),
      };

const ticksOf = (form: Form<unknown>) => {
  const ticked = new Set([form.values.ids ?? []].flat().map(Number));
  return {
    all: <input type="checkbox" data-check-all="ids" aria-label="Select everyone on this page" hidden />,
    of: ({ id, email }: Listed) => (
      <input
        type="checkbox"
        name="ids"
        value={id}
        checked={ticked.has(id)}
        aria-label={`Select ${shownEmail(email)}`}
      />
    ),
  };
};

const Nobody = ({ path, query, isCut }: { path: string; query: PeopleQuery; isCut: boolean }) =>
  isCut ? (
    <Empty title="No matches so far" icon="search">
      <p>None of the {count(lookedMax(query))} participants searched match. There are more.</p>
    </Empty>
  ) : addressOf(path, query) !== path ? (
    <Empty title="No matches" icon="search">
      <p>
        The search matches the beginning of an email address, or any part of a name. Sorting by referrals leaves out
        participants without any.
      </p>
    </Empty>
  ) : (
    <Empty title="No participants yet" icon="users">
      <p>
        Participants appear here when they sign up through the widget, the campaign's page, or the API. You can also add
        or import them.
      </p>
      {path === "/participants" && <a href="/campaigns">Your campaigns</a>}
    </Empty>
  );

const Export = ({ path, query }: { path: string; query: PeopleQuery }) => (
  <details class="export">
    <summary>Export as CSV</summary>
    <p>
      <a class="button" href={addressOf(`${path}/export`, { ...query, after: undefined, view: undefined })} download>
        Download
      </a>{" "}
      Everyone matching the filters.
    </p>
    <ColumnList columns={participantColumns.map(({ name, about }) => [name, about])} />
  </details>
);
