import type { campaignMails, friendMails } from "../../../drizzle/schema/campaigns";
import { HINT_MS } from "../../outbox/queue";
import { statement } from "../batch/statement";
import { idOfReview } from "../records/review-id";

/** Whether campaign `c` has its own subject or message for a kind of email. Then everybody gets it. */
const hasWords = (prefix: string) =>
  `(coalesce(c.${prefix}_subject, '') <> '' OR coalesce(c.${prefix}_message, '') <> '')`;
/** Whether campaign `c` sends the default text to people who signed up themselves. */
const hasOurs = (kind: (typeof campaignMails)[number]) => `instr(c.default_emails, '"${kind}"') > 0`;

/** Whether campaign `c` sends everybody a welcome email. */
export const WELCOMES_ALL = hasWords("campaign_entry");
/** Whether a campaign welcomes new participant `f`, where only their row is available. */
export const WELCOMES_VISITOR = `f.is_visitor AND EXISTS (SELECT 1 FROM campaigns c WHERE c.id = ?2 AND ${hasOurs("entry")})`;

/** Whether campaign `c` sends a kind of email to participant `p`. */
const sends = (kind: (typeof campaignMails)[number], prefix: string) =>
  `(${hasWords(prefix)} OR p.is_visitor AND ${hasOurs(kind)})`;
const ENTRY = sends("entry", "campaign_entry");
const SENDS_ANY = `(c.double_opt_in OR c.default_emails <> '[]' OR ${["campaign_entry", "reward_notify", "twoway_reward_notify", "admitted_notify"].map(hasWords).join(" OR ")})`;

/**
 * Whether the group may open a review whose friend is asked for proof. Read from the items' text, which costs no row.
 */
const OPENS_REVIEWS = `instr(?1, '"suspicion"') > 0`;

/** The kind of email that event `e` of participant `p` causes, about reward `w` if there is one. Null if none. */
const KIND = `CASE
  WHEN e.type = 'participant.signup' AND p.confirmation = 'waiting' THEN 'confirm'
  WHEN e.type = 'review.opened' AND p.confirmation IS NOT 'waiting' AND EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${idOfReview("p.id")} AND v.proof = 'asked') THEN 'proof'
  WHEN e.type = 'participant.signup' AND p.status = 'active' AND ${ENTRY} THEN 'entry'
  WHEN e.type = 'reward.fulfilled' AND w.role = 'referrer' AND ${sends("reward", "reward_notify")} THEN 'reward'
  WHEN e.type = 'reward.fulfilled' AND w.role = 'invited' AND ${sends("twoway_reward", "twoway_reward_notify")} THEN 'twoway_reward'
  WHEN e.type = 'participant.admitted' AND e.data ->> 'release_id' IS NOT NULL AND ${sends("admitted", "admitted_notify")} THEN 'admitted' END`;

const COLUMNS =
  "(cause, kind, member_id, campaign_id, participant_id, reward_id, origin, next_attempt_at, hinted_until, date_added)";

/**
 * Inserts the emails that the group's events cause: one for each new participant and each fulfilled reward. An event's
 * ID begins with its item's ID. Returns the IDs of the new emails. For a campaign without emails, this only reads its
 * row.
 */
export const insertMails = statement(`INSERT INTO mails ${COLUMNS}
SELECT x.kind || ':' || coalesce(x.reward_id, x.participant_id), x.kind, x.member_id, ?2, x.participant_id, x.reward_id, coalesce(x.origin, ''), x.date, x.date + ${HINT_MS}, x.date
FROM (
  SELECT ${KIND} AS kind, c.member_id, e.participant_id, e.reward_id, j.value ->> 'origin' AS origin, e.date
  FROM campaigns c CROSS JOIN json_each(?1) j CROSS JOIN events e ON e.campaign_id = ?2 AND e.id >= j.value ->> 'id' AND e.id < (j.value ->> 'id') || '~'
  CROSS JOIN participants p ON p.id = e.participant_id AND p.status IN ('active', 'pending') LEFT JOIN rewards w ON w.id = e.reward_id
  WHERE c.id = ?2 AND NOT coalesce(j.value ->> 'no_emails', 0) AND (${SENDS_ANY} OR ${OPENS_REVIEWS})
) x WHERE x.kind IS NOT NULL
ON CONFLICT (cause) DO NOTHING RETURNING id`);

/**
 * Inserts the welcome emails of participants who become active: they were pending since signup without a manual change
 * of status, or they confirm their email now. `ctes` define `asking(event, at, origin, id, status, status_event,
 * confirms, is_admitted)`. Must run before anything about them changes.
 */
export const insertEntryMails = (ctes: string) =>
  statement(`WITH ${ctes}
INSERT INTO mails ${COLUMNS}
SELECT 'entry:' || a.id, 'entry', c.member_id, ?2, a.id, NULL, coalesce(a.origin, ''), a.at, a.at + ${HINT_MS}, a.at
FROM campaigns c CROSS JOIN asking a CROSS JOIN participants p ON p.id = a.id
WHERE c.id = ?2 AND ${ENTRY} AND a.is_admitted AND a.status = 'pending' AND (a.confirms OR a.status_event IS NULL)
ON CONFLICT (cause) DO NOTHING RETURNING id`);

/** Whether campaign `c` sends a kind of email about friends. */
const tells = (kind: (typeof friendMails)[number]) => `instr(c.friend_emails, '"${kind}"') > 0`;

/**
 * Inserts emails to participants whose friends joined: one per day about a friend, and one when a single friend is
 * missing to reach the goal. `ctes` define `brought(id, at, origin, invited_by)`, the credited friends. Must run after
 * the counts are updated and before the events are written. The sweep sends them.
 */
export const insertFriendMails = (ctes: string) =>
  statement(`WITH ${ctes}
INSERT INTO mails (cause, kind, member_id, campaign_id, participant_id, detail, origin, next_attempt_at, date_added)
SELECT 'friend_joined:' || r.id || ':' || strftime('%Y-%m-%d', b.at / 1000, 'unixepoch'), 'friend_joined', c.member_id, ?2, r.id, b.id, coalesce(b.origin, ''), b.at, b.at
FROM campaigns c CROSS JOIN brought b CROSS JOIN participants r ON r.id = b.invited_by AND r.status = 'active'
WHERE c.id = ?2 AND ${tells("friend_joined")}
UNION ALL
SELECT 'one_to_go:' || r.id, 'one_to_go', c.member_id, ?2, r.id, NULL, coalesce(b.origin, ''), b.at, b.at
FROM campaigns c CROSS JOIN brought b CROSS JOIN participants r ON r.id = b.invited_by AND r.status = 'active' AND r.referral_count = c.num_signups - 1
WHERE c.id = ?2 AND c.goal_type = 'signup' AND ${tells("one_to_go")}
ON CONFLICT (cause) DO NOTHING`);
