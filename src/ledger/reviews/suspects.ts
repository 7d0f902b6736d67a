import { isHeld, isRewardOf } from "../../../drizzle/schema/rewards";
import { type Group, statement } from "../batch/statement";
import { outgoing } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { idOfReview } from "../records/review-id";
import { openReviewsOf, reviewEvent, type Suspicion } from "./reviews";

/**
 * Opens reviews of earlier friends or sales, and holds back a referrer's pending rewards. `id` is the prefix of its
 * events. `cause` is the review that holds them and makes earlier friends suspect, with its event. If that review does
 * not exist, or a list opened it, no earlier friend is suspect. Without an event, the review's decision was undone.
 */
export type SuspectItem = {
  kind: "suspect";
  id: string;
  at: number;
  origin: string;
  cause: { id: number; event: string | null } | null;
  subjects: { participant: number; is_sales: boolean; suspicion: Suspicion }[];
};

const value = (field: keyof SuspectItem) => `j.value ->> '${field}'`;
const REVIEW = idOfReview("(s.value ->> 'participant')", "(s.value ->> 'is_sales')");
const SUBJECTS = "json_each(?1) j CROSS JOIN json_each(j.value -> 'subjects') s";

const openReviews = statement(
  openReviewsOf(
    `subjects AS (
  SELECT ${value("id")} AS event, ${value("at")} AS at, ${REVIEW} AS id, iif(s.value ->> 'is_sales', p.id, p.invited_by) AS referrer, p.id AS participant,
    p.is_visitor, s.value ->> 'suspicion' AS suspicion, json_array('referrer:' || iif(s.value ->> 'is_sales', p.id, p.invited_by)) AS listed
  FROM ${SUBJECTS} CROSS JOIN participants p ON p.id = s.value ->> 'participant' AND p.campaign_id = ?2 AND p.status <> 'erased'
  WHERE (s.value ->> 'is_sales' OR p.invited_by IS NOT NULL)
    AND (j.value ->> '$.cause.id' IS NULL OR EXISTS (SELECT 1 FROM reviews v WHERE v.id = j.value ->> '$.cause.id' AND v.campaign_id = ?2 AND v.state = 'open'
      AND v.reasons NOT LIKE '%on_block_list%'))
)`,
    { isMarked: false },
  ),
);

/** The reviews that an item opened, or that caused it. */
const OPENED = `opened AS (
  SELECT DISTINCT ${value("id")} AS event, ${value("at")} AS at, ${value("origin")} AS origin, v.id, v.event AS since, v.referrer_id, v.participant_id
  FROM json_each(?1) j LEFT JOIN json_each(j.value -> 'subjects') s CROSS JOIN reviews v ON v.id IN (${REVIEW}, j.value ->> '$.cause.id') AND v.campaign_id = ?2 AND v.is_holding AND v.state = 'open'
    AND (v.event IN (${value("id")}, j.value ->> '$.cause.event') OR (v.id = j.value ->> '$.cause.id' AND j.value ->> '$.cause.event' IS NULL))
)`;

/** A token that is being transferred cannot be held back. */
const IS_WAITING = `w.status = 'pending' AND w.in_review IS NOT 1 AND w.token_state IS NULL AND w.campaign_id = ?2`;

/**
 * Pending rewards that were not given yet, and rewards held for another reason, each once, no matter how many of the
 * group's reviews hold it. They are held for the review afterwards, so a repeated group finds none.
 */
const WAITING = `${OPENED},
all_waiting AS (
  SELECT min(event) AS event, at, origin, id, participant_id, conversion_id, is_held FROM (
    SELECT o.event, o.at, o.origin, w.id, w.participant_id, w.conversion_id, ${isHeld("w")} AS is_held FROM (SELECT DISTINCT event, at, origin, referrer_id FROM opened) o
    CROSS JOIN rewards w ON ${isRewardOf("w.id", "o.referrer_id")} AND ${IS_WAITING}
    UNION ALL SELECT o.event, o.at, o.origin, w.id, w.participant_id, w.conversion_id, ${isHeld("w")} FROM opened o
    CROSS JOIN rewards w ON ${isRewardOf("w.id", "o.participant_id")} AND w.role = 'invited' AND ${IS_WAITING}) GROUP BY id
),
waiting AS (SELECT * FROM all_waiting WHERE NOT is_held)`;

export const suspectGroup: Group = {
  openReviews,
  entries: statement(`WITH ${WAITING}
INSERT INTO credits (participant_id, reward_id, event, conversion_id, reason, status, by, date)
SELECT participant_id, id, event || '_h', conversion_id, 'in review', 'held', 'review', at FROM waiting`),
  totals: statement(`UPDATE campaign_stats SET rewards_held = rewards_held + w.n
FROM (WITH ${WAITING} SELECT count(*) AS n FROM waiting) w WHERE campaign_id = ?2 AND w.n > 0`),
  events: insertEvents(
    `${reviewEvent("o")} FROM opened o CROSS JOIN reviews v ON v.id = o.id WHERE o.since = o.event
UNION ALL SELECT event || '_h' || id, 'reward.held', participant_id, id,
  json_object('status', 'held', 'origin', origin, 'reward', json('{"needs_approval":1}')), at FROM waiting`,
    WAITING,
  ),
  hold: statement(
    `UPDATE rewards SET needs_approval = 1, in_review = 1 WHERE id IN (WITH ${WAITING} SELECT id FROM all_waiting)`,
  ),
  // A review whose decision was undone since has a later mark, which is not this item's.
  unmark: statement(`UPDATE reviews SET recounts_at = NULL
WHERE id IN (SELECT j.value ->> '$.cause.id' FROM json_each(?1) j WHERE j.value ->> '$.cause.event' IS NOT NULL) AND campaign_id = ?2 AND recounts_at = date_opened`),
  ...outgoing,
};
