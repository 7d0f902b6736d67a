import { Hono } from "hono";
import type { PageEnv } from "../../auth/page-session";
import { analytics, analyticsFile } from "../../campaigns/analytics/analytics";
import { rewardKinds } from "../../ledger/records/reward-kinds";
import { csvHeaders } from "../../lib/csv";
import { UTC } from "../../lib/time-zone";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { CardRow } from "../ui/card-row";
import { show } from "../ui/layout";
import { shownAmount } from "../ui/money";
import { Days, Growth, Headlines, People } from "../ui/numbers";
import { Card, count, Table, Time } from "../ui/parts";
import { OverviewQuery, reportFor } from "../ui/period";
import { Channels, Sources } from "../ui/sources";
import { WholeAccount } from "../ui/whole-account";
import { campaignOverview, type Happening } from "./campaign-overview";
import { Warnings } from "./warnings";

export const overviewPage = new Hono<PageEnv>();

export type Overview = Awaited<ReturnType<typeof campaignOverview>>;

overviewPage.get("/campaigns/:campaignId", async (c) => {
  const query = OverviewQuery.parse(c.req.query());
  const id = campaignIdIn(c);
  const overview = await campaignOverview(c.var.ctx, id, query, c.var.session.time_zone ?? UTC);
  const { campaign, totals, leaders, happenings, groups } = overview;
  const numbers = { ...overview, currency: campaign.currency };
  const body = (
    <>
      <Warnings overview={overview} />
      <Headlines
        numbers={numbers}
        owed={totals.rewards_pending - totals.rewards_held}
        owedPath={`/campaigns/${id}/rewards`}
      />
      <Days numbers={numbers} query={query} path={`/campaigns/${id}`} file={`/campaigns/${id}/analytics.csv`} />
      <People report={overview.report} />
      <Growth numbers={numbers} weeks={overview.weeks} />
      {overview.counted && (
        <p class="notice">
          {overview.counted.from
            ? `Channels and sources are counted since ${dayOf(overview.counted.from)}. Earlier signups and visits are not in the lists below.`
            : "Channels and sources were not counted yet during this period."}
        </p>
      )}
      <Channels
        channels={groups.channel.map(({ net_revenue, ...row }) => ({
          ...row,
          money: shownAmount(net_revenue, campaign.currency),
        }))}
      />
      <Sources groups={groups} />
      <CardRow label="Referrers and activity">
        <Leaders leaders={leaders} />
        <Timeline happenings={happenings} />
      </CardRow>
      <Stock overview={overview} />
    </>
  );
  const { origin, env } = c.var.ctx;
  const actions = (
    <>
      {campaign.publish === "public" && (
        <a class="button" href={`${origin}/p/${campaign.brand_slug}/campaign/${campaign.id}`}>
          View page
        </a>
      )}
      {env.DEMO_URL && (
        <a class="button" href={`${env.DEMO_URL}/?campaign=${campaign.id}`} target="_blank" rel="noopener">
          Try in demo shop
        </a>
      )}
      <WholeAccount>
        <a class="button" href={`/reports?about=campaign:${campaign.id}`}>
          Share report
        </a>
      </WholeAccount>
      <a class="button" href={`/campaigns/${campaign.id}/install`}>
        Install
      </a>
    </>
  );
  return show(c, {
    title: campaign.name,
    section: "/campaigns",
    body: campaignBody(campaign, "", body, actions),
  });
});

const DAY = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
const dayOf = (day: string) => DAY.format(new Date(day));

overviewPage.get("/campaigns/:campaignId/analytics.csv", async (c) => {
  const id = campaignIdIn(c);
  const query = reportFor(OverviewQuery.parse(c.req.query()), c.var.ctx.now(), c.var.session.time_zone ?? UTC);
  const file = analyticsFile(await analytics(c.var.ctx, id, { ...query, compare: undefined }));
  return c.body(file, 200, csvHeaders(`analytics-${id}`));
});

const Leaders = ({ leaders }: Pick<Overview, "leaders">) => (
  <Card title="Top referrers">
    {leaders.length === 0 ? (
      <p class="quiet">No referrals or clicks yet.</p>
    ) : (
      <Table label="Top referrers" columns={["Participant", { number: "Friends" }, { number: "Clicks" }]}>
        {leaders.map(({ id, name, referral_count, click_count }) => (
          <tr>
            <td>
              <a href={`/participants/${id}`}>{name || `Participant ${id}`}</a>
            </td>
            <td class="number">{count(referral_count)}</td>
            <td class="number">{count(click_count)}</td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

const Timeline = ({ happenings }: Pick<Overview, "happenings">) => (
  <Card title="Recent activity">
    {happenings.length === 0 ? (
      <p class="quiet">Nothing yet. Signups and rewards appear here.</p>
    ) : (
      <ol class="happenings">
        {happenings.map((happening) => (
          <li class={happening.what}>
            <span>
              <a href={`/participants/${happening.participant_id}`}>{happening.name}</a> {said(happening)}
            </span>{" "}
            <span class="quiet">
              <Time at={happening.at} />
            </span>
          </li>
        ))}
      </ol>
    )}
  </Card>
);

const REWARDED = {
  fulfilled: "received a reward",
  pending: "earned a reward (pending)",
  revoked: "had a reward revoked",
} as const;

function said(happening: Happening) {
  if (happening.what === "signup") return happening.invited ? "joined through a friend" : "joined";
  return `${REWARDED[happening.status]}${happening.role === "invited" ? " for joining through a friend" : ""}`;
}

const Stock = ({ overview: { campaign, totals } }: { overview: Overview }) =>
  campaign.reward_type !== rewardKinds.coupon.id || totals.coupons_total === 0 ? null : (
    <Card title="Coupons" actions={<a href={`/campaigns/${campaign.id}/coupons`}>All codes</a>}>
      <p>
        <b>{count(totals.coupons_available)}</b> of {count(totals.coupons_total)} codes left.
      </p>
    </Card>
  );
