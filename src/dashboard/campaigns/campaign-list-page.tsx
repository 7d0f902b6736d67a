import { Hono } from "hono";
import type { PageEnv } from "../../auth/page-session";
import type { BrandChoice } from "../../campaigns/brand-choice";
import { campaignStatus } from "../../ledger/lifecycle";
import { shownDomain } from "../../lib/domain";
import { PublishBadge, StatusBadge, statusNames } from "../ui/campaign-frame";
import { Select } from "../ui/field";
import { blank } from "../ui/form";
import { show } from "../ui/layout";
import { Pager } from "../ui/pager";
import { Badge, count, Empty, Head, Table } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import { type CampaignRow, campaignList, ListQuery, stockOf } from "./campaign-list";

const PATH = "/campaigns";

export const listPage = new Hono<PageEnv>();

listPage.get(PATH, async (c) => {
  const query = ListQuery.parse(c.req.query());
  const { rows, total, brands, views } = await campaignList(c.var.ctx, query);
  const canMake = c.var.session.role !== "viewer";
  const isFiltered = pathOf(query) !== PATH;
  const body = (
    <>
      <Head title="Campaigns" about="Your referral programs.">
        {canMake && (
          <a class="button main" href={newPath(query.brand_id)}>
            New campaign
          </a>
        )}
      </Head>
      <ViewBar c={c} list="campaigns" path={PATH} views={views} />
      {(rows.length > 0 || isFiltered) && <Filters brands={brands} query={query} />}
      {rows.length > 0 ? (
        <Rows rows={rows} now={c.var.ctx.now()} />
      ) : (
        <Nothing isFiltered={isFiltered} brandId={query.brand_id} canMake={canMake} />
      )}
      <Pager page={query} total={total} path={pathOf(query)} />
    </>
  );
  return show(c, { title: "Campaigns", section: PATH, body });
});

const newPath = (brandId: number | undefined) => `${PATH}/new${brandId ? `?brand_id=${brandId}` : ""}`;

function pathOf({ brand_id, status, view }: ListQuery) {
  const set = Object.entries({ brand_id, status: status === "unarchived" ? undefined : status, view });
  const query = set.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`)).join("&");
  return query ? `${PATH}?${query}` : PATH;
}

const STATUSES = [["unarchived", "All but archived"] as const, ...Object.entries(statusNames)];

const Filters = ({ brands, query }: { brands: BrandChoice[]; query: ListQuery }) => {
  const form = blank({ brand_id: query.brand_id ?? "", status: query.status ?? "unarchived" });
  return (
    <form method="get" class="filters">
      {brands.length > 1 && (
        <Select
          form={form}
          name="brand_id"
          label="Brand"
          options={[["", "All brands"], ...brands.map(({ id, name }) => [id, shownDomain(name)] as const)]}
        />
      )}
      <Select form={form} name="status" label="Status" options={STATUSES} />
      {query.view !== undefined && <input type="hidden" name="view" value={query.view} />}
      <button type="submit" class="button">
        Filter
      </button>
    </form>
  );
};

const COLUMNS = [
  "Campaign",
  "Brand",
  "Status",
  { number: "Participants" },
  { number: "Referrals" },
  { number: "Clicks" },
];

const Rows = ({ rows, now }: { rows: CampaignRow[]; now: Date }) => (
  <Table label="Campaigns" columns={COLUMNS}>
    {rows.map((row) => (
      <tr>
        <td>
          <a class="campaign-name" href={`${PATH}/${row.id}`}>
            {row.name}
          </a>
        </td>
        <td class="quiet">{shownDomain(row.brand_name)}</td>
        <td>
          <States row={row} now={now} />
        </td>
        <td class="number">{count(row.total_participants)}</td>
        <td class="number">{count(row.total_referrals)}</td>
        <td class="number">{count(row.total_clicks)}</td>
      </tr>
    ))}
  </Table>
);

const States = ({ row, now }: { row: CampaignRow; now: Date }) => {
  const stock = stockOf(row);
  return (
    <span class="campaign-states">
      <StatusBadge status={campaignStatus(row, now)} />
      <PublishBadge publish={row.publish} />
      {stock === "out" && <Badge tone="bad">No unused codes</Badge>}
      {stock === "low" && <Badge tone="warn">Coupons low</Badge>}
      {row.has_contest && <Badge>Contest running</Badge>}
    </span>
  );
};

type NothingProps = { isFiltered: boolean; brandId: number | undefined; canMake: boolean };

const Nothing = ({ isFiltered, brandId, canMake }: NothingProps) => (
  <Empty title={isFiltered ? "No campaigns match these filters" : "No campaigns yet"} icon="megaphone">
    {isFiltered && (
      <p>
        <a href={PATH}>Show all campaigns</a>
      </p>
    )}
    {canMake && (
      <>
        <p>Choose a template, check the preview, and go live in four short steps.</p>
        <a class="button main" href={newPath(brandId)}>
          Create campaign
        </a>
      </>
    )}
  </Empty>
);
