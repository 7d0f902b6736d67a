import { statement } from "./statement";

/** Whether campaign `c` sends a kind of mail: it does when a subject or a message of its own is set. */
const sends = (prefix: string) =>
  `(coalesce(c.${prefix}_subject, '') <> '' OR coalesce(c.${prefix}_message, '') <> '')`;
export const SENDS_ENTRY = sends("campaign_entry");
const [REWARD, TWOWAY] = [sends("reward_notify"), sends("twoway_reward_notify")];

/** Until then the sweep trusts that the queue's message is under way. In milliseconds. */
const HINT_MS = 60_000;

/** Which mail event `e` of participant `p`, about reward `w` if it is about one, causes; null for none. */
const KIND = `CASE
  WHEN e.type = 'participant.signup' AND p.confirmation = 'waiting' THEN 'confirm'
  WHEN e.type = 'participant.signup' AND p.status = 'active' AND ${SENDS_ENTRY} THEN 'entry'
  WHEN e.type = 'reward.fulfilled' AND w.role = 'referrer' AND ${REWARD} THEN 'reward'
  WHEN e.type = 'reward.fulfilled' AND w.role = 'invited' AND ${TWOWAY} THEN 'twoway_reward' END`;

const COLUMNS =
  "(cause, kind, member_id, campaign_id, participant_id, reward_id, origin, next_attempt_at, hinted_until, date_added)";

/**
 * The mails that the group's events cause, one for each person entered and each reward fulfilled. An item's events carry its id in
 * front of theirs. Answers the new mails' ids. A campaign without mail of its own costs the look at its row.
 */
export const insertMails = statement(`INSERT INTO mails ${COLUMNS}
SELECT x.kind || ':' || coalesce(x.reward_id, x.participant_id), x.kind, x.member_id, ?2, x.participant_id, x.reward_id, coalesce(x.origin, ''), x.date, x.date + ${HINT_MS}, x.date
FROM (
  SELECT ${KIND} AS kind, c.member_id, e.participant_id, e.reward_id, j.value ->> 'origin' AS origin, e.date
  FROM campaigns c CROSS JOIN json_each(?1) j CROSS JOIN events e ON e.campaign_id = ?2 AND e.id >= j.value ->> 'id' AND e.id < (j.value ->> 'id') || '~'
  CROSS JOIN participants p ON p.id = e.participant_id AND p.status IN ('active', 'pending') LEFT JOIN rewards w ON w.id = e.reward_id
  WHERE c.id = ?2 AND (c.double_opt_in OR ${SENDS_ENTRY} OR ${REWARD} OR ${TWOWAY})
) x WHERE x.kind IS NOT NULL
ON CONFLICT (cause) DO NOTHING RETURNING id`);

/**
 * The mails of those who come in by becoming active: they have been waiting since their signup, and nobody changed that by hand.
 * A confirmation has marked by then whom it lets in. Before their status is changed.
 */
export const insertEntryMails = statement(`INSERT INTO mails ${COLUMNS}
SELECT 'entry:' || p.id, 'entry', c.member_id, ?2, p.id, NULL, coalesce(j.value ->> 'origin', ''), j.value ->> 'at', (j.value ->> 'at') + ${HINT_MS}, j.value ->> 'at'
FROM campaigns c CROSS JOIN json_each(?1) j CROSS JOIN participants p ON p.id = j.value ->> 'participant_id' AND p.campaign_id = ?2
WHERE c.id = ?2 AND ${SENDS_ENTRY} AND j.value ->> 'status' = 'active' AND p.status = 'pending'
  AND p.status_event IS iif(coalesce(j.value ->> 'confirms', 0), j.value ->> 'id', NULL)
ON CONFLICT (cause) DO NOTHING RETURNING id`);
