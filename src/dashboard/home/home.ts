import { type BrandChoice, brandChoices } from "../../campaigns/brand-choice";
import type { MemberCtx } from "../../lib/ctx";
import { type AccountOverview, accountQueries, asAccountOverview } from "../ui/account-numbers";
import type { OverviewQuery } from "../ui/period";
import * as store from "./home-store";

export type Newest = Awaited<ReturnType<typeof store.newestParticipants>>[number];

/** Something that needs attention, and where it is. */
export type Concern =
  | { kind: "coupons_out"; campaign: Named; waiting: number; is_new: boolean }
  | { kind: "coupons_low"; campaign: Named; available: number }
  | { kind: "owed" | "in_review"; campaign: Named }
  | { kind: "webhook_off" | "webhook_failing"; id: number; host: string };
type Named = { id: number; name: string; brand_id: number };

export type Totals = Omit<store.Totals, "coupons" | "owed" | "in_review">;
type Home = {
  totals: Totals;
  overview: AccountOverview;
  brands: BrandChoice[];
  newest: Newest[];
  concerns: Concern[];
};

const [NEWEST_SHOWN, WEBHOOKS_SHOWN] = [10, 10];
const NONE = {
  total_brands: 0,
  total_campaigns: 0,
  newest_campaign: null,
  total_participants: 0,
  total_shares: 0,
  total_clicks: 0,
  total_impressions: 0,
  coupons: "[]",
  owed: "[]",
  in_review: "[]",
};

/** What the home page shows, in one round trip. */
export async function home(ctx: MemberCtx, query: OverviewQuery, brandId: number | undefined): Promise<Home> {
  const { memberId } = ctx.actor;
  const [[found = NONE], webhooks, newest, brands, ...numbers] = await ctx.db.batch([
    store.totals(ctx.db, memberId),
    store.troubledWebhooks(ctx.db, memberId, WEBHOOKS_SHOWN),
    store.newestParticipants(ctx.db, memberId, NEWEST_SHOWN),
    brandChoices(ctx),
    ...accountQueries(ctx, query, { brandId }),
  ]);
  const { coupons, owed, in_review, ...totals } = found;
  const concerns = [
    ...couponConcerns(coupons),
    ...webhooks.map(webhookConcern),
    ...named("in_review", in_review),
    ...named("owed", owed),
  ];
  const overview = asAccountOverview(ctx, query, numbers);
  return { totals, overview, brands, newest, concerns: concerns.sort(byUrgency) };
}

const URGENCY = ["webhook_off", "coupons_out", "webhook_failing", "coupons_low", "in_review", "owed"];

/** Problems that affect participants now come before future ones. */
const byUrgency = (a: Concern, b: Concern) => urgency(a) - urgency(b);
const urgency = (concern: Concern) =>
  concern.kind === "coupons_out" && concern.waiting === 0 ? URGENCY.length : URGENCY.indexOf(concern.kind);

type CouponRow = Named & { available: number; total: number; waiting: number };

const couponConcerns = (json: string): Concern[] =>
  (JSON.parse(json) as CouponRow[]).map(({ available, total, waiting, ...campaign }) =>
    available > 0
      ? { kind: "coupons_low", campaign, available }
      : { kind: "coupons_out", campaign, waiting, is_new: total === 0 },
  );

const named = (kind: "owed" | "in_review", json: string): Concern[] =>
  (JSON.parse(json) as Named[]).map((campaign) => ({ kind, campaign }));

const webhookConcern = ({ id, link, status }: { id: number; link: string; status: string }): Concern => ({
  kind: status === "disabled" ? "webhook_off" : "webhook_failing",
  id,
  host: URL.parse(link)?.host ?? link,
});
