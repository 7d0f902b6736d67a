import { isHeld, ofCoupon } from "../../../drizzle/schema/rewards";
import { type Group, statement } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { outgoing } from "../events/outgoing";
import { alertExhausted, alertLow, insertEvents, noteAlerts } from "../events/publish";
import { idsFulfilled } from "../records/reward-kinds";
import { fillWaiting } from "./coupons";
import { lastingOf } from "./expire";
import { isReviewed } from "./review-holds";

/**
 * Releases a held reward, if its days are over and, where its rule requires it, it is approved. `approves`: this is the
 * approval. `id` becomes the ID of its event.
 */
export type ReleaseItem = {
  kind: "release";
  id: string;
  at: number;
  origin: string;
  reward_id: number;
  approves: boolean;
  /** The person who approves, or `hold`. */
  by: string | null;
  note: string | null;
};

const value = (field: keyof ReleaseItem) => `j.value ->> '${field}'`;

const REWARD = `json_each(?1) j CROSS JOIN rewards w ON w.id = ${value("reward_id")} AND w.campaign_id = ?2 AND w.status = 'pending'`;

const APPROVING = `${REWARD} AND w.needs_approval = 1 WHERE ${value("approves")}`;

const approve =
  statement(`UPDATE rewards SET needs_approval = 0, in_veto = iif(in_veto = 1, 0, in_veto), note = coalesce(a.note, rewards.note)
FROM (SELECT w.id, ${value("note")} AS note FROM ${APPROVING}) a WHERE rewards.id = a.id`);

/** The ID is the event's with a suffix, so the approval sorts before the release it allows. */
const noteApproval =
  statement(`INSERT INTO credits (participant_id, reward_id, event, conversion_id, reason, status, by, date)
SELECT w.participant_id, w.id, ${value("id")} || '_a', w.conversion_id, coalesce(${value("note")}, 'approved'), 'held', ${value("by")}, ${value("at")}
FROM ${APPROVING}`);

/**
 * A review may have been opened since the reward was earned or released, before the review's hold arrived. Approving
 * the reward overrides the review.
 */
const holdForReviews = statement(`UPDATE rewards AS x SET in_review = 1, needs_approval = 1
WHERE x.id IN (SELECT w.id FROM ${REWARD} WHERE NOT ${value("approves")} AND ${isHeld("w")} AND w.in_review IS NOT 1 AND ${isReviewed("w.participant_id", "w.role")})`);

/** The rewards to release. They are no longer held afterwards, so a repeated group finds none. */
const FREE = `free AS (
  SELECT ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, ${value("by")} AS by, w.id, w.participant_id, w.conversion_id,
    iif(w.reward_type IN (${idsFulfilled("at once")}), 'fulfilled', 'pending') AS status,
    ${lastingOf("w")} AS lasts
  FROM ${REWARD} AND ${isHeld("w")} AND coalesce(w.needs_approval, 0) = 0 AND coalesce(w.held_until, 0) <= ${value("at")}
)`;

export const releaseGroup: Group = {
  fence,
  holdForReviews,
  noteApproval,
  approve,
  entries: statement(`WITH ${FREE}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, reason, status, by, date)
SELECT participant_id, id, event || '_r', conversion_id, 'released', status, by, at FROM free`),
  totals:
    statement(`UPDATE campaign_stats SET rewards_held = rewards_held - f.n, rewards_pending = rewards_pending - f.fulfilled,
  rewards_fulfilled = rewards_fulfilled + f.fulfilled
FROM (WITH ${FREE} SELECT count(*) AS n, coalesce(sum(status = 'fulfilled'), 0) AS fulfilled FROM free) f WHERE campaign_id = ?2 AND f.n > 0`),
  events: insertEvents(
    `SELECT event, 'reward.' || status, participant_id, id,
  json_object('status', status, 'origin', origin, 'reward', json_object('expires_at', at + lasts)), at FROM free`,
    FREE,
  ),
  letGo:
    statement(`UPDATE rewards SET held_until = NULL, needs_approval = NULL, status = f.status, expires_at = f.at + f.lasts,
  date_fulfilled = iif(f.status = 'fulfilled', f.at, NULL)
FROM (WITH ${FREE} SELECT * FROM free) f WHERE rewards.id = f.id`),
  // Released coupon rewards get codes after everything that waited before.
  ...fillWaiting,
  alertLow,
  alertExhausted,
  noteAlerts,
  ...outgoing,
  rewards:
    statement(`SELECT w.*, ${ofCoupon("k")} FROM json_each(?1) j LEFT JOIN rewards w ON w.id = ${value("reward_id")} AND w.campaign_id = ?2
LEFT JOIN coupons k ON k.reward_id = w.id ORDER BY j.key`),
  lastCoupon,
};
