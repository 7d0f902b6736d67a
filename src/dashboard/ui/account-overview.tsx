import { definitionOf } from "../../campaigns/analytics/metric";
import { campaignLabel } from "../../campaigns/campaign-choice";
import type { AccountOverview } from "./account-numbers";
import { type BrandsById, CampaignLink } from "./campaign-link";
import { CardRow } from "./card-row";
import { shownAmount } from "./money";
import { Days, Figure, Headlines, People } from "./numbers";
import { Card, count, Table } from "./parts";
import type { OverviewQuery } from "./period";
import { Channels } from "./sources";

const HOME = "/home";

type Props = {
  overview: AccountOverview;
  query: OverviewQuery;
  /** The page's path, and the brand that its links keep. */
  path: string;
  brandId?: number;
  brands?: BrandsById;
};

/** An account's or brand's numbers across all its campaigns. */
export const AccountNumbers = ({ overview, query, path, brandId, brands = new Map() }: Props) => {
  const { numbers, others, campaigns, channels, leaders, owed } = overview;
  const kept: Record<string, string> = brandId === undefined ? {} : { brand_id: String(brandId) };
  return (
    <>
      <Headlines
        numbers={numbers}
        owed={owed}
        owedPath={`/rewards?${new URLSearchParams({ status: "pending", ...kept })}`}
      >
        {others.map(({ currency, amount }) => (
          <Figure label={`Net revenue in ${currency}`} about={definitionOf("net_revenue").about}>
            {shownAmount(amount, currency)}
          </Figure>
        ))}
      </Headlines>
      <Days
        numbers={numbers}
        query={query}
        path={path}
        kept={path === HOME ? kept : {}}
        file={`${path}/analytics.csv`}
      />
      <People report={numbers.report} />
      {path === HOME && <TopCampaigns campaigns={campaigns} brands={brands} />}
      <CardRow label="Channels and referrers">
        <Channels channels={channels} />
        <TopReferrers leaders={leaders} brands={brands} />
      </CardRow>
    </>
  );
};

type TopProps = Pick<AccountOverview, "campaigns"> & {
  /** Whether the reader can open the campaigns' pages. */
  isLinked?: boolean;
  brands?: BrandsById;
};

export const TopCampaigns = ({ campaigns, isLinked = true, brands = new Map() }: TopProps) => (
  <Card title="Top campaigns" actions={isLinked && <a href="/campaigns">All campaigns</a>}>
    {campaigns.length === 0 ? (
      <p class="quiet">No activity in this period.</p>
    ) : (
      <Table
        label="Top campaigns"
        columns={["Campaign", ...["Signups", "Referrals", "Net revenue"].map((number) => ({ number }))]}
      >
        {campaigns.map(({ id, name, brand_id, currency, signups, referrals, revenue, refunded }) => (
          <tr>
            <th scope="row">{isLinked ? <CampaignLink id={id} name={name} brand={brands.get(brand_id)} /> : name}</th>
            <td class="number">{count(signups)}</td>
            <td class="number">{count(referrals)}</td>
            <td class="number">{shownAmount(revenue - refunded, currency)}</td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

type LeaderProps = Pick<AccountOverview, "leaders"> & { brands: BrandsById };

const TopReferrers = ({ leaders, brands }: LeaderProps) => (
  <Card title="Top referrers">
    {leaders.length === 0 ? (
      <p class="quiet">No referrals yet.</p>
    ) : (
      <>
        <p class="quiet">Credited friends and clicks on their links since they joined.</p>
        <Table label="Top referrers" columns={["Participant", { number: "Friends" }, { number: "Clicks" }]}>
          {leaders.map(({ id, name, campaign_name, brand_id, referral_count, click_count }) => (
            <tr>
              <td>
                <a href={`/participants/${id}`}>{name || `Participant ${id}`}</a>
                <br />
                <small class="quiet">{campaignLabel({ name: campaign_name, brand_name: brands.get(brand_id) })}</small>
              </td>
              <td class="number">{count(referral_count)}</td>
              <td class="number">{count(click_count)}</td>
            </tr>
          ))}
        </Table>
      </>
    )}
  </Card>
);
