import type { Child } from "hono/jsx";
import type { PageContext } from "../../auth/page-session";
import type { CampaignHead } from "../../campaigns/campaign-head";
import { CampaignParam } from "../../campaigns/campaign-param";
import type { CampaignStatus } from "../../ledger/records/lifecycle";
import { shownDomain } from "../../lib/domain";
import { notFound } from "../../lib/errors";
import { Badge, Head, Tabs } from "./parts";

const TABS = [
  ["", "Overview"],
  ["/participants", "Participants"],
  ["/waitlist", "Waitlist"],
  ["/rewards", "Rewards"],
  ["/rules", "Rules"],
  ["/conversions", "Conversions"],
  ["/decisions", "Decisions"],
  ["/lander", "Landing page"],
  ["/widget", "Widget"],
  ["/mail", "Emails"],
  ["/contest", "Contest"],
  ["/install", "Install"],
  ["/settings", "Settings"],
] as const;
type CampaignTab = (typeof TABS)[number][0];

/** The campaign ID in a page's path (`/campaigns/:campaignId…`). @throws 404 if the ID is invalid */
export function campaignIdIn(c: PageContext): number {
  const param = CampaignParam.safeParse(c.req.param());
  if (!param.success) throw notFound("campaign");
  return param.data.campaignId;
}

/** A campaign's page, with its head and tabs. `actions` appear next to the campaign's name. */
export const campaignBody = (campaign: CampaignHead, at: CampaignTab, body: Child, actions?: Child) => (
  <>
    <Head
      title={campaign.name}
      crumbs={[["/campaigns", "Campaigns"]]}
      about={
        <>
          <a href={`/campaigns?brand_id=${campaign.brand_id}`}>{shownDomain(campaign.brand_name)}</a>{" "}
          <StatusBadge status={campaign.status} /> <PublishBadge publish={campaign.publish} />
        </>
      }
    >
      {actions}
    </Head>
    <Tabs
      label="Campaign"
      tabs={TABS.filter(([path]) => path !== "/waitlist" || campaign.waitlist_enabled).map(
        ([path, label]) => [`/campaigns/${campaign.id}${path}`, label] as const,
      )}
      at={`/campaigns/${campaign.id}${at}`}
    />
    {body}
  </>
);

export const statusNames: Record<CampaignStatus, string> = {
  draft: "Draft",
  scheduled: "Scheduled",
  live: "Live",
  paused: "Paused",
  ended: "Ended",
  archived: "Archived",
};
const TONES = { live: "good", paused: "warn", scheduled: "warn" } as const;

export const StatusBadge = ({ status }: { status: CampaignStatus }) => (
  <Badge tone={status in TONES ? TONES[status as keyof typeof TONES] : "plain"}>{statusNames[status]}</Badge>
);

export const PublishBadge = ({ publish }: Pick<CampaignHead, "publish">) => (
  <Badge tone={publish === "public" ? "good" : "plain"}>{publish === "public" ? "Public" : "Private"}</Badge>
);
