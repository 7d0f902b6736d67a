import type { z } from "zod";
import { ownedCampaign } from "../../campaigns/ownership";
import { Participant, ParticipantQuery } from "../../ledger/records/participant-schema";
import { Reward, RewardQuery } from "../../ledger/records/reward-schema";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import { invalid, notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { filter, type PageQuery, type Pagination, type WalkPage, walkPagination } from "../../lib/page";
import { conversions } from "../../participants/conversions/conversion";
import { Conversion, ConversionQuery } from "../../participants/conversions/conversion-schema";
import { coupons } from "../../participants/coupons/coupon";
import { Coupon, CouponQuery } from "../../participants/coupons/coupon-schema";
import { participants } from "../../participants/participant-records";
import { rewards } from "../../participants/rewards/reward-list";
import * as store from "./export-request-store";
import type { Export, NewExport } from "./export-schema";

const KEPT_MS = 7 * DAY_MS;
const DROPPED_MAX = 200;
/** Rows of a list that are in memory at a time. */
const SLICE = 500;

const NEEDS_CAMPAIGN = "must have a `campaign_id` for coupons";

const CouponsOf = CouponQuery.extend({ campaign_id: filter(Id) });

type List = {
  query: z.ZodObject;
  /** The schema of a row in the API's response. */
  row: z.ZodType;
  read: (ctx: MemberCtx, query: never) => Promise<WalkPage<{ id: number }>>;
};

/** The lists of the API that can be exported, with their own filters. */
const lists = {
  participants: { query: ParticipantQuery, row: Participant, read: participants },
  rewards: { query: RewardQuery, row: Reward, read: rewards },
  conversions: { query: ConversionQuery, row: Conversion, read: conversions },
  coupons: {
    query: CouponsOf,
    row: Coupon,
    read: async (ctx, { campaign_id, ...query }: z.infer<typeof CouponsOf>) => {
      if (campaign_id === undefined) throw invalid("filters", NEEDS_CAMPAIGN);
      const { rows, found } = await coupons(ctx, campaign_id, query);
      return { rows, total: found };
    },
  },
} satisfies Record<NewExport["kind"], List>;

/** These page through a list; they are not filters. */
const OWN = ["page", "limit", "after", "updated_since"];

/** The query of the list's next slice. @throws 400 for filters that the list does not support */
function queryOf({ kind, filters }: Pick<NewExport, "kind" | "filters">, after: number) {
  const { query } = lists[kind];
  const known = Object.keys(query.shape).filter((name) => !OWN.includes(name));
  const unknown = Object.keys(filters).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid("filters", `has no \`${unknown}\`; use ${known.join(", ")}`);
  const texts = Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)]));
  const read = query.safeParse(texts);
  const issue = read.error?.issues[0];
  if (!read.success) throw invalid(`filters.${issue?.path.join(".") ?? ""}`, issue?.message ?? "is invalid");
  return { ...read.data, page: 1, limit: SLICE, after };
}

/** The list's next rows, and the ID of the row to continue after. */
async function slice(ctx: MemberCtx, of: Pick<NewExport, "kind" | "filters">, after: number) {
  const query = queryOf(of, after);
  const read = lists[of.kind].read as (ctx: MemberCtx, sent: object) => Promise<WalkPage<{ id: number }>>;
  const page = await read(ctx, query);
  const pagination: Partial<Pagination> = walkPagination(query, page);
  const rows = page.rows.map((row) => lists[of.kind].row.parse(row) as object);
  return { rows, next: pagination.next_after ?? null };
}

const since = ({ now }: Pick<MemberCtx, "now">) => new Date(now().getTime() - KEPT_MS);

/**
 * Records an export. Each download generates the file again.
 * @throws 400 for filters that the list does not support, 404 for another member's campaign
 */
export async function createExport(ctx: MemberCtx, sent: NewExport): Promise<Export> {
  const { campaign_id } = { campaign_id: undefined, ...queryOf(sent, 0) };
  if (sent.kind === "coupons" && campaign_id === undefined) throw invalid("filters", NEEDS_CAMPAIGN);
  const [campaign] = await ctx.db.batch([ownedCampaign(ctx, Number(campaign_id ?? 0))]);
  if (campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  const row = { ...sent, member_id: ctx.actor.memberId, date_added: ctx.now() };
  const [[made]] = await commit(ctx, store.insertExport(ctx.db, row));
  if (!made) throw notFound("export");
  return toExport(ctx, made);
}

/** @throws 404 */
export async function exportOf(ctx: MemberCtx, id: number): Promise<Export> {
  return toExport(ctx, await storedExport(ctx, id));
}

/** Newest first. */
export async function exportList(ctx: MemberCtx, page: PageQuery) {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.exportsPage(ctx.db, memberId, since(ctx), page),
    store.exportCount(ctx.db, memberId, since(ctx)),
  ]);
  return { rows: rows.map((row) => toExport(ctx, row)), total: counted?.total ?? 0 };
}

/**
 * The export's format, and its rows in slices. The first slice is read right away, so a failure can still return an
 * error. @throws 404
 */
export async function exportFile(ctx: MemberCtx, id: number) {
  const row = await storedExport(ctx, id);
  const first = await slice(ctx, row, 0);
  async function* slices() {
    for (let at = first; ; at = await slice(ctx, row, at.next ?? 0)) {
      yield at.rows;
      if (at.next === null) return;
    }
  }
  return { kind: row.kind, format: row.format, slices: slices() };
}

async function storedExport(ctx: MemberCtx, id: number) {
  const [[row]] = await ctx.db.batch([store.exportById(ctx.db, ctx.actor.memberId, id, since(ctx))]);
  if (!row) throw notFound("export");
  return row;
}

const toExport = ({ origin }: Pick<MemberCtx, "origin">, { member_id, ...row }: store.ExportRow): Export => ({
  ...row,
  status: "ready",
  file_url: `${origin}/api/v1/exports/${row.id}/file`,
  expires_at: new Date(row.date_added.getTime() + KEPT_MS),
});

export const dropOldExports = (ctx: JobCtx) => ctx.db.batch([store.dropExports(ctx.db, since(ctx), DROPPED_MAX)]);
