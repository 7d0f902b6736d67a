import type { Group } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { keepCohorts } from "../counts/cohorts";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, noteAlerts } from "../events/publish";
import {
  assignCoupons,
  type Earning,
  insertRewardEvents,
  insertRewards,
  keepRewardTotals,
  REFERRER_SLOT,
} from "./grant";
import { rewardByRules } from "./tally";

/**
 * A participant who reached the goal because it was lowered, or who reached a new or lowered tier. `id` is the prefix
 * of the IDs of the events it causes.
 */
export type GoalItem = {
  kind: "goal";
  id: string;
  at: number;
  origin: string;
  participant_id: number;
};

const value = (field: keyof GoalItem) => `j.value ->> '${field}'`;

/**
 * The rewards' events are written after every statement that checks for them, so a repeated group assigns no second
 * code.
 */
const MET = `met AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, p.id, p.referral_count, p.visit_count
  FROM json_each(?1) j CROSS JOIN participants p ON p.id = ${value("participant_id")} AND p.campaign_id = ?2 AND p.status = 'active'
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ?2 AND e.id > ${value("id")} || '_r' AND e.id < ${value("id")} || '_s')
)`;

const earning = (goal: Earning["goal"]): Earning => ({
  goal,
  ctes: `${MET},
earned AS (
  SELECT n, event, at, id AS participant_id, ${REFERRER_SLOT} AS slot, ${goal === "visit" ? "visit_count" : "referral_count"} AS reached FROM met
),
reach AS (SELECT event, origin, id, NULL AS inviter FROM met)`,
});
const either = earning("signup");

/** The tiers of the campaign's other rules that they may have reached. */
const TALLIED = `${either.ctes}, tallied AS (
  SELECT n, event, at, 'signup' AS "trigger", 'referrer' AS role, id AS participant_id, referral_count AS reached, 0 AS is_new FROM met
  UNION ALL SELECT n, event, at, 'visit', 'referrer', id, visit_count, 0 FROM met
)`;

export const goalGroup: Group = {
  fence,
  insertRewards: insertRewards(either),
  insertVisitRewards: insertRewards(earning("visit")),
  ...rewardByRules(TALLIED),
  assignCoupons: assignCoupons(either),
  keepRewardTotals: keepRewardTotals(either),
  ...keepCohorts(`touched AS (SELECT ${value("participant_id")} AS id, ${value("at")} AS at FROM json_each(?1) j)`),
  alertLow,
  alertExhausted,
  noteAlerts,
  insertRewardEvents: insertRewardEvents(either),
  ...outgoing,
  lastCoupon,
};
