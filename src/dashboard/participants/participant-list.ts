import { campaignHead } from "../../campaigns/campaign-head";
import type { Raw } from "../../lib/columns";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { PeopleQuery } from "./participant-forms";
import * as store from "./participant-list-store";

const PAGE = 50;

/** `next`: after whom to go on, null at the end. `isCut`: so many were looked at that the page may be short. */
export type Part = { rows: store.Listed[]; next: number | null; isCut: boolean };

/** The statements of a part of the list, for one batch, and how to read their results. */
export const partOf = (ctx: MemberCtx, query: PeopleQuery, size: number) =>
  [
    store.listed(ctx.db, ctx.actor.memberId, query, size + 1),
    store.stoppedAt(ctx.db, ctx.actor.memberId, query, size + 1),
  ] as const;

export function readPart(rows: Raw[], [stopped]: { id: number }[], size: number): Part {
  const shown = rows.slice(0, size).map(store.readListed);
  if (rows.length > size) return { rows: shown, next: shown.at(-1)?.id ?? null, isCut: false };
  return { rows: shown, next: stopped?.id ?? null, isCut: stopped !== undefined };
}

/** People of the account, with the campaigns that they can be looked for in and the kept totals. */
export async function people(ctx: MemberCtx, query: PeopleQuery) {
  const [rows, stopped, campaigns] = await ctx.db.batch([
    ...partOf(ctx, query, PAGE),
    store.campaignTotals(ctx.db, ctx.actor.memberId, undefined),
  ]);
  return { ...readPart(rows, stopped, PAGE), campaigns };
}

/** The same of one campaign, with its head. @throws 404 for a campaign that is not the member's. */
export async function peopleOfCampaign(ctx: MemberCtx, campaignId: number, query: PeopleQuery) {
  const [rows, stopped, campaigns, [head]] = await ctx.db.batch([
    ...partOf(ctx, { ...query, campaign_id: campaignId }, PAGE),
    store.campaignTotals(ctx.db, ctx.actor.memberId, campaignId),
    campaignHead(ctx, campaignId),
  ]);
  if (!head) throw notFound("campaign");
  return { ...readPart(rows, stopped, PAGE), campaigns, head };
}
