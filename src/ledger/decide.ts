import { CONVERSION_REWARDS } from "../../drizzle/schema/rewards";
import { value } from "./conversion-item";
import { code, codesOf } from "./decision-codes";
import { IS_OWNERS, KEY_ALIVE } from "./item";
import { rewardKinds } from "./reward-kinds";
import { statement } from "./statement";

/** The rules of the campaign that are in use. */
export const RULES = "rules AS (SELECT * FROM campaign_rules WHERE campaign_id = ?2 AND date_removed IS NULL)";

/** The month whose caps count, from the group's first item. */
export const MONTH = "strftime('%Y-%m', json_extract(?1, '$[0].at') / 1000, 'unixepoch')";

/** The participant of an item. Of several with the same external ID, the earliest. */
export const PARTICIPANT = `CASE
    WHEN ${value("participant_id")} IS NOT NULL THEN ${value("participant_id")}
    WHEN ${value("email")} IS NOT NULL THEN (SELECT x.id FROM participants x WHERE x.campaign_id = ?2 AND x.email = ${value("email")})
    WHEN ${value("external_id")} IS NOT NULL THEN (
      SELECT min(x.id) FROM participants x WHERE x.campaign_id = ?2 AND x.external_id = ${value("external_id")}) END`;

/** The group's new conversions: of items with the same key, the first. */
const FRESH = `arriving AS (
  SELECT j.key AS n, ${value("id")} AS event, ${value("at")} AS at, ${value("event_name")} AS event_name, ${value("key")} AS external_id,
    ${value("amount")} AS amount, coalesce(${value("currency")}, c.currency) AS currency, c.currency AS own_currency, c.member_id AS owner,
    ${value("occurred_at")} AS occurred_at, ${value("metadata")} AS metadata, p.id AS buyer, p.status AS buyer_status,
    r.id AS referrer, r.status AS referrer_status
  FROM json_each(?1) j CROSS JOIN campaigns c ON c.id = ?2 AND ${IS_OWNERS} AND ${KEY_ALIVE} AND NOT c.is_suspended
  LEFT JOIN participants p ON p.id = ${PARTICIPANT} AND p.campaign_id = ?2 AND p.status <> 'erased'
  LEFT JOIN participants r ON r.id = coalesce(${value("referrer_id")}, p.invited_by) AND r.campaign_id = ?2
  WHERE (p.id IS NOT NULL OR (${value("referrer_id")} IS NOT NULL AND r.status <> 'erased')) AND NOT EXISTS (
    SELECT 1 FROM conversions k WHERE k.campaign_id = ?2 AND k.event_name = ${value("event_name")} AND k.external_id = ${value("key")})
),
fresh AS (
  SELECT *, row_number() OVER (PARTITION BY buyer, event_name ORDER BY n) AS buyer_turn FROM (
    SELECT *, row_number() OVER (PARTITION BY event_name, external_id ORDER BY n) AS turn FROM arriving) WHERE turn = 1
)`;

/** When the buyer's first conversion of the event was. The index has a buyer's conversions. */
const FIRST_AT = `min(f.occurred_at, coalesce((SELECT min(k.occurred_at) FROM conversions k
      WHERE k.participant_id = f.buyer AND k.event_name = f.event_name), f.occurred_at))`;

/** Why a rule does not count a conversion. Null if it counts. */
const REFUSAL = `CASE
    WHEN f.currency <> f.own_currency THEN ${code("other_currency")}
    WHEN f.referrer IS NULL THEN ${code("no_referrer")}
    WHEN f.buyer IS NULL AND (r.role = 'invited' OR r.first_only OR r.duration_months) THEN ${code("buyer_unknown")}
    WHEN f.buyer_status <> 'active' THEN ${code("participant_not_active")}
    WHEN r.role = 'referrer' AND f.referrer_status <> 'active' THEN ${code("referrer_not_active")}
    WHEN f.amount < r.min_amount THEN ${code("amount_too_small")}
    WHEN r.first_only AND (f.buyer_turn > 1 OR EXISTS (
      SELECT 1 FROM conversions k WHERE k.participant_id = f.buyer AND k.event_name = f.event_name)) THEN ${code("not_first")}
    WHEN r.duration_months IS NOT NULL AND f.occurred_at >= 1000 * unixepoch(${FIRST_AT} / 1000, 'unixepoch', '+' || r.duration_months || ' months')
      THEN ${code("too_late")} END`;

/** What the reward is worth for a sale of `amount`. Null for a reward without an amount. Halves are rounded up. */
const WORTH = `iif(basis_points IS NULL, fixed, min((amount * basis_points + 5000) / 10000, coalesce(max_amount, amount)))`;

/**
 * Every new conversion under every rule of its event, in steps. Caps and budgets are compared with running numbers, so
 * that a group of 200 decides the same as 200 groups of one: the budget's last money goes to whoever comes first, a
 * percentage gets the rest, and a fixed amount is granted in full or not at all. A sale that earns nothing uses up nothing:
 * if the budget refused a participant once, it refuses their later claims, too, and no cap does.
 */
const DECIDED = `cases AS (
  SELECT f.n, f.amount, r.id AS rule, r.repeat, r.threshold, r.max_per_participant, r.max_per_month, r.budget, r.reward_type,
    r.basis_points, r.amount AS fixed, r.max_amount, iif(r.role = 'referrer', f.referrer, f.buyer) AS beneficiary, ${REFUSAL} AS code
  FROM fresh f CROSS JOIN rules r ON r.event_name = f.event_name
),
counted AS (
  SELECT k.*, coalesce(t.reached, 0) + row_number() OVER (PARTITION BY k.beneficiary, k.rule ORDER BY k.n) AS reached,
    coalesce(t.granted, 0) AS had, iif(t.month = ${MONTH}, t.month_granted, 0) AS had_in_month
  FROM cases k LEFT JOIN rule_counts t ON t.participant_id = k.beneficiary AND t.rule_id = k.rule WHERE k.code IS NULL
),
claims AS (
  SELECT *, sum(coalesce(${WORTH}, 1) > 0) OVER (PARTITION BY beneficiary, rule ORDER BY n) AS claim FROM counted
  WHERE iif(repeat = 'once', reached >= threshold, reached % threshold = 0)
),
capped AS (
  SELECT *, CASE
    WHEN ${WORTH} = 0 THEN ${code("amount_too_small")}
    WHEN repeat = 'once' AND had + claim > 1 THEN ${code("already_earned")}
    WHEN had + claim > max_per_participant THEN ${code("participant_cap")}
    WHEN had_in_month + claim > max_per_month THEN ${code("monthly_cap")} END AS code, ${WORTH} AS worth
  FROM (SELECT n, amount, rule, repeat, max_per_participant, max_per_month, budget, reward_type, basis_points, fixed, max_amount, beneficiary, had, had_in_month, claim FROM claims)
),
priced AS (
  SELECT k.*, sum(k.worth) OVER (PARTITION BY k.rule ORDER BY k.n) AS upto,
    k.budget - coalesce(s.rule_spent ->> ('$."' || k.rule || '"'), 0) AS room
  FROM capped k CROSS JOIN campaign_stats s ON s.campaign_id = ?2 WHERE k.code IS NULL
),
granted AS (
  SELECT *, CASE
    WHEN budget IS NULL OR upto <= room THEN worth
    WHEN basis_points IS NULL THEN 0
    ELSE max(0, room - max(upto - worth, 0)) END AS given
  FROM priced
),
results AS (
  SELECT n, rule, beneficiary, code, NULL AS given, 0 AS counts FROM cases WHERE code IS NOT NULL
  UNION ALL SELECT n, rule, beneficiary, ${code("threshold_not_reached")}, NULL, 1 FROM counted
    WHERE NOT iif(repeat = 'once', reached >= threshold, reached % threshold = 0)
  UNION ALL SELECT n, rule, beneficiary, iif(code <> ${code("amount_too_small")} AND EXISTS (SELECT 1 FROM granted g
      WHERE g.given = 0 AND g.rule = capped.rule AND g.beneficiary = capped.beneficiary AND g.n < capped.n), ${code("budget_spent")}, code), NULL, 1
    FROM capped WHERE code IS NOT NULL
  UNION ALL SELECT n, rule, beneficiary, CASE
      WHEN given = 0 THEN ${code("budget_spent")} WHEN given < worth THEN ${code("earned_rest")} ELSE ${code("earned")} END,
    nullif(given, 0), 1 FROM granted
)`;

const { FROM, PER_PARTICIPANT } = CONVERSION_REWARDS;
const FIRST_ID = `${FROM} + d.beneficiary * ${PER_PARTICIPANT}`;
const EARNS = `d.code IN (${codesOf("credited")})`;

/** The decisions of each conversion. Rewards get the next IDs of their participants. */
const DECISIONS = `numbered AS (
  SELECT d.*, iif(${EARNS}, coalesce((SELECT max(w.id) + 1 FROM rewards w WHERE w.id BETWEEN ${FIRST_ID} AND ${FIRST_ID} + ${PER_PARTICIPANT - 1}), ${FIRST_ID})
    + row_number() OVER (PARTITION BY d.beneficiary, ${EARNS} ORDER BY d.n, d.rule) - 1, NULL) AS reward
  FROM results d
),
decisions AS (
  SELECT d.n, json_group_array(json_object('rule', d.rule, 'to', d.beneficiary, 'code', d.code, 'amount', d.given, 'reward', d.reward,
    'counts', d.counts) ORDER BY d.rule) AS list,
    CASE WHEN max(${EARNS}) THEN 'credited' WHEN max(d.code IN (${codesOf("capped")})) THEN 'capped' ELSE 'not_credited' END AS outcome
  FROM numbered d GROUP BY d.n
)`;

/** Records new conversions with what each rule decides about them. The statements after it carry the decisions out. */
export const convert = statement(`WITH ${FRESH}, ${RULES}, ${DECIDED}, ${DECISIONS}
INSERT INTO conversions (member_id, campaign_id, participant_id, referrer_id, event_name, external_id, amount, currency, metadata,
  outcome, decisions, occurred_at, date_added, event)
SELECT f.owner, ?2, f.buyer, f.referrer, f.event_name, f.external_id, f.amount, f.currency, f.metadata,
  coalesce(d.outcome, 'not_credited'), coalesce(d.list, '[]'), f.occurred_at, f.at, f.event
FROM fresh f LEFT JOIN decisions d ON d.n = f.n ORDER BY f.n`);

export const COUPON = rewardKinds.coupon.id;
