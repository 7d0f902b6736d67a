const EVENT_LENGTH = 36;
export const VISIT = "_visit_";

/** Whether the event is the signup, confirmation, or activation that credited the friend. */
const IS_SIGNUP = (e: string, p: string) =>
  `(${e}.type IN ('participant.signup', 'participant.attributed') OR (${e}.type = 'participant.admitted' AND ${p}.credit_event = ${e}.id))`;

const DAY_OF = (e: string) => `strftime('%Y-%m-%d', ${e}.date / 1000, 'unixepoch')`;

/** Whether event `e` reports reward `w` being earned, outside a conversion or signup. */
const IS_EARNED_APART = `w.conversion_id IS NULL AND substr(e.id, 1, length(w.earn_event) + 2) = w.earn_event || '_r' AND NOT EXISTS (
  SELECT 1 FROM events x JOIN participants y ON y.id = x.participant_id WHERE x.campaign_id = e.campaign_id AND x.id = w.earn_event AND ${IS_SIGNUP("x", "y")})`;
const IS_OF_VISIT = `EXISTS (SELECT 1 FROM visits v WHERE v.participant_id = w.participant_id AND v.day = ${DAY_OF("e")} AND v.click_event = w.earn_event)`;
const IS_LET_GO = `EXISTS (SELECT 1 FROM credits c WHERE c.participant_id = w.participant_id AND c.reward_id = w.id AND c.event = e.id || '_r' AND c.reason = 'released')`;

/** The subject of an event's decision. Null for events that only report another event's decision. */
const SUBJECT = `CASE
  WHEN ${IS_SIGNUP("e", "p")} THEN 'signup'
  WHEN e.type = 'conversion.created' THEN 'conversion'
  WHEN e.type IN ('conversion.refunded', 'conversion.refund_reversed', 'refund.waiting') THEN 'refund'
  WHEN e.id LIKE '%\\_v' || e.reward_id ESCAPE '\\' THEN NULL
  WHEN e.type = 'reward.held' THEN 'hold'
  WHEN e.type = 'reward.revoked' THEN 'reward'
  WHEN e.type = 'reward.expired' THEN 'reward'
  WHEN e.type NOT IN ('reward.pending', 'reward.fulfilled') THEN NULL
  WHEN ${IS_LET_GO} THEN 'hold'
  WHEN NOT (${IS_EARNED_APART}) THEN NULL
  WHEN ${IS_OF_VISIT} THEN 'visit' ELSE 'reward' END`;

export const FROM_EVENTS =
  "LEFT JOIN participants p ON p.id = e.participant_id LEFT JOIN rewards w ON w.id = e.reward_id";

/** The sort keys of decisions: the ID of an event or visit. */
export const KEYS = `SELECT iif(subject = 'visit', substr(id, 1, ${EVENT_LENGTH}) || '${VISIT}' || participant_id, id) AS key,
  iif(subject = 'visit', substr(id, 1, ${EVENT_LENGTH}), id) AS event, campaign_id, subject, participant_id, date`;
export const EVENT = `e.id, e.campaign_id, ${SUBJECT} AS subject, e.participant_id, e.date`;
export const VISITED =
  "v.click_event AS id, p.campaign_id, 'visit' AS subject, v.participant_id, unixepoch(v.day) * 1000 AS date";
