import { isGift } from "../../../drizzle/schema";
import type { RuleDecision } from "../../../drizzle/schema/conversions";
import { ownedCampaign } from "../../campaigns/ownership";
import { type AnyCode, allCodes, reasonOf } from "../../ledger/records/decision-codes";
import { momentOfEvent } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { type DecisionQuery, idOf, type LoggedDecision, placeOf } from "./decision-schema";
import {
  type Decided,
  decisionByKey,
  decisionsPage,
  type Gain,
  lastLooked,
  ownParticipant,
  type Standing,
} from "./decision-store";

/**
 * A page of decisions, newest first, or oldest first after `after`. They are derived from the rows of signups,
 * conversions, refunds, and rewards.
 * @throws 404 for another member's campaign or participant
 */
export async function decisions(ctx: MemberCtx, { limit, after, ...scope }: DecisionQuery) {
  const { memberId } = ctx.actor;
  const key = after === undefined || after === "0" ? after && "" : placeOf(after)?.event;
  const [campaign, participant, rows, [last]] = await ctx.db.batch([
    ownedCampaign(ctx, scope.campaign_id ?? 0),
    ownParticipant(ctx.db, memberId, scope),
    decisionsPage(ctx.db, memberId, scope, { after: key }, limit),
    lastLooked(ctx.db, memberId, scope, { after: key }),
  ]);
  if (scope.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  if (scope.participant_id !== undefined && participant.length === 0) throw notFound("participant");
  const shown = rows.slice(0, limit).map(toDecision);
  const looked = last ? idOf({ campaignId: last.campaign_id, event: last.id }) : null;
  const next_after = rows.length > limit ? (shown.at(-1)?.id ?? null) : looked;
  return { decisions: shown, pagination: { limit, next_after: after === undefined ? null : next_after } };
}

/** @throws 404 */
export async function decision(ctx: MemberCtx, id: string): Promise<LoggedDecision> {
  const place = placeOf(id);
  if (!place) throw notFound("decision");
  const { campaignId, event } = place;
  const [[row]] = await ctx.db.batch([decisionByKey(ctx.db, ctx.actor.memberId, campaignId, event)]);
  if (!row) throw notFound("decision");
  return toDecision(row);
}

type Reason = { code: string; rule: number | null; reward: number | null };
const because = (code: AnyCode, { rule, reward }: { rule?: number | null; reward?: number | null } = {}): Reason => ({
  code,
  rule: rule ?? null,
  reward: reward ?? null,
});

/** A decision as the API returns it. */
export function toDecision(row: Decided): LoggedDecision {
  const reasons = REASONS[row.subject](row);
  const outcomes = reasons.map(({ code }) =>
    Object.hasOwn(allCodes, code) ? allCodes[code as AnyCode].outcome : "not_credited",
  );
  const outcome = row.outcome ?? BY_WEIGHT.find((one) => outcomes.includes(one)) ?? "not_credited";
  const main = reasons[Math.max(0, outcomes.indexOf(outcome))];
  return {
    id: idOf({ campaignId: row.campaign_id, event: row.key }),
    at: (row.subject === "visit" && momentOfEvent(row.key)) || new Date(row.at),
    campaign_id: row.campaign_id,
    participant_id: row.participant_id,
    subject: {
      type: row.subject,
      id: {
        signup: row.participant_id,
        visit: row.participant_id,
        conversion: row.conversion_id,
        refund: row.conversion_id,
        hold: row.reward_id,
        reward: row.reward_id,
      }[row.subject],
    },
    outcome,
    reasons: reasons.map(({ code, rule, reward }) => ({ ...reasonOf(code), rule_id: rule, reward_id: reward })),
    rule_id: main?.rule ?? null,
    reward_id: main?.reward ?? null,
  };
}

/** If a decision has several outcomes, the first of these applies. */
const BY_WEIGHT = ["reversed", "held", "credited", "capped", "not_credited"] as const;

/** The codes of events about one reward. For the campaign's own goal, other events mean that the goal was lowered. */
const CODE_OF: Record<string, AnyCode> = { "reward.revoked": "revoked", "reward.expired": "expired" };

const REASONS: Record<Decided["subject"], (row: Decided) => Reason[]> = {
  signup: ofSignup,
  visit: ofVisit,
  conversion: ({ decisions }) => {
    const list: RuleDecision[] = JSON.parse(decisions ?? "[]");
    return list.length > 0 ? list.map(({ code, rule, reward }) => ({ code, rule, reward })) : [because("no_rule")];
  },
  refund: ({ lost, conversion_id, type }) => {
    const moved: (Gain & { is_back: 0 | 1 })[] = JSON.parse(lost);
    if (moved.length > 0) return moved.map((reward) => because(reward.is_back ? "given_back" : "refunded", reward));
    if (conversion_id === null) return [because("sale_unknown")];
    return [because(type === "conversion.refund_reversed" ? "nothing_given_back" : "nothing_to_take")];
  },
  hold: (row) => {
    const reward = { rule: row.rule_id, reward: row.reward_id };
    if (row.type !== "reward.held") return [because("released", reward)];
    if (row.is_reviewed) return [because("in_review", reward)];
    if (row.is_asked) return [because("veto_asked", reward)];
    return [because(row.asks ? "approval_needed" : "hold_days", reward)];
  },
  reward: ({ type, rule_id, reward_id, is_vetoed }) => {
    const earned = reward_id !== null && isGift({ id: reward_id, rule_id }) ? "given_by_hand" : "goal_lowered";
    return [because(is_vetoed ? "veto_refused" : (CODE_OF[type] ?? earned), { rule: rule_id, reward: reward_id })];
  },
};

function ofSignup(row: Decided): Reason[] {
  if (row.is_moved) return [because("referrer_changed")];
  if (row.invited_by === null) return [because("no_referrer")];
  if (row.is_credited) return ofCount(row);
  if (row.confirmation === "waiting") return [because("not_confirmed")];
  if (row.status !== "active" || row.is_credited_later) return [because("participant_not_active")];
  return [because("mailbox_counted")];
}

/** A pending participant earns nothing from visits. */
function ofVisit(row: Decided): Reason[] {
  const gained: Gain[] = JSON.parse(row.gained);
  return row.status !== "active" && gained.length === 0 ? [because("participant_not_active")] : ofCount(row);
}

/** A friend or visitor who counts: the rewards they led to, and the reasons why others were not earned. */
function ofCount(row: Decided): Reason[] {
  const gained: Gain[] = JSON.parse(row.gained);
  const standings: Standing[] = JSON.parse(row.standings);
  const open = standings.filter(({ rule }) => !gained.some((gain) => gain.rule === rule));
  const isInactive = row.subject === "signup" && row.inviter_status !== "active";
  const missed = open.map((standing) => because(isInactive ? "referrer_not_active" : codeOf(standing), standing));
  const all = [...gained.map((gain) => because("earned", gain)), ...missed];
  return all.length > 0 ? all : [because("no_rule")];
}

/**
 * Rules with a threshold do not record how close they were. With a threshold of one, only the budget can be the reason.
 */
function codeOf({ once, had, had_in_month, max, max_in_month, threshold, is_spent }: Standing): AnyCode {
  if (once && had > 0) return "already_earned";
  if (max !== null && had >= max) return "participant_cap";
  if (max_in_month !== null && had_in_month >= max_in_month) return "monthly_cap";
  return is_spent && threshold === 1 ? "budget_spent" : "threshold_not_reached";
}
