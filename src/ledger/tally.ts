import { AWARDS, COUNTED, NUMBERED, RULES, withCounts } from "./award";
import { GRANTED, OWN_TAPE } from "./grant";
import { deniedFriends } from "./review-holds";
import { addSpent, COUPON, countRules, insertMade } from "./rule-rewards";
import { type Group, statement } from "./statement";

/** Friends whom a review denied count for no rung that comes once. */
const TOTAL = `iif(r."trigger" = 'signup' AND r.role = 'referrer' AND r.repeat = 'once', x.reached - ${deniedFriends("x.participant_id")}, x.reached)`;

/**
 * The cases of the rules for signups and visits. A reward that comes `once` is due at the participant's own total, so
 * that earlier friends count; one that comes again and again counts what came since the rule was there.
 */
const CASES = `${RULES},
cases AS (
  SELECT x.n, NULL AS amount, r.id AS rule, r.repeat, r.threshold, r.max_per_participant, r.max_per_month, r.budget,
    NULL AS basis_points, r.amount AS fixed, NULL AS max_amount, x.participant_id AS beneficiary, ${TOTAL} AS total, r.is_counted, NULL AS code
  FROM rules r CROSS JOIN tallied x ON x.trigger = r.trigger AND x.role = r.role AND (x.is_new OR r.repeat = 'once')
)`;

const ITEMS = "(SELECT DISTINCT n, event, at FROM tallied)";

const MAKING = `made AS (
  SELECT d.n, i.event, i.at, NULL AS conversion, c.currency, d.rule, d.beneficiary, d.given AS amount, d.reward
  FROM numbered d CROSS JOIN ${ITEMS} i ON i.n = d.n CROSS JOIN campaigns c ON c.id = ?2 WHERE d.reward IS NOT NULL
)`;

/** The rewards that the group's items have earned by rules for signups and visits. */
const MADE = `made AS (
  SELECT i.n, i.event, i.at, NULL AS conversion, w.rule_id AS rule, w.participant_id AS beneficiary, w.amount, w.id AS reward
  FROM ${ITEMS} i CROSS JOIN rewards w INDEXED BY rewards_of_rules ON w.earn_event = i.event AND w.rule_id IS NOT NULL AND w.conversion_id IS NULL
)`;

/** The group's items, or none without such rules: then nothing else is read for them. */
const IF_ANY = `(SELECT 1 FROM campaign_rules WHERE campaign_id = ?2 AND "trigger" <> 'conversion' AND date_removed IS NULL LIMIT 1)
    CROSS JOIN json_each(?1) j`;

/** The codes that the rewards of the campaign's own goal get first. */
const TAKEN = `(SELECT count(*) FROM granted WHERE reward_type = ${COUPON} AND status = 'fulfilled')`;

/**
 * The statements that reward by rules for signups and visits, between those that insert the rewards of the campaign's
 * own goal and assign codes. `tally` defines `reach` (see `Earning`) and `tallied(n, event, at, trigger, role,
 * participant_id, reached, is_new)`: each participant's total of friends or visits after an item, and whether the item
 * added one. A friend's own total is 1.
 */
export function rewardByRules(tally: string): Group {
  const ctes = tally.replaceAll("json_each(?1) j", IF_ANY);
  return {
    insertRuleRewards: insertMade(
      `${ctes}, ${GRANTED}, ${OWN_TAPE}, ${CASES}, ${withCounts(`iif(k.repeat = 'once', k.total, ${COUNTED})`)}, ${AWARDS}, ${NUMBERED}, ${MAKING}`,
      TAKEN,
    ),
    countRules: statement(`WITH ${ctes}, ${MADE}, ${CASES}
${countRules(`SELECT beneficiary, rule, sum(reached) AS reached, sum(granted) AS granted, sum(granted) AS in_month FROM (
    SELECT beneficiary, rule, 1 AS reached, 0 AS granted FROM cases WHERE repeat = 'every'
    UNION ALL SELECT beneficiary, rule, 0, 1 FROM made) GROUP BY beneficiary, rule`)}`),
    spendByRules: statement(`UPDATE campaign_stats SET ${addSpent(`${ctes}, ${MADE}`)}
WHERE campaign_id = ?2 AND EXISTS (WITH ${ctes}, ${MADE} SELECT 1 FROM made WHERE amount IS NOT NULL)`),
  };
}
