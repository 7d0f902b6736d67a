import { isHeld } from "../../../drizzle/schema/rewards";
import { type Group, statement } from "../batch/statement";
import { isReviewed } from "./review-holds";

/**
 * Ends the holds for reviews or for the campaign's endpoint. A reward with another hold stays held; the job that runs
 * every minute releases the rest. An item without `of` comes from a release that knew only reviews.
 */
export type FreeItem = { kind: "free"; id: string; at: number; reward_ids: number[]; of?: "review" | "veto" };

const REWARDS = "SELECT i.value FROM json_each(?1) j CROSS JOIN json_each(j.value -> 'reward_ids') i";
const IS_OF_VETO = "json_extract(?1, '$[0].of') IS 'veto'";
const ASKS_BY_RULE = "(SELECT r.needs_approval FROM campaign_rules r WHERE r.id = w.rule_id)";

/** Checked in the commit itself, because another review may have been opened since. */
export const freeGroup: Group = {
  free: statement(`UPDATE rewards AS w SET in_review = 0, held_until = coalesce(w.held_until, json_extract(?1, '$[0].at')),
  needs_approval = iif(${ASKS_BY_RULE} OR w.in_veto = 1, 1, NULL)
WHERE w.id IN (${REWARDS}) AND w.campaign_id = ?2 AND w.status = 'pending' AND NOT ${IS_OF_VETO}
  AND w.in_review = 1 AND ${isHeld("w")} AND NOT ${isReviewed("w.participant_id", "w.role")}`),
  answer:
    statement(`UPDATE rewards AS w SET in_veto = 0, held_until = coalesce(w.held_until, json_extract(?1, '$[0].at')),
  needs_approval = iif(${ASKS_BY_RULE} OR w.in_review = 1, 1, NULL)
WHERE w.id IN (${REWARDS}) AND w.campaign_id = ?2 AND w.status = 'pending' AND ${IS_OF_VETO} AND w.in_veto = 1 AND ${isHeld("w")}`),
};
