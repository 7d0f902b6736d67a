import type { ReportLinkRow } from "../../campaigns/reports/report-link";
import { shownDomain } from "../../lib/domain";
import type { Page } from "../../lib/html";
import { TopCampaigns } from "../ui/account-overview";
import { sheetOf } from "../ui/layout";
import { Days, Headlines, People } from "../ui/numbers";
import { Head, Time } from "../ui/parts";
import { Channels } from "../ui/sources";
import type { SharedQuery, sharedReport } from "./shared-report";

type Report = Awaited<ReturnType<typeof sharedReport>>;

/** A brand's or campaign's numbers, on a page to read or print. */
export function reportPage(link: ReportLinkRow, report: Report, query: SharedQuery, path: string): Page {
  const brand = shownDomain(link.brand_name);
  const title = link.campaign_name ?? brand;
  const { numbers, owed, channels, campaigns } = report;
  return sheetOf(
    title,
    <>
      <Head title={title} about={link.campaign_name ? `Referral program of ${brand}` : "Referral programs"} />
      <Headlines numbers={numbers} owed={owed} owedPath={null} />
      <Days numbers={numbers} query={query} path={path} isFixed />
      <People report={numbers.report} />
      {link.campaign_id === null && <TopCampaigns campaigns={campaigns} isLinked={false} />}
      <Channels channels={channels} />
      <p class="quiet">
        Shared until <Time at={link.expires_at} />. Numbers can be up to five minutes old.
      </p>
    </>,
  );
}
