import { TICK } from "../../../drizzle/schema/webhooks";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { notFound } from "../../lib/errors";
import { eventOf, type ToldEvent } from "./body";
import type { Told } from "./delivery-store";
import { type EventQuery, LATEST } from "./event-log-schema";
import type { Look } from "./event-log-store";
import * as store from "./event-log-store";

/** Events are listed for this long. */
const KEPT_MS = 30 * DAY_MS;
/** How many events a page examines for each that it can return: with and without a filter. */
const [LOOKED_AT_PER_ROW, LOOKED_AT_PER_ROW_UNFILTERED] = [10, 2];

export type EventPage = {
  items: ToldEvent[];
  pagination: { after: number; before?: number; has_more: boolean; limit: number };
};

/** The start of the log. */
export const logSince = (now: Date) => new Date(now.getTime() - KEPT_MS);

/** @throws 404 for another member's campaign */
export async function events(ctx: MemberCtx, query: EventQuery): Promise<EventPage> {
  const look = lookFor(ctx, query, await beginningOf(ctx, query));
  return readLog(ctx, query, look, await ctx.db.batch(logQueries(ctx, query, look)));
}

/** What a query's page examines, after this number. */
export function lookFor(ctx: MemberCtx, { limit, type, campaign_id, order, before }: EventQuery, after: number): Look {
  const isFiltered = type !== undefined || campaign_id !== undefined;
  return {
    after,
    before: order === "desc" ? (before ?? Number.MAX_SAFE_INTEGER) : undefined,
    campaign_id,
    types: type,
    looked: limit * (isFiltered ? LOOKED_AT_PER_ROW : LOOKED_AT_PER_ROW_UNFILTERED),
    since: logSince(ctx.now()),
  };
}

/** The queries whose rows `readLog` reads. */
export const logQueries = ({ db, actor: { memberId } }: MemberCtx, { limit, campaign_id }: EventQuery, look: Look) =>
  [
    store.latest(db, memberId),
    store.eventsPage(db, memberId, look, limit + 1),
    store.lastLooked(db, memberId, look),
    store.campaignOf(db, memberId, campaign_id ?? 0),
  ] as const;

type LogRows = readonly [
  { sequence: number }[],
  (Told & { sequence: number })[],
  { sequence: number }[],
  { id: number | null }[],
];

/** @throws 404 for another member's campaign */
export async function readLog(
  ctx: MemberCtx,
  { limit, campaign_id, after }: EventQuery,
  look: Look,
  [[latest], rows, [stopped], [campaign]]: LogRows,
): Promise<EventPage> {
  if (campaign_id !== undefined && campaign?.id == null) throw notFound("campaign");
  const shown = rows.slice(0, limit);
  const items = await Promise.all(shown.map((row) => eventOf(ctx.env, row)));
  const isFull = rows.length > limit;
  const last = (isFull ? shown.at(-1) : (stopped ?? shown.at(-1)))?.sequence;
  const has_more = isFull || stopped !== undefined;
  const newest = latest?.sequence ?? 0;
  if (look.before !== undefined)
    return { items, pagination: { after: newest, before: last ?? look.before, has_more, limit } };
  return { items, pagination: { after: after === LATEST ? newest : (last ?? look.after), has_more, limit } };
}

/** The number that a page starts after. */
async function beginningOf({ db }: MemberCtx, { after, updated_since }: EventQuery) {
  if (after === LATEST) return Number.MAX_SAFE_INTEGER;
  if (!updated_since) return after ?? 0;
  const [[clock]] = await db.batch([store.clockAt(db, updated_since)]);
  return Math.max(after ?? 0, (clock?.id ?? 0) * TICK);
}

/** @throws 404 if the event is another member's, or has no body */
export async function eventById(ctx: MemberCtx, id: string): Promise<ToldEvent> {
  const [[row]] = await ctx.db.batch([store.eventById(ctx.db, ctx.actor.memberId, id)]);
  return readEvent(ctx, row);
}

/** The event in a `store.eventById` row. @throws 404 if there is none, or it is older than the log */
export function readEvent(ctx: MemberCtx, row: (Told & { date: Date }) | undefined): Promise<ToldEvent> {
  if (!row || row.date < logSince(ctx.now())) throw notFound("event");
  return eventOf(ctx.env, row);
}
