import { Hono } from "hono";
import type { PageEnv } from "../../auth/page-session";
import type { BrandChoice } from "../../campaigns/brand-choice";
import { shownDomain } from "../../lib/domain";
import { statusNames } from "../ui/campaign-frame";
import { Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank } from "../ui/form";
import { show } from "../ui/layout";
import { ListTable, listFile } from "../ui/list-columns";
import { Pager } from "../ui/pager";
import { Empty, Head } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import { campaignColumns } from "./campaign-columns";
import { campaignList, campaignSlice, ListQuery, SORTED_MAX } from "./campaign-list";

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
        {(rows.length > 0 || isFiltered) && (
          <a class="button" href={pathOf({ ...query, view: undefined }, `${PATH}/export`)}>
            Export as CSV
          </a>
        )}
        {canMake && (
          <a class="button main" href={newPath(query.brand_id)}>
            New campaign
          </a>
        )}
      </Head>
      <ViewBar c={c} list="campaigns" schema={ListQuery} path={PATH} views={views} />
      {(rows.length > 0 || isFiltered) && <Filters brands={brands} query={query} />}
      {rows.length > 0 ? (
        <ListTable
          label="Campaigns"
          columns={campaignColumns(c.var.ctx.now())}
          rows={rows}
          sorter={total > SORTED_MAX ? null : { now: query.sort ?? "newest", to: (sort) => pathOf({ ...query, sort }) }}
        />
      ) : (
        <Nothing isFiltered={isFiltered} brandId={query.brand_id} canMake={canMake} />
      )}
      <Pager page={query} total={total} path={pathOf(query)} />
    </>
  );
  return show(c, { title: "Campaigns", section: PATH, body });
});

listPage.get(`${PATH}/export`, (c) => {
  const { ctx } = c.var;
  const query = ListQuery.parse(c.req.query());
  return listFile("campaigns", campaignColumns(ctx.now()), (page: number | undefined) =>
    campaignSlice(ctx, query, page ?? 1),
  );
});

const newPath = (brandId: number | undefined) => `${PATH}/new${brandId ? `?brand_id=${brandId}` : ""}`;

function pathOf({ brand_id, status, sort, view }: ListQuery, base = PATH) {
  const set = Object.entries({
    brand_id,
    status: status === "unarchived" ? undefined : status,
    sort: sort === "newest" ? undefined : sort,
    view,
  });
  const query = set.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`)).join("&");
  return query ? `${base}?${query}` : base;
}

const STATUSES = [["unarchived", "All but archived"] as const, ...Object.entries(statusNames)];

const Filters = ({ brands, query }: { brands: BrandChoice[]; query: ListQuery }) => {
  const form = blank({ brand_id: query.brand_id ?? "", status: query.status ?? "unarchived" });
  return (
    <FilterForm action={PATH} used={[query.brand_id, query.status]}>
      {brands.length > 1 && (
        <Select
          form={form}
          name="brand_id"
          label="Brand"
          options={[["", "All brands"], ...brands.map(({ id, name }) => [id, shownDomain(name)] as const)]}
        />
      )}
      <Select form={form} name="status" label="Status" options={STATUSES} />
      {query.sort !== undefined && <input type="hidden" name="sort" value={query.sort} />}
      {query.view !== undefined && <input type="hidden" name="view" value={query.view} />}
    </FilterForm>
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
