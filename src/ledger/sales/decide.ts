import { statement } from "../batch/statement";
import { value } from "../records/conversion-item";
import { code, codesOf } from "../records/decision-codes";
import { IS_OWNERS, KEY_ALIVE } from "../records/item";
import { AWARDS, COUNTED, EARNS, NUMBERED, RULES } from "../rewards/award";

/** The item's participant. If several have the same external ID, the earliest. */
export const PARTICIPANT = `CASE
    WHEN ${value("participant_id")} IS NOT NULL THEN ${value("participant_id")}
    WHEN ${value("email")} IS NOT NULL THEN (SELECT x.id FROM participants x WHERE x.campaign_id = ?2 AND x.email = ${value("email")})
    WHEN ${value("external_id")} IS NOT NULL THEN (
      SELECT min(x.id) FROM participants x WHERE x.campaign_id = ?2 AND x.external_id = ${value("external_id")}) END`;

/** The participant whose code the item has. */
export const CODE_OWNER = `CASE
    WHEN ${value("referrer_id")} IS NOT NULL THEN ${value("referrer_id")}
    WHEN ${value("checkout_key")} IS NOT NULL THEN (SELECT x.id FROM participants x WHERE x.campaign_id = ?2 AND x.checkout_key = ${value("checkout_key")}) END`;

/** The group's new conversions: the first item per key. A buyer's own referrer takes precedence over the code. */
const FRESH = `arriving AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, ${value("event_name")} AS event_name, ${value("key")} AS external_id,
    ${value("amount")} AS amount, ${value("paid")} AS paid, coalesce(${value("currency")}, c.currency) AS currency, c.currency AS own_currency, c.member_id AS owner,
    ${value("occurred_at")} AS occurred_at, ${value("metadata")} AS metadata, p.id AS buyer, p.status AS buyer_status,
    coalesce(p.mailbox, iif(${value("former_mailboxes")} IS NULL, NULL, (
      SELECT k.mailbox FROM conversions k WHERE k.campaign_id = ?2 AND k.mailbox IN (SELECT value FROM json_each(${value("former_mailboxes")})) LIMIT 1)), ${value("mailbox")}) AS mailbox, r.id AS referrer, r.status AS referrer_status,
    CASE WHEN r.id IS NULL THEN NULL WHEN p.invited_by IS NOT NULL THEN 'participant'
      WHEN ${value("referrer_id")} IS NOT NULL THEN 'referral_code' ELSE 'checkout_code' END AS attributed_by,
    r.id = p.id OR r.email_canonical = coalesce(p.email_canonical, ${value("canonical")})
      OR iif(${value("formers")} IS NULL, 0, r.email_canonical IN (SELECT value FROM json_each(${value("formers")}))) AS is_own
  FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = ?2 AND ${IS_OWNERS} AND ${KEY_ALIVE} AND NOT c.is_suspended
  LEFT JOIN participants p ON p.id = ${PARTICIPANT} AND p.campaign_id = ?2 AND p.status <> 'erased'
  LEFT JOIN participants r ON r.id = coalesce(p.invited_by, ${CODE_OWNER}) AND r.campaign_id = ?2
  WHERE (p.id IS NOT NULL OR (${value("participant_id")} IS NULL AND r.status <> 'erased')) AND NOT EXISTS (
    SELECT 1 FROM conversions k WHERE k.campaign_id = ?2 AND k.event_name = ${value("event_name")} AND k.external_id = ${value("key")})
),
fresh AS (
  SELECT *, row_number() OVER buyers AS buyer_turn, min(occurred_at) OVER buyers AS first_at FROM (
    SELECT *, row_number() OVER (PARTITION BY event_name, external_id ORDER BY n) AS turn FROM arriving) WHERE turn = 1
  WINDOW buyers AS (PARTITION BY coalesce(mailbox, buyer), event_name ORDER BY n)
)`;

/**
 * The buyer's earlier conversions of the event, as a participant and by mailbox, which others may share. Covered by
 * indexes.
 */
const EARLIER = `SELECT k.occurred_at FROM conversions k WHERE k.participant_id = f.buyer AND k.event_name = f.event_name
      UNION ALL SELECT k.occurred_at FROM conversions k WHERE k.campaign_id = ?2 AND k.mailbox = f.mailbox AND k.event_name = f.event_name`;

/** The time of the buyer's first conversion of the event, including earlier ones in the group. */
const FIRST_AT = `min(f.first_at, coalesce((SELECT min(occurred_at) FROM (${EARLIER})), f.first_at))`;

/** Why a rule does not count a conversion. Null if it counts. */
const REFUSAL = `CASE
    WHEN f.currency <> f.own_currency THEN ${code("other_currency")}
    WHEN f.referrer IS NULL THEN ${code("no_referrer")}
    WHEN f.is_own AND f.attributed_by <> 'participant' THEN ${code("own_code")}
    WHEN f.buyer IS NULL AND (r.role = 'invited' OR (f.mailbox IS NULL AND (r.first_only OR r.duration_months))) THEN ${code("buyer_unknown")}
    WHEN f.buyer_status <> 'active' THEN ${code("participant_not_active")}
    WHEN r.role = 'referrer' AND f.referrer_status <> 'active' THEN ${code("referrer_not_active")}
    WHEN f.amount < r.min_amount THEN ${code("amount_too_small")}
    WHEN r.first_only AND (f.buyer_turn > 1 OR EXISTS (${EARLIER})) THEN ${code("not_first")}
    WHEN r.duration_months IS NOT NULL AND f.occurred_at >= 1000 * unixepoch(${FIRST_AT} / 1000, 'unixepoch', '+' || r.duration_months || ' months')
      THEN ${code("too_late")} END`;

/** Every new conversion under every rule of its event. */
const DECIDED = `cases AS (
  SELECT f.n, f.amount, r.id AS rule, r.repeat, r.threshold, r.max_per_participant, r.max_per_month, r.budget,
    r.basis_points, r.amount AS fixed, r.max_amount, r.is_counted, iif(r.role = 'referrer', f.referrer, f.buyer) AS beneficiary, ${REFUSAL} AS code
  FROM fresh f CROSS JOIN rules r ON r.trigger = 'conversion' AND r.event_name = f.event_name
),
${COUNTED},
${AWARDS},
${NUMBERED}`;

/** The decisions for each conversion. */
const DECISIONS = `decisions AS (
  SELECT d.n, json_group_array(json_object('rule', d.rule, 'to', d.beneficiary, 'code', d.code, 'amount', d.given, 'reward', d.reward,
    'counts', d.counts) ORDER BY d.rule) AS list,
    CASE WHEN max(${EARNS}) THEN 'credited' WHEN max(d.code IN (${codesOf("capped")})) THEN 'capped' ELSE 'not_credited' END AS outcome
  FROM numbered d GROUP BY d.n
)`;

/**
 * Whether a rule needs to know the buyer's earlier conversions. If none does, a participant's conversions are recorded
 * without the mailbox, which saves an index row.
 */
const ASKS_FOR_BUYER = "EXISTS (SELECT 1 FROM rules r WHERE r.first_only OR r.duration_months)";

/** Records new conversions with each rule's decision. Later statements carry out the decisions. */
export const convert = statement(`WITH ${FRESH}, ${RULES}, ${DECIDED}, ${DECISIONS}
INSERT INTO conversions (member_id, campaign_id, participant_id, referrer_id, attributed_by, mailbox, event_name, external_id, amount, paid, currency, metadata,
  outcome, decisions, occurred_at, date_added, event)
SELECT f.owner, ?2, f.buyer, f.referrer, f.attributed_by, iif(f.buyer IS NULL OR ${ASKS_FOR_BUYER}, f.mailbox, NULL), f.event_name, f.external_id, f.amount, f.paid, f.currency, f.metadata,
  coalesce(d.outcome, 'not_credited'), coalesce(d.list, '[]'), f.occurred_at, f.at, f.event
FROM fresh f LEFT JOIN decisions d ON d.n = f.n ORDER BY f.n`);
