import type { ReportLinkRow } from "../../campaigns/reports/report-link";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { accountQueries, asAccountOverview } from "../ui/account-numbers";
import type { OverviewQuery } from "../ui/period";

/** The numbers behind a link. They name no participant. */
export async function sharedReport(ctx: Ctx, link: ReportLinkRow, query: OverviewQuery) {
  const theirs: MemberCtx = { ...ctx, actor: { kind: "member", memberId: link.member_id, keyHash: null } };
  const about = { brandId: link.brand_id ?? undefined, campaignId: link.campaign_id ?? undefined };
  const results = await ctx.db.batch([...accountQueries(theirs, query, about)]);
  const { leaders: _, ...overview } = asAccountOverview(theirs, query, results);
  return overview;
}
