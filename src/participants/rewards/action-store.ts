import { sql } from "drizzle-orm";
import { HELD, isRewardOf, ownCampaign } from "../../../drizzle/schema";
import { idsFulfilled, kindIds } from "../../ledger/records/reward-kinds";
import type { ActionFilter, RewardActions } from "../../ledger/records/reward-schema";
import type { Db } from "../../lib/db";

/** The pending rewards that an action changes, so repeating it with a filter eventually ends. */
const FOR_ACTION = {
  approve: sql`AND p.needs_approval = 1`,
  fulfill: sql.raw(`AND ${HELD.no("p")} AND p.reward_type IN (${idsFulfilled("by hand", "by transfer")})`),
  revoke: sql``,
};
const toApprove = { index: sql.raw("rewards_to_approve"), only: sql`p.needs_approval = 1` };
const held = { index: sql.raw("rewards_pending"), only: sql.raw(HELD.yes("p")) };
const pending = { index: sql.raw("rewards_pending"), only: sql.raw(HELD.no("p")) };

/** The index ranges that contain an action's rewards, and few others. */
function placesOf(action: RewardActions["action"], status: ActionFilter["status"]) {
  if (action === "approve") return [toApprove];
  if (action === "fulfill" || status === "pending") return [pending];
  return status === "held" ? [held] : [held, pending];
}
const OF_STATUS = { held: sql.raw(`AND ${HELD.yes("p")}`), pending: sql.raw(`AND ${HELD.no("p")}`) };

/** A campaign's oldest rewards that match a filter and that the action changes. */
export function actionable(
  db: Db,
  memberId: number,
  { campaign_id, participant_id, reward_type, status, earned_after, earned_before }: ActionFilter,
  action: RewardActions["action"],
  max: number,
) {
  const campaign = ownCampaign(memberId, campaign_id);
  const types = JSON.stringify(reward_type ? [reward_type] : kindIds);
  const matching = sql`p.status = 'pending' ${FOR_ACTION[action]} ${status ? OF_STATUS[status] : sql``}
    ${earned_after ? sql`AND p.date_earned >= ${earned_after.getTime()}` : sql``}
    ${earned_before ? sql`AND p.date_earned < ${earned_before.getTime()}` : sql``}`;
  // For each type, an index has the oldest first, so only as many as needed are read.
  const places = placesOf(action, status).map(
    ({ index, only }) =>
      sql`SELECT id FROM (SELECT p.id FROM rewards p INDEXED BY ${index} WHERE p.campaign_id = ${campaign} AND p.reward_type = t.value
        AND ${matching} AND ${only} ORDER BY p.date_earned, p.id LIMIT ${max})`,
  );
  const rows = participant_id
    ? sql`rewards p CROSS JOIN json_each(${types}) t ON t.value = p.reward_type
        WHERE ${sql.raw(isRewardOf("p.id", String(participant_id)))} AND +p.campaign_id = ${campaign}`
    : sql`json_each(${types}) t CROSS JOIN rewards p ON p.id IN (${sql.join(places, sql` UNION ALL `)}) WHERE true`;
  return db.all<{ id: number }>(
    sql`SELECT p.id FROM ${rows} AND ${matching} ORDER BY p.date_earned, p.id LIMIT ${max}`,
  );
}
