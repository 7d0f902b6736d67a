import { idsFulfilled } from "../records/reward-kinds";
import { ruleOf } from "../rewards/credit";

const ENTRIES = "SELECT 1 FROM credits c WHERE c.participant_id = l.participant_id AND c.reward_id = l.reward";
const IS_RELEASED = `EXISTS (${ENTRIES} AND c.reason = 'released')`;
const IS_APPROVED = `EXISTS (${ENTRIES} AND c.status = 'held' AND c.rule IS NULL AND c.by IS NOT 'refund')`;

/**
 * Until when a reward from `losses` is held after it comes back, and whether it needs approval by its rule; for a FROM.
 * A hold that was over does not come back. Rewards that are not paid manually are held until now, so the job of
 * every minute gives them.
 */
export const RESTORED = `SELECT l.reward,
    iif(hold_days > 0 AND NOT ${IS_RELEASED}, l.date_earned + hold_days * 86400000,
      iif(l.reward_type IN (${idsFulfilled("by hand", "by transfer")}), NULL, l.at)) AS held_until,
    iif(EXISTS (SELECT 1 FROM rewards w WHERE w.id = l.reward AND w.in_veto = 1), 1, iif(needs_approval AND NOT ${IS_RELEASED}, NOT ${IS_APPROVED}, NULL)) AS needs_approval
  FROM (SELECT l.*, coalesce(rule ->> 'hold_days', 0) AS hold_days, coalesce(rule ->> 'needs_approval', r.needs_approval, 0) AS needs_approval
    FROM (SELECT l.*, ${ruleOf("w")} AS rule FROM losses l CROSS JOIN rewards w ON w.id = l.reward) l
    LEFT JOIN campaign_rules r ON r.id = l.rule_id WHERE l.is_restored) l`;
