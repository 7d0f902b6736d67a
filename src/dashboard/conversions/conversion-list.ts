import { campaignHead } from "../../campaigns/campaign-head";
import { ownedCampaign } from "../../campaigns/ownership";
import { readRules, ruleQueries } from "../../campaigns/rules/rule";
import { currencyOf } from "../../campaigns/rules/rule-store";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { detailQueries, readDetails } from "../../participants/conversions/conversion";
import { viewsOf } from "../views/view";
import type { ConversionFilter } from "./conversion-forms";
import * as store from "./conversion-list-store";

const PAGE = 50;

export type ListedConversion = Awaited<ReturnType<typeof store.listed>>[number];
export type ConversionList = Awaited<ReturnType<typeof conversionList>>;

/**
 * A page of a campaign's conversions. `next` is the one to continue after, null at the end. `isCut`: the page may be
 * short, because the walk reached its limit. Sorted by amount, it has only the newest conversions then.
 * @throws 404
 */
export async function conversionList(ctx: MemberCtx, campaignId: number, filter: ConversionFilter) {
  const { db, actor } = ctx;
  const [[head], rows, stopped, events, views] = await db.batch([
    campaignHead(ctx, campaignId),
    ...partOf(ctx, campaignId, filter, PAGE),
    store.eventsOf(db, actor.memberId, campaignId),
    viewsOf(ctx, "conversions"),
  ]);
  if (!head) throw notFound("campaign");
  return { head, ...readPart(rows, stopped, PAGE, filter), events: events.map((e) => e.name), views };
}

/** The statements for a part of the list, to run in one batch and read with `readPart`. */
const partOf = ({ db, actor: { memberId } }: MemberCtx, campaignId: number, filter: ConversionFilter, size: number) =>
  [
    store.listed(db, memberId, campaignId, filter, size + 1),
    store.stoppedAt(db, memberId, campaignId, filter, size + 1),
  ] as const;

function readPart(rows: ListedConversion[], [stopped]: { id: number }[], size: number, filter: ConversionFilter) {
  const isFull = rows.length > size;
  const shown = rows.slice(0, size);
  const isSorted = store.isByAmount(filter);
  const next = (isFull ? shown.at(-1)?.id : isSorted ? null : stopped?.id) ?? null;
  return { rows: shown, next, isCut: (isSorted || !isFull) && stopped !== undefined };
}

const SLICE = 1000;

/** A campaign's conversions after the one with the ID `after`, newest first, for a file. @throws 404 */
export async function conversionSlice(
  ctx: MemberCtx,
  campaignId: number,
  shown: ConversionFilter,
  after: number | undefined,
) {
  const filter = { ...shown, sort: undefined, after };
  const [campaign, rows, stopped] = await ctx.db.batch([
    ownedCampaign(ctx, campaignId),
    ...partOf(ctx, campaignId, filter, SLICE),
  ]);
  if (campaign.length === 0) throw notFound("campaign");
  return readPart(rows, stopped, SLICE, filter);
}

export type ConversionPage = Awaited<ReturnType<typeof conversionPage>>;

/**
 * Everything on a conversion's page.
 * @throws 404 if it does not belong to this campaign, or the campaign is not the member's
 */
export async function conversionPage(ctx: MemberCtx, campaignId: number, id: number) {
  const [[head], [people], classic, ruleRows, row, rewards, refunds] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.peopleOf(ctx.db, ctx.actor.memberId, id),
    ...ruleQueries(ctx, campaignId),
    ...detailQueries(ctx, id),
  ]);
  if (!head) throw notFound("campaign");
  const details = readDetails(row, rewards, refunds);
  if (details.conversion.campaign_id !== campaignId || !people) throw notFound("conversion");
  return { head, people, rules: readRules(classic, ruleRows), currency: classic[0]?.currency ?? "", ...details };
}

/** What the form for a new conversion shows. @throws 404 */
export async function recordPlan(ctx: MemberCtx, campaignId: number) {
  const [[head], [money]] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    currencyOf(ctx.db, ctx.actor.memberId, campaignId),
  ]);
  if (!head || !money) throw notFound("campaign");
  return { head, currency: money.currency };
}
