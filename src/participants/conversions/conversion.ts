import type { ConversionRow, RefundRow, RewardRow } from "../../../drizzle/schema";
import { ownedCampaign } from "../../campaigns/ownership";
import { askLedger } from "../../ledger/client";
import { reasonOf } from "../../ledger/records/decision-codes";
import { toReward } from "../../ledger/records/earned-reward";
import { requestedBy } from "../../ledger/records/item";
import type { Converted } from "../../ledger/sales/conversions";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { invalid, notFound } from "../../lib/errors";
import { COUNT_LIMIT, type Since, type WalkPage } from "../../lib/page";
import { updatesOf } from "../../lib/updates";
import { codeOf } from "../aliases/alias";
import { creditsOf } from "../credit";
import type {
  Conversion,
  ConversionDetails,
  ConversionQuery,
  Decision,
  NewConversion,
  RefundOut,
} from "./conversion-schema";
import * as store from "./conversion-store";

/**
 * Accept no dates further in the future than a wrong clock explains, or before the year 2000. A wrong first date would
 * end every later reward that is limited to N months.
 */
const [AHEAD_MAX_MS, EARLIEST] = [DAY_MS, Date.UTC(2000)];

/**
 * Records a conversion: one call to the campaign's ledger, which applies the rules in one transaction. A conversion
 * that was already recorded changes nothing. `ignored` contains the code if it did not determine the referrer.
 * @throws 404 for another member's campaign or an unknown participant, 400 `bad_code` or for an impossible date, 409 if
 * it was recorded with a different amount
 */
export async function convert(ctx: MemberCtx, sent: NewConversion & { paid?: number }) {
  const now = ctx.now();
  const occurredAt = (sent.occurred_at ?? now).getTime();
  if (occurredAt < EARLIEST || occurredAt > now.getTime() + AHEAD_MAX_MS)
    throw invalid("occurred_at", "must be between the year 2000 and tomorrow");
  const item = {
    kind: "conversion" as const,
    id: ctx.requestEvent,
    at: now.getTime(),
    origin: ctx.origin,
    ...requestedBy(ctx.actor),
    participant_id: sent.participant_id ?? null,
    external_id: sent.external_id ?? null,
    email: sent.email ?? null,
    ...(await mailboxOf(ctx, sent)),
    referrer_id: await referrerOf(ctx, sent),
    checkout_key: sent.checkout_code ?? null,
    event_name: sent.event_name,
    key: sent.conversion_id,
    amount: sent.amount,
    ...(sent.paid !== undefined && { paid: sent.paid }),
    currency: sent.currency ?? null,
    occurred_at: occurredAt,
    metadata: sent.metadata ? JSON.stringify(sent.metadata) : null,
  };
  const { conversion, rewards, is_duplicate }: Converted = await askLedger(ctx, sent.campaign_id, (ledger) =>
    ledger.convert(item),
  );
  return { ...detailsOf(conversion, rewards), duplicate: is_duplicate, ignored: unusedCode(sent, conversion) };
}

/** The code, unless it determined the referrer: the buyer may have another one, or nobody has this code. */
function unusedCode({ referral_code, checkout_code }: NewConversion, { attributed_by }: ConversionRow) {
  if (checkout_code && attributed_by !== "checkout_code") return ["checkout_code"];
  return referral_code && attributed_by === "participant" ? ["referral_code"] : [];
}

/**
 * The mailbox hash that identifies a buyer with a code who is not a participant, and a referrer who buys with their own
 * code.
 */
async function mailboxOf(ctx: MemberCtx, { campaign_id, email, referral_code, checkout_code }: NewConversion) {
  if (!email || !(referral_code || checkout_code)) return {};
  return creditsOf(ctx.env, campaign_id, email);
}

/** The participant of a code. Another campaign's code belongs to nobody here. */
async function referrerOf(ctx: MemberCtx, { campaign_id, referral_code }: NewConversion) {
  if (!referral_code) return null;
  const referral = await codeOf(ctx, referral_code, campaign_id);
  if (referral.campaign_id !== campaign_id) throw notFound("participant");
  return referral.participant_id;
}

/** The queries behind a conversion's details, for a caller's own batch. `readDetails` reads their results. */
export const detailQueries = (ctx: MemberCtx, id: number) =>
  [
    store.conversionById(ctx.db, ctx.actor.memberId, id),
    store.rewardsOfConversion(ctx.db, ctx.actor.memberId, id),
    store.refundsOf(ctx.db, ctx.actor.memberId, id),
  ] as const;

/** @throws 404 */
export function readDetails([row]: ConversionRow[], rewards: RewardRow[], refunds: RefundRow[]): ConversionDetails {
  if (!row) throw notFound("conversion");
  return { ...detailsOf(row, rewards), refunds: refunds.map(toRefund) };
}

/** @throws 404 */
export async function conversionDetails(ctx: MemberCtx, id: number): Promise<ConversionDetails> {
  return readDetails(...(await ctx.db.batch([...detailQueries(ctx, id)])));
}

/** @throws 404 for another member's campaign */
export async function conversions(ctx: MemberCtx, query: ConversionQuery): Promise<WalkPage<Conversion>> {
  const { memberId } = ctx.actor;
  const { updated_since } = query;
  if (updated_since) return updatedConversions(ctx, { ...query, updated_since });
  const isKept = query.participant_id === undefined && query.event_name === undefined;
  const [campaign, rows, [counted], [last]] = await ctx.db.batch([
    ownedCampaign(ctx, query.campaign_id ?? 0),
    store.conversionsPage(ctx.db, memberId, query),
    isKept ? store.keptCount(ctx.db, memberId, query) : store.conversionCount(ctx.db, memberId, query, COUNT_LIMIT),
    store.lastLooked(ctx.db, memberId, query),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: rows.map(toConversion), total: counted?.total ?? 0, lastLooked: last?.id ?? undefined };
}

async function updatedConversions(ctx: MemberCtx, query: Since<ConversionQuery>): Promise<WalkPage<Conversion>> {
  const { memberId } = ctx.actor;
  const page = await updatesOf(ctx.db, { list: "conversions", owner: memberId }, query, ["campaign_id", "event_name"]);
  const isKept = query.event_name === undefined;
  const [looked, rows, [counted], campaign] = await ctx.db.batch([
    page.looked,
    store.updatedConversions(ctx.db, memberId, query, page.rows),
    isKept ? store.keptCount(ctx.db, memberId, query) : store.conversionCount(ctx.db, memberId, query, COUNT_LIMIT),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: rows.map(toConversion), total: counted?.total ?? 0, updates: page.after(looked, rows) };
}

/** The refund as the API returns it. */
export const toRefund = ({ is_total, of_paid, ...row }: RefundRow): RefundOut => ({
  ...row,
  is_total: is_total ?? false,
  of_paid: of_paid ?? false,
});

/** The conversion as the API returns it. */
export const toConversion = ({ external_id, refunded, paid, ...row }: ConversionRow): Conversion => ({
  ...row,
  paid_amount: paid,
  conversion_id: external_id,
  refunded_amount: refunded ?? 0,
});

const detailsOf = (row: ConversionRow, rewards: RewardRow[]) => ({
  conversion: toConversion(row),
  rewards: rewards.map(toReward),
  decision: decisionOf(row),
});

function decisionOf({ outcome, decisions, attributed_by }: ConversionRow): Decision {
  const by = attributed_by === "checkout_code" ? "The checkout code determined the referrer." : "";
  const reasons = decisions.map(({ code, rule, reward }) => {
    const reason = reasonOf(code);
    return {
      ...reason,
      message: reward === null ? reason.message : reason.message + by,
      rule_id: rule,
      reward_id: reward,
    };
  });
  const none = { ...reasonOf("no_rule"), rule_id: null, reward_id: null };
  return { outcome, reasons: reasons.length > 0 ? reasons : [none] };
}
