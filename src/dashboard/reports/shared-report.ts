import type { ReportLinkRow } from "../../campaigns/reports/report-link";
import type { MemberCtx } from "../../lib/ctx";
import { utcDay } from "../../lib/day";
import { cachedValue } from "../../lib/edge";
import { accountQueries, asAccountOverview } from "../ui/account-numbers";
import { OverviewQuery } from "../ui/period";

/** Anyone with a link can open it any number of times, and a year of a large account is many rows. */
const KEPT_SECONDS = 300;

/** A request, as the cached copies see it. */
type Request = Parameters<typeof cachedValue>[0];

/** The choices for a report by link: only the latest days, so there are few cached copies. */
export const SharedQuery = OverviewQuery.omit({ from: true, to: true });
export type SharedQuery = ReturnType<typeof SharedQuery.parse>;

/** The numbers behind a link. They name no participants and are at most five minutes old. */
export async function sharedReport(c: Request, link: ReportLinkRow, query: SharedQuery) {
  const { ctx } = c.var;
  const theirs: MemberCtx = { ...ctx, actor: { kind: "member", memberId: link.member_id, keyHash: null } };
  const about = { brandId: link.brand_id ?? undefined, campaignId: link.campaign_id ?? undefined };
  const key = `report/4/${link.id}/${link.date_added.getTime()}/${utcDay(ctx.now())}/${query.days}`;
  const { value } = await cachedValue(
    c,
    key,
    KEPT_SECONDS,
    async () => {
      const [days, campaigns, , owed] = await ctx.db.batch([...accountQueries(theirs, query, about)]);
      return asAccountOverview(theirs, query, [days, campaigns, [], owed]);
    },
    { isForAll: true },
  );
  return value;
}
