import { isHeld } from "../../drizzle/schema/rewards";
import { isReviewed } from "./review-holds";
import { type Group, statement } from "./statement";

/** Ends what holds rewards for reviews. What their rules ask for still holds them; the others are let go by the job of every minute. */
export type FreeItem = { kind: "free"; id: string; at: number; reward_ids: number[] };

/** Checked in the commit itself, because another review may have been opened. */
export const freeGroup: Group = {
  free: statement(`UPDATE rewards AS w SET in_review = 0, held_until = coalesce(w.held_until, json_extract(?1, '$[0].at')),
  needs_approval = iif((SELECT r.needs_approval FROM campaign_rules r WHERE r.id = w.rule_id), 1, NULL)
WHERE w.id IN (SELECT i.value FROM json_each(?1) j CROSS JOIN json_each(j.value -> 'reward_ids') i) AND w.campaign_id = ?2 AND w.status = 'pending'
  AND w.in_review = 1 AND ${isHeld("w")} AND NOT ${isReviewed("w.participant_id", "w.role")}`),
};
