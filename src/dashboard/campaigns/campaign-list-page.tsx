import { Hono } from "hono";
import type { PageEnv } from "../../auth/page-session";
import type { BrandChoice } from "../../campaigns/brand-choice";
import { shownDomain } from "../../lib/domain";
import { PublishBadge } from "../ui/campaign-frame";
import { Select } from "../ui/field";
import { blank } from "../ui/form";
import { show } from "../ui/layout";
import { Badge, count, Empty, Head, Pager, Table } from "../ui/parts";
import { type CampaignRow, campaignList, ListQuery, stockOf } from "./campaign-list";

const PATH = "/campaigns";

export const listPage = new Hono<PageEnv>();

listPage.get(PATH, async (c) => {
  const query = ListQuery.parse(c.req.query());
  const { rows, total, brands } = await campaignList(c.var.ctx, query);
  const canMake = c.var.session.role !== "viewer";
  const body = (
    <>
      <Head title="Campaigns" about="Your referral programs.">
        {canMake && (
          <a class="button main" href={newPath(query.brand_id)}>
            New campaign
          </a>
        )}
      </Head>
      {brands.length > 1 && <BrandFilter brands={brands} brandId={query.brand_id} />}
      {rows.length > 0 ? <Rows rows={rows} /> : <Nothing brandId={query.brand_id} canMake={canMake} />}
      <Pager page={query} total={total} path={query.brand_id ? `${PATH}?brand_id=${query.brand_id}` : PATH} />
    </>
  );
  return show(c, { title: "Campaigns", section: PATH, body });
});

const newPath = (brandId: number | undefined) => `${PATH}/new${brandId ? `?brand_id=${brandId}` : ""}`;

const BrandFilter = ({ brands, brandId }: { brands: BrandChoice[]; brandId: number | undefined }) => (
  <form method="get" class="filters">
    <Select
      form={blank({ brand_id: brandId ?? "" })}
      name="brand_id"
      label="Brand"
      options={[["", "All brands"], ...brands.map(({ id, domain }) => [id, domain] as const)]}
    />
    <button type="submit" class="button">
      Filter
    </button>
  </form>
);

const COLUMNS = [
  "Campaign",
  "Brand",
  "Status",
  { number: "Participants" },
  { number: "Referrals" },
  { number: "Clicks" },
];

const Rows = ({ rows }: { rows: CampaignRow[] }) => (
  <Table label="Campaigns" columns={COLUMNS}>
    {rows.map((row) => (
      <tr>
        <td>
          <a class="campaign-name" href={`${PATH}/${row.id}`}>
            {row.name}
          </a>
        </td>
        <td class="quiet">{shownDomain(row.brand_domain)}</td>
        <td>
          <States row={row} />
        </td>
        <td class="number">{count(row.total_participants)}</td>
        <td class="number">{count(row.total_referrals)}</td>
        <td class="number">{count(row.total_clicks)}</td>
      </tr>
    ))}
  </Table>
);

const States = ({ row }: { row: CampaignRow }) => {
  const stock = stockOf(row);
  return (
    <span class="campaign-states">
      <PublishBadge publish={row.publish} />
      {stock === "out" && <Badge tone="bad">No coupons left</Badge>}
      {stock === "low" && <Badge tone="warn">Coupons low</Badge>}
      {row.has_contest && <Badge>Contest running</Badge>}
    </span>
  );
};

const Nothing = ({ brandId, canMake }: { brandId: number | undefined; canMake: boolean }) => (
  <Empty title={brandId ? "This brand has no campaigns" : "No campaigns yet"}>
    {brandId !== undefined && (
      <p>
        <a href={PATH}>Show all brands</a>
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
