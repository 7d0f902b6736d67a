import { isRuleRewardOf, RULE_REWARDS } from "../../../drizzle/schema/rewards";
import { code, codesOf } from "../records/decision-codes";

/** The campaign's active rules. */
export const RULES = "rules AS (SELECT * FROM campaign_rules WHERE campaign_id = ?2 AND date_removed IS NULL)";

/** The month for monthly caps, taken from the group's first item. */
export const MONTH = "strftime('%Y-%m', json_extract(?1, '$[0].at') / 1000, 'unixepoch')";

/** The reward's value for a sale of `amount`, rounded half up. Null for a reward without an amount. */
const WORTH = `iif(basis_points IS NULL, fixed, min((amount * basis_points + 5000) / 10000, coalesce(max_amount, amount)))`;

const IS_DUE = "iif(repeat = 'once', reached >= threshold, reached % threshold = 0)";

/**
 * What each rule gives, step by step. Caps and budgets use running totals, so a group of 200 has the same result as 200
 * groups of one. The last of a budget goes to the earliest case: a percentage reward gets what is left, and a fixed
 * amount is granted in full or not at all. A case that earns nothing consumes nothing. Once a budget has refused a
 * participant, their later claims are refused by the budget too, not by a cap.
 *
 * The CTEs before it must define `cases(n, amount, rule, repeat, threshold, max_per_participant, max_per_month, budget,
 * basis_points, fixed, max_amount, beneficiary, code)`, where a case with a `code` does not count, and `counted`: the
 * cases that count, whether they are due, and what the participant `had` before (`withCounts`).
 */
export const AWARDS = `claims AS (
  SELECT *, sum(coalesce(${WORTH}, 1) > 0) OVER (PARTITION BY beneficiary, rule ORDER BY n) AS claim FROM counted
  WHERE is_due
),
capped AS (
  SELECT *, CASE
    WHEN ${WORTH} = 0 THEN ${code("amount_too_small")}
    WHEN repeat = 'once' AND had + claim > 1 THEN ${code("already_earned")}
    WHEN had + claim > max_per_participant THEN ${code("participant_cap")}
    WHEN had_in_month + claim > max_per_month THEN ${code("monthly_cap")} END AS code, ${WORTH} AS worth
  FROM (SELECT n, amount, rule, repeat, max_per_participant, max_per_month, budget, basis_points, fixed, max_amount, beneficiary, had, had_in_month, claim FROM claims)
),
priced AS (
  SELECT k.*, sum(k.worth) OVER (PARTITION BY k.rule ORDER BY k.n, k.beneficiary) AS upto,
    k.budget - coalesce(s.rule_spent ->> ('$."' || k.rule || '"'), 0) AS room
  FROM capped k CROSS JOIN campaign_stats s ON s.campaign_id = ?2 WHERE k.code IS NULL
),
awards AS (
  SELECT *, CASE
    WHEN budget IS NULL OR upto <= room THEN worth
    WHEN basis_points IS NULL THEN 0
    ELSE max(0, room - max(upto - worth, 0)) END AS given
  FROM priced
),
results AS (
  SELECT n, rule, beneficiary, code, NULL AS given, 0 AS counts FROM cases WHERE code IS NOT NULL
  UNION ALL SELECT n, rule, beneficiary, ${code("threshold_not_reached")}, NULL, 1 FROM counted WHERE NOT is_due
  UNION ALL SELECT n, rule, beneficiary, iif(code <> ${code("amount_too_small")} AND EXISTS (SELECT 1 FROM awards a
      WHERE a.given = 0 AND a.rule = capped.rule AND a.beneficiary = capped.beneficiary AND a.n < capped.n), ${code("budget_spent")}, code), NULL, 1
    FROM capped WHERE code IS NOT NULL
  UNION ALL SELECT n, rule, beneficiary, CASE
      WHEN given = 0 THEN ${code("budget_spent")} WHEN given < worth THEN ${code("earned_rest")} ELSE ${code("earned")} END,
    nullif(given, 0), 1 FROM awards
)`;

/** A participant's rewards from a rule, counted row by row. */
export const rewardsBy = (rule: string, participant: string, also = "") =>
  `(SELECT count(*) FROM rewards w WHERE ${isRuleRewardOf("w.id", participant)} AND w.rule_id = ${rule}${also})`;
export const IN_MONTH = ` AND strftime('%Y-%m', w.date_earned / 1000, 'unixepoch') = ${MONTH}`;

/**
 * What a rule gave a participant before it was counted (see `is_counted`). Their row includes it once it has a reward.
 */
const uncounted = (also?: string) =>
  `iif(k.is_counted AND coalesce(t.granted, 0) = 0, ${rewardsBy("k.rule", "k.beneficiary", also)}, 0)`;

/** The counted cases, with what each participant has from each rule. `columns` are expressions over `k` and `t`. */
export const withCounts = (columns: string) => `tried AS (
  SELECT k.*, ${columns}, coalesce(t.granted, 0) + ${uncounted()} AS had,
    iif(t.month = ${MONTH}, t.month_granted, 0) + ${uncounted(IN_MONTH)} AS had_in_month
  FROM cases k LEFT JOIN rule_counts t ON t.participant_id = k.beneficiary AND t.rule_id = k.rule AND k.is_counted IS NOT 0 WHERE k.code IS NULL
)`;

/** How many cases of the rule the participant has, including this one. */
const REACHED = `coalesce(t.reached, 0) + ${uncounted()} + row_number() OVER (PARTITION BY k.beneficiary, k.rule ORDER BY k.n)`;

/** Cases that are due based on their count alone. */
export const COUNTED = `${withCounts(`${REACHED} AS reached`)}, counted AS (SELECT *, ${IS_DUE} AS is_due FROM tried)`;

const { FROM, PER_PARTICIPANT } = RULE_REWARDS;
const FIRST_ID = `${FROM} + d.beneficiary * ${PER_PARTICIPANT}`;
/** Whether a result `d` is a reward. */
export const EARNS = `d.code IN (${codesOf("credited")})`;

/** The results. Each reward gets its participant's next ID. */
export const NUMBERED = `numbered AS (
  SELECT d.*, iif(${EARNS}, coalesce((SELECT max(w.id) + 1 FROM rewards w WHERE w.id BETWEEN ${FIRST_ID} AND ${FIRST_ID} + ${PER_PARTICIPANT - 1}), ${FIRST_ID})
    + row_number() OVER (PARTITION BY d.beneficiary, ${EARNS} ORDER BY d.n, d.rule) - 1, NULL) AS reward
  FROM results d
)`;
