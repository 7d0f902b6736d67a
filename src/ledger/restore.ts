import { ruleOf } from "./credit";
import { idsFulfilled } from "./reward-kinds";

const ENTRIES = "SELECT 1 FROM credits c WHERE c.participant_id = l.participant_id AND c.reward_id = l.reward";
const IS_RELEASED = `EXISTS (${ENTRIES} AND c.reason = 'released')`;
const IS_APPROVED = `EXISTS (${ENTRIES} AND c.status = 'held' AND c.rule IS NULL AND c.by IS NOT 'refund')`;

/**
 * Until when a reward of `losses` that comes back is held, and whether it needs approval, as its rule had it; for a FROM. Nothing of
 * a hold that was over comes back. What is not paid by hand is held until now, so that the job of every minute gives it.
 */
export const RESTORED = `SELECT l.reward,
    iif(hold_days > 0 AND NOT ${IS_RELEASED}, l.date_earned + hold_days * 86400000,
      iif(l.reward_type IN (${idsFulfilled("by hand", "by transfer")}), NULL, l.at)) AS held_until,
    iif(EXISTS (SELECT 1 FROM rewards w WHERE w.id = l.reward AND w.in_veto = 1), 1, iif(needs_approval AND NOT ${IS_RELEASED}, NOT ${IS_APPROVED}, NULL)) AS needs_approval
  FROM (SELECT l.*, coalesce(rule ->> 'hold_days', 0) AS hold_days, coalesce(rule ->> 'needs_approval', r.needs_approval, 0) AS needs_approval
    FROM (SELECT l.*, ${ruleOf("w")} AS rule FROM losses l CROSS JOIN rewards w ON w.id = l.reward) l
    LEFT JOIN campaign_rules r ON r.id = l.rule_id WHERE l.is_restored) l`;
