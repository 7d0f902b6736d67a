import type { RewardRow } from "../../../drizzle/schema";
import { brands } from "../../campaigns/brands/brand";
import { campaignDetails } from "../../campaigns/campaign/campaign";
import { withMoney } from "../../ledger/records/earned-reward";
import type { MemberCtx } from "../../lib/ctx";
import { webhooks } from "../../outbox/webhooks/webhook";
import * as store from "./export-store";

/** Rows per slice. At most one slice is in memory at a time. */
const SLICE = 1000;
const PAGE = 100;
/** Campaigns per batch. Each takes several statements to read all its settings. */
const AT_ONCE = 16;

type Slices = AsyncGenerator<object[]>;

/**
 * An account's data as one JSON document, in chunks of text. Each slice is read after the previous one was consumed.
 */
export async function* accountDocument(ctx: MemberCtx, account: object): AsyncGenerator<string> {
  yield `{"exported_at":${JSON.stringify(ctx.now())},"account":${JSON.stringify(account)}`;
  const lists: Record<string, (ctx: MemberCtx) => Slices> = {
    brands: allBrands,
    campaigns: allCampaigns,
    participants: allParticipants,
    rewards: allRewards,
    coupons: allCoupons,
    webhooks: allWebhooks,
    saved_views: allViews,
  };
  for (const [name, slices] of Object.entries(lists)) {
    yield `,\n"${name}":[`;
    let comma = "";
    for await (const rows of slices(ctx)) {
      yield comma + rows.map((row) => JSON.stringify(row)).join(",\n");
      comma = ",\n";
    }
    yield "]";
  }
  yield "}\n";
}

async function* pages(read: (page: number) => Promise<object[]>): Slices {
  for (let page = 1; ; page++) {
    const rows = await read(page);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
  }
}

const allBrands = (ctx: MemberCtx) => pages(async (page) => (await brands(ctx, { page, limit: PAGE })).rows);
const allWebhooks = (ctx: MemberCtx) => pages(async (page) => (await webhooks(ctx, { page, limit: PAGE })).rows);

/** The account's shared views and the person's own. */
async function* allViews(ctx: MemberCtx): Slices {
  const { memberId, personId } = ctx.actor;
  const [rows] = await ctx.db.batch([store.viewsOf(ctx.db, memberId, personId ?? memberId)]);
  if (rows.length > 0) yield rows;
}

/** Slices of rows. Each read starts after the last row of the previous one. */
async function* slicesOf<R extends object>(
  read: (last: R | undefined) => Promise<R[]>,
  shown: (row: R) => object = (row) => row,
): Slices {
  let last: R | undefined;
  for (;;) {
    const rows = await read(last);
    if (rows.length > 0) yield rows.map(shown);
    if (rows.length < SLICE) return;
    last = rows.at(-1);
  }
}

/** Includes each campaign's settings. */
async function* allCampaigns(ctx: MemberCtx): Slices {
  for (let after = 0; ; ) {
    const [rows] = await ctx.db.batch([store.campaignsAfter(ctx.db, ctx.actor.memberId, after, SLICE)]);
    for (let i = 0; i < rows.length; i += AT_ONCE) {
      const ids = rows.slice(i, i + AT_ONCE).map(({ id }) => id);
      const details = await campaignDetails(ctx, ids);
      if (details.length > 0) yield details;
    }
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < SLICE) return;
  }
}

const allParticipants = (ctx: MemberCtx) =>
  slicesOf<{ id: number }>(async (last) => {
    const [rows] = await ctx.db.batch([store.participantsAfter(ctx.db, ctx.actor.memberId, last?.id ?? 0, SLICE)]);
    return rows;
  });

const allRewards = (ctx: MemberCtx) =>
  slicesOf<RewardRow>(async (last) => {
    const from = last?.date_earned ?? new Date(0);
    const [rows] = await ctx.db.batch([store.rewardsAfter(ctx.db, ctx.actor.memberId, from, last?.id ?? 0, SLICE)]);
    return rows;
  }, withMoney);

const allCoupons = (ctx: MemberCtx) =>
  slicesOf<{ id: number; campaign_id: number; date_assigned: number | null; valid_until: number | null }>(
    async (last) => {
      const { memberId } = ctx.actor;
      const [rows] = await ctx.db.batch([
        store.couponsAfter(ctx.db, memberId, last?.campaign_id ?? 0, last?.id ?? 0, SLICE),
      ]);
      return rows;
    },
    (coupon) => ({
      ...coupon,
      date_assigned: coupon.date_assigned === null ? null : new Date(coupon.date_assigned),
      valid_until: coupon.valid_until === null ? null : new Date(coupon.valid_until),
    }),
  );
