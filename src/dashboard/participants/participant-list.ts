import { campaignHead } from "../../campaigns/campaign-head";
import type { Raw } from "../../lib/columns";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { nameSearch } from "../../lib/name-search";
import { viewsOf } from "../views/view";
import type { PeopleQuery } from "./participant-forms";
import * as store from "./participant-list-store";

const PAGE = 50;

/**
 * `next`: the ID to continue after, null at the end. `isCut`: the page may be short, because the walk reached its
 * limit.
 */
export type Part = { rows: store.Listed[]; next: number | null; isCut: boolean };

/**
 * The statements for one page, to run in one batch and read with `readPart`. Names are compared here, because SQLite
 * cannot fold accents.
 */
export async function partOf(ctx: MemberCtx, filters: PeopleQuery, size: number) {
  const { memberId, brandIds: seen } = ctx.actor;
  const query = { ...filters, seen };
  if (query.name === undefined)
    return [
      store.listed(ctx.db, memberId, query, size + 1),
      store.stoppedAt(ctx.db, memberId, query, size + 1),
    ] as const;
  const [looked] = await ctx.db.batch([store.namesLooked(ctx.db, memberId, query)]);
  const isNamed = nameSearch(query.name);
  const found = looked.filter(({ name }) => isNamed(name)).map(({ id }) => id);
  const isCut = found.length <= size && looked.length === store.lookedMax(query);
  return [
    store.listedIn(ctx.db, memberId, found.slice(0, size + 1)),
    store.knownStop(ctx.db, isCut ? looked.at(-1)?.id : undefined),
  ] as const;
}

export function readPart(rows: Raw[], [stopped]: { id: number }[], size: number): Part {
  const shown = rows.slice(0, size).map(store.readListed);
  if (rows.length > size) return { rows: shown, next: shown.at(-1)?.id ?? null, isCut: false };
  return { rows: shown, next: stopped?.id ?? null, isCut: stopped !== undefined };
}

/** A page of the account's participants, with the campaigns to filter by and their stored totals. */
export async function people(ctx: MemberCtx, query: PeopleQuery) {
  const [rows, stopped, campaigns, views] = await ctx.db.batch([
    ...(await partOf(ctx, query, PAGE)),
    store.campaignTotals(ctx.db, ctx.actor.memberId, undefined, ctx.actor.brandIds),
    viewsOf(ctx, "participants"),
  ]);
  return { ...readPart(rows, stopped, PAGE), campaigns, views };
}

/** Like `people`, for one campaign and including its head. @throws 404 if the campaign is not the member's */
export async function peopleOfCampaign(ctx: MemberCtx, campaignId: number, query: PeopleQuery) {
  const [rows, stopped, campaigns, [head], views] = await ctx.db.batch([
    ...(await partOf(ctx, { ...query, campaign_id: campaignId }, PAGE)),
    store.campaignTotals(ctx.db, ctx.actor.memberId, campaignId),
    campaignHead(ctx, campaignId),
    viewsOf(ctx, "campaign_participants"),
  ]);
  if (!head) throw notFound("campaign");
  return { ...readPart(rows, stopped, PAGE), campaigns, head, views };
}
