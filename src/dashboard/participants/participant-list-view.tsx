import type { PageContext } from "../../auth/page-session";
import { shownEmail } from "../../lib/email-address";
import { Refusal } from "../ui/field";
import type { Form } from "../ui/form";
import { Walk } from "../ui/pager";
import { Badge, count, Empty, Table, Time } from "../ui/parts";
import { ColumnList } from "./column-list";
import { exportColumns } from "./participant-export";
import { addressOf, type Campaign, Filters, InUse } from "./participant-filters";
import type { PeopleQuery } from "./participant-forms";
import type { Part } from "./participant-list";
import { type Listed, lookedMax } from "./participant-list-store";

type Shown = Part & { campaigns: Campaign[] };

export const StatusBadge = ({ status }: { status: string }) => (
  <Badge tone={status === "active" ? "good" : status === "pending" ? "warn" : "bad"}>{status}</Badge>
);

/** Participants with filters. `path` is the path of the list, of the account or of one campaign. */
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
  const sortBy = sorterOf(path, query);
  return (
    <>
      <Refusal form={form} />
      <Filters path={path} query={query} campaigns={ofCampaign ? null : shown.campaigns} />
      <InUse path={path} query={query} campaigns={ofCampaign ? null : shown.campaigns} />
      {rows.length === 0 ? (
        <Nobody path={path} query={query} isCut={isCut} />
      ) : mayChange ? (
        <form method="post" action={addressOf(`${path}/status`, query)} class="chosen">
          <input type="hidden" name="@lists" value="ids" />
          <People rows={rows} mayChange ofCampaign={ofCampaign} ticked={tickedIn(form)} sortBy={sortBy} />
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
        <People rows={rows} mayChange={false} ofCampaign={ofCampaign} ticked={new Set()} sortBy={sortBy} />
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

const tickedIn = ({ values }: Form<unknown>) => new Set([values.ids ?? []].flat().map(Number));

type PeopleProps = {
  rows: Listed[];
  mayChange: boolean;
  ofCampaign: boolean;
  ticked: Set<number>;
  sortBy: ReturnType<typeof sorterOf>;
};

/** The headings that order the list. The ranking is one campaign's, and a search by email is in the order of emails. */
const sorterOf = (path: string, query: PeopleQuery) => (sort: "newest" | "referrals") => {
  const isOfCampaign = path !== "/participants" || query.campaign_id !== undefined;
  if (!isOfCampaign || query.q !== undefined) return null;
  return {
    href: addressOf(path, { ...query, after: undefined, sort }),
    isNow: (query.sort ?? "newest") === sort,
  };
};

const People = ({ rows, mayChange, ofCampaign, ticked, sortBy }: PeopleProps) => (
  <Table
    label="Participants"
    columns={[
      ...(mayChange
        ? [<input type="checkbox" data-check-all="ids" aria-label="Select everyone on this page" hidden />]
        : []),
      "Participant",
      ...(ofCampaign ? [] : ["Campaign"]),
      { number: "Referrals", sort: sortBy("referrals") },
      { number: "Clicks" },
      "Status",
      { text: "Signed up", sort: sortBy("newest") },
    ]}
  >
    {rows.map((row) => (
      <tr>
        {mayChange && (
          <td class="tick">
            <input
              type="checkbox"
              name="ids"
              value={row.id}
              checked={ticked.has(row.id)}
              aria-label={`Select ${shownEmail(row.email)}`}
            />
          </td>
        )}
        <td>
          <a class="person" href={`/participants/${row.id}`}>
            {row.name || shownEmail(row.email)}
          </a>
          {row.name && <div class="quiet">{shownEmail(row.email)}</div>}
        </td>
        {!ofCampaign && (
          <td>
            <a href={`/campaigns/${row.campaign_id}/participants`}>{row.campaign_name}</a>
          </td>
        )}
        <td class="number">{count(row.referral_count)}</td>
        <td class="number">{count(row.click_count)}</td>
        <td>
          <StatusBadge status={row.status} />
        </td>
        <td>
          <Time at={row.date_signedup} />
        </td>
      </tr>
    ))}
  </Table>
);

const Nobody = ({ path, query, isCut }: { path: string; query: PeopleQuery; isCut: boolean }) =>
  isCut ? (
    <Empty title="No matches so far" icon="search">
      <p>None of the {count(lookedMax(query))} participants searched. There are more.</p>
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
      <a class="button" href={addressOf(`${path}/export`, { ...query, after: undefined })} download>
        Download
      </a>{" "}
      Everyone matching the filters.
    </p>
    <ColumnList columns={Object.entries(exportColumns)} />
  </details>
);
