import { nextEarned } from "../../../drizzle/schema/rewards";
import { statement } from "../batch/statement";
import { rewardKinds } from "../records/reward-kinds";
import { MONTH } from "./award";
import { STATUS } from "./grant";
import { isReviewed } from "./review-holds";
import { IS_ASKED } from "./veto-holds";

export const COUPON = rewardKinds.coupon.id;

/** What reward `d` of rule `r` is granted, with the rule as it is now. */
const TERMS = `json_object('amount', d.amount, 'status', iif(d.is_held, 'held', d.status),
    'rule', json_object('id', r.id, 'role', r.role, 'trigger', r.trigger, 'min_amount', r.min_amount, 'threshold', r.threshold, 'repeat', r.repeat,
      'reward_type', r.reward_type, 'amount', r.amount, 'basis_points', r.basis_points, 'max_amount', r.max_amount,
      'hold_days', r.hold_days, 'expires_days', r.expires_days, 'needs_approval', r.needs_approval))`;

/**
 * Inserts rule rewards with their first credit ledger entry. `ctes` define `tape`, `rules`, and `made(n, event, at,
 * conversion, currency, rule, beneficiary, amount, reward)`: each case, and its reward's ID if it earned one. `taken`:
 * how many of the tape's codes the group has already given.
 */
export const insertMade = (ctes: string, taken = "0") =>
  statement(`WITH ${ctes},
judged AS (SELECT m.n, m.event, m.conversion, m.currency, m.rule, m.beneficiary, m.amount, m.reward, ${nextEarned("m.at")} AS at, ${isReviewed("m.beneficiary", "r.role")} AS is_reviewed, ${IS_ASKED} AS is_asked FROM made m CROSS JOIN rules r ON r.id = m.rule WHERE m.reward IS NOT NULL),
placed AS (
  SELECT m.*, r.role, r.reward_type, r.redirect_url, r.custom_message,
    iif(r.hold_days > 0, m.at + r.hold_days * 86400000, NULL) AS held_until, iif(r.needs_approval OR m.is_reviewed OR m.is_asked, 1, NULL) AS needs_approval,
    r.expires_days * 86400000 AS lasts,
    r.hold_days > 0 OR r.needs_approval OR m.is_reviewed OR m.is_asked AS is_held,
    iif(r.reward_type = ${COUPON}, ${taken} + row_number() OVER (PARTITION BY r.reward_type, r.hold_days > 0 OR r.needs_approval OR m.is_reviewed OR m.is_asked ORDER BY m.reward), NULL) AS turn
  FROM judged m CROSS JOIN rules r ON r.id = m.rule
),
decided AS (SELECT placed.*, iif(is_held, 'pending', ${STATUS}) AS status FROM placed)
INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, redirect_url, custom_message, rule_id,
  conversion_id, amount, terms, currency, held_until, needs_approval, in_review, in_veto, expires_at, date_earned, date_fulfilled, earn_event)
SELECT d.reward, c.member_id, ?2, d.beneficiary, d.role, d.reward_type, d.status, d.redirect_url, d.custom_message, d.rule,
  d.conversion, d.amount, ${TERMS}, d.currency, d.held_until, d.needs_approval, nullif(d.is_reviewed, 0), nullif(d.is_asked, 0), iif(d.is_held, NULL, d.at + d.lasts), d.at, iif(d.status = 'fulfilled', d.at, NULL), d.event
FROM campaigns c CROSS JOIN decided d CROSS JOIN rules r ON r.id = d.rule WHERE c.id = ?2 ORDER BY d.n, d.rule, d.reward`);

/**
 * Adds to the rules' counts per participant. `counts` selects a participant, a rule, how much it reached, how much it
 * gave in total and this month, and how many groups it is behind.
 */
export const countRules = (
  counts: string,
) => `INSERT INTO rule_counts (participant_id, rule_id, reached, granted, month, month_granted, behind)
SELECT beneficiary, rule, reached, granted, ${MONTH}, in_month, behind FROM (${counts}) WHERE true
ON CONFLICT (participant_id, rule_id) DO UPDATE SET reached = reached + excluded.reached, granted = granted + excluded.granted, behind = behind + excluded.behind,
  month = excluded.month, month_granted = iif(month = excluded.month, month_granted, 0) + excluded.month_granted`;

/** An assignment for an UPDATE of `campaign_stats`: what the rules in `made` have given. */
export const addSpent = (made: string) => `rule_spent = (WITH ${made} SELECT json_group_object(key, spent) FROM (
    SELECT key, sum(value) AS spent FROM (
      SELECT key, value FROM json_each(campaign_stats.rule_spent)
      UNION ALL SELECT CAST(rule AS TEXT), amount FROM made WHERE amount IS NOT NULL) GROUP BY key))`;
