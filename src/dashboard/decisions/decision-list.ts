import { z } from "zod";
import { campaignHead } from "../../campaigns/campaign-head";
import { type AnyCode, allCodes } from "../../ledger/records/decision-codes";
import { eventIdAt } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";
import { toDecision } from "../../participants/decisions/decision";
import { OUTCOMES } from "../../participants/decisions/decision-schema";
import { decisionsPage, lastLooked, ownParticipant } from "../../participants/decisions/decision-store";
import { viewsOf } from "../views/view";

const PAGE = 50;
/** Per decision on a page: how many decisions it reads to find matches, and how many events it searches for them. */
const [READ, LOOKED] = [2, 4];

/** Ignores invalid query parameters. */
const maybe = <S extends z.ZodType>(schema: S) => filter(schema).catch(undefined);
const Day = z.iso.date();
const CODES = Object.keys(allCodes) as [AnyCode, ...AnyCode[]];

/** Days are in UTC. `before` is the last decision on the previous page. */
export const DecisionFilter = z.object({
  outcome: maybe(z.enum(OUTCOMES)),
  code: maybe(z.enum(CODES)),
  participant_id: maybe(Id),
  from: maybe(Day),
  to: maybe(Day),
  before: maybe(z.string().regex(/^evt_[0-9a-f]{12}[0-9a-z_]{0,100}$/)),
  view: maybe(Id),
});
export type DecisionFilter = z.infer<typeof DecisionFilter>;

export type DecisionList = Awaited<ReturnType<typeof decisionList>>;
export type ListedDecision = DecisionList["rows"][number];

/** A purchase that earned through one rule may have reached another rule's limit. */
const leadsTo =
  (outcome: NonNullable<DecisionFilter["outcome"]>) =>
  ({ code }: { code: string }) =>
    Object.hasOwn(allCodes, code) && allCodes[code as AnyCode].outcome === outcome;

/** The walk for a filter: from the end of its last day, or after the previous page, back to its first day. */
const walkOf = ({ from, to, before }: DecisionFilter, size: number) => ({
  before: before ?? (to && eventIdAt(new Date(Date.parse(to) + DAY_MS))),
  since: from && eventIdAt(new Date(Date.parse(from))),
  looked: LOOKED * size,
});

/**
 * A page of a campaign's decisions, newest first, or of everything about a participant. `next` is the key to continue
 * before, null at the end. `isCut`: the page may be short, because the search reached its limit.
 * @throws 404
 */
export async function decisionList(ctx: MemberCtx, campaignId: number, filter: DecisionFilter, size = PAGE) {
  const { memberId } = ctx.actor;
  const scope = { campaign_id: campaignId, participant_id: filter.participant_id };
  const [walk, most] = [walkOf(filter, size), READ * size];
  const [[head], participant, read, [last], views] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    ownParticipant(ctx.db, memberId, scope),
    decisionsPage(ctx.db, memberId, scope, walk, most),
    lastLooked(ctx.db, memberId, scope, walk),
    viewsOf(ctx, "decisions"),
  ]);
  if (!head) throw notFound("campaign");
  if (filter.participant_id !== undefined && participant.length === 0) throw notFound("participant");
  const found = read.slice(0, most).map(({ key, name, email, order_id, ...row }) => ({
    ...toDecision({ key, name, email, order_id, ...row }),
    key,
    person: { name, email },
    order_id,
    type: row.type,
  }));
  const matching = found.filter(
    ({ outcome, reasons }) =>
      (filter.outcome === undefined || outcome === filter.outcome || reasons.some(leadsTo(filter.outcome))) &&
      (filter.code === undefined || reasons.some(({ code }) => code === filter.code)),
  );
  const rows = matching.slice(0, size);
  const isFull = matching.length > size;
  const searched = read.length > most ? (found.at(-1)?.key ?? null) : (last?.id ?? null);
  return {
    head,
    views,
    rows,
    next: isFull ? (rows.at(-1)?.key ?? null) : searched,
    isCut: !isFull && searched !== null,
  };
}
