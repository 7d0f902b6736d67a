import { ownedCampaign } from "../campaigns/ownership";
import { toParticipant } from "../ledger/records/participant";
import type { Participant, ParticipantQuery } from "../ledger/records/participant-schema";
import type { MemberCtx } from "../lib/ctx";
import { notFound } from "../lib/errors";
import { nameSearch } from "../lib/name-search";
import { offset, type Since, type WalkPage } from "../lib/page";
import { updatesOf } from "../lib/updates";
import * as store from "./participant-search-store";
import { filteredCount, keptCount } from "./participant-store";

/** Whether a filter has no index. */
export const isSearched = ({ name, q, brand_id, signed_up_after, signed_up_before, metadata }: ParticipantQuery) =>
  [name, q, brand_id, signed_up_after, signed_up_before, metadata].some((value) => value !== undefined);

/** Examines a limited number of participants. The total counts the matches among them. */
export async function foundParticipants(ctx: MemberCtx, query: ParticipantQuery): Promise<WalkPage<Participant>> {
  const { memberId } = ctx.actor;
  const [looked, campaign] = await ctx.db.batch([
    store.looked(ctx.db, memberId, query),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  const isNamed = query.name === undefined ? () => true : nameSearch(query.name);
  const isMeant = query.q === undefined ? () => true : nameSearch(query.q);
  const part = query.q?.toLowerCase() ?? "";
  const found = looked
    .filter(
      ({ fits, name, email }) => fits && isNamed(name) && (isMeant(name) || (part !== "" && email?.includes(part))),
    )
    .map(({ id }) => id);
  const ids = found.slice(offset(query), offset(query) + query.limit);
  const [rows] = await ctx.db.batch([store.participantsIn(ctx.db, memberId, ids)]);
  return {
    rows: await Promise.all(rows.map((row) => toParticipant(ctx, row, row))),
    total: found.length,
    // On a full page, one may have been erased since.
    lastLooked:
      ids.length === query.limit ? ids.at(-1) : looked.length === store.LOOKED_MAX ? looked.at(-1)?.id : undefined,
  };
}

/** Added and changed participants, in order of change. @throws 404 for another member's campaign */
export async function updatedParticipants(
  ctx: MemberCtx,
  query: Since<ParticipantQuery>,
): Promise<WalkPage<Participant>> {
  const { memberId } = ctx.actor;
  const page = await updatesOf(ctx.db, { list: "participants", owner: memberId }, query, ["campaign_id", "status"]);
  const [looked, rows, [counted], campaign] = await ctx.db.batch([
    page.looked,
    store.updatedParticipants(ctx.db, memberId, query, page.rows),
    query.status ? filteredCount(ctx.db, memberId, query) : keptCount(ctx.db, memberId, query.campaign_id),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return {
    rows: await Promise.all(rows.map((row) => toParticipant(ctx, row, row))),
    total: counted?.total ?? 0,
    updates: page.after(looked, rows),
  };
}
