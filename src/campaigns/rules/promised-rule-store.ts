import { sql } from "drizzle-orm";
import { RULES_IN_USE_MAX } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { type PromisedRule, readPromised } from "./promised-rule";

/** Whether rule `r` can still give a reward. The last percentage reward gets the rest of the budget. */
export const HAS_BUDGET = `(r.budget IS NULL OR r.budget - coalesce((SELECT s.rule_spent ->> ('$."' || r.id || '"')
  FROM campaign_stats s WHERE s.campaign_id = r.campaign_id), 0) >= coalesce(r.amount, 1))`;

/**
 * The visible rules of campaign `c` besides its own goal, in order, as JSON. Leaves out rules that cannot earn
 * anything: their budget is spent, or the campaign counts visits, so friends cannot sign up.
 */
const promisedBy = (c: string) => `(SELECT json_group_array(json(j)) FROM (
  SELECT json_object('role', r.role, 'trigger', r.trigger, 'event_name', r.event_name, 'first_only', r.first_only,
    'threshold', r.threshold, 'repeat', r.repeat, 'reward_type', r.reward_type, 'amount', r.amount,
    'basis_points', r.basis_points, 'max_amount', r.max_amount, 'image_url', r.image_url, 'currency', ${c}.currency) AS j
  FROM campaign_rules r WHERE r.campaign_id = ${c}.id AND r.date_removed IS NULL AND r.visible AND ${HAS_BUDGET}
    AND NOT (r.trigger = 'signup' AND ${c}.goal_type = 'visit')
  ORDER BY r.position, r.id LIMIT ${RULES_IN_USE_MAX}))`;

/** The promises of a campaign's rules, as a column of a query over `campaigns`. */
export const promisedRows = () =>
  sql<PromisedRule[]>`${sql.raw(promisedBy("campaigns"))}`.mapWith(readPromised).as("promised_rules");

/** The same as a query. For callers who may see the campaign. */
export const promisedRulesOf = (db: Db, campaignId: number) =>
  db.all<{ rules: string }>(
    sql`SELECT ${sql.raw(promisedBy("c"))} AS rules FROM campaigns c WHERE c.id = ${campaignId}`,
  );
