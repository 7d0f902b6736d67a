import { type Group, statement } from "../batch/statement";
import { AWARDS, NUMBERED, RULES, withCounts } from "./award";
import { GRANTED, OWN_TAPE } from "./grant";
import { deniedFriends, deniedSince } from "./review-holds";
import { addSpent, COUPON, countRules, insertMade } from "./rule-rewards";

/** Friends that a review denied do not count. */
const OF_FRIENDS = `r."trigger" = 'signup' AND r.role = 'referrer'`;
const TOTAL = `iif(${OF_FRIENDS} AND r.repeat = 'once', x.reached - ${deniedFriends("x.participant_id")}, x.reached)`;
/** The denied friends who were credited since the rule exists. Request IDs begin with their time. */
const DENIED = `iif(${OF_FRIENDS} AND r.repeat = 'every', ${deniedSince("x.participant_id", "printf('evt_%012x', r.date_added)")}, 0)`;

/**
 * The cases of the rules for signups and visits. A reward with `once` is due at the participant's total, so earlier
 * friends count. A repeated reward counts only from when the rule was created.
 */
const casesOf = (also = "") => `${RULES},
cases AS (
  SELECT x.n, NULL AS amount, r.id AS rule, r.repeat, r.threshold, r.max_per_participant, r.max_per_month, r.budget,
    NULL AS basis_points, r.amount AS fixed, NULL AS max_amount, x.participant_id AS beneficiary, ${TOTAL} AS total, ${DENIED} AS denied, x.is_new, r.is_counted, NULL AS code
  FROM rules r CROSS JOIN tallied x ON x.trigger = r.trigger AND x.role = r.role${also}
)`;

const OF_RULE = "PARTITION BY beneficiary, rule ORDER BY n ROWS UNBOUNDED PRECEDING";

/**
 * The cases, and whether they are due. A repeated rule is due while it has decided fewer groups of friends than the
 * counted friends complete, at most once per case: friends who count again complete several at a time. `settled`:
 * groups decided before; `done`: groups decided since.
 */
const COUNTED = `${withCounts(`coalesce(t.reached, 0) AS before, coalesce(t.behind, 0) AS behind,
    coalesce(t.reached, 0) + sum(k.is_new) OVER (PARTITION BY k.beneficiary, k.rule ORDER BY k.n ROWS UNBOUNDED PRECEDING) AS reached`)},
complete AS (
  SELECT *, max(0, (reached - denied) / threshold - before / threshold + behind) AS room, row_number() OVER (PARTITION BY beneficiary, rule ORDER BY n) AS turn FROM tried
),
taken AS (SELECT *, turn + min(0, min(room - turn) OVER (${OF_RULE})) AS done FROM complete),
counted AS (
  SELECT *, iif(repeat = 'once', total >= threshold, done > coalesce(lag(done) OVER (PARTITION BY beneficiary, rule ORDER BY n), 0)) AS is_due FROM taken
)`;

const ITEMS = "(SELECT DISTINCT n, event, at FROM tallied)";

const MAKING = `made AS (
  SELECT d.n, i.event, i.at, NULL AS conversion, c.currency, d.rule, d.beneficiary, d.given AS amount, d.reward
  FROM numbered d CROSS JOIN ${ITEMS} i ON i.n = d.n CROSS JOIN campaigns c ON c.id = ?2 WHERE d.reward IS NOT NULL
)`;

/** The rewards that the group's items earned through rules for signups and visits. */
const MADE = `made AS (
  SELECT i.n, i.event, i.at, NULL AS conversion, w.rule_id AS rule, w.participant_id AS beneficiary, w.amount, w.id AS reward
  FROM ${ITEMS} i CROSS JOIN rewards w INDEXED BY rewards_of_rules ON w.earn_event = i.event AND w.rule_id IS NOT NULL AND w.conversion_id IS NULL
)`;

/** The group's items, or none if the campaign has no such rules, so nothing else is read. */
const IF_ANY = `(SELECT 1 FROM campaign_rules WHERE campaign_id = ?2 AND "trigger" <> 'conversion' AND date_removed IS NULL LIMIT 1)
    CROSS JOIN json_each(?1) j`;

/** The codes that go to rewards of the campaign's own goal first. */
const TAKEN = `(SELECT count(*) FROM granted WHERE reward_type = ${COUPON} AND status = 'fulfilled')`;

/**
 * The statements that reward by rules for signups and visits. They run after the campaign's own goal rewards are
 * inserted and before codes are assigned. `tally` defines `reach` (see `Earning`) and `tallied(n, event, at, trigger,
 * role, participant_id, reached, is_new)`: each participant's total of friends or visits after an item, and whether the
 * item added one. A friend's own total is 1.
 */
export function rewardByRules(tally: string): Group {
  const ctes = tally.replaceAll("json_each(?1) j", IF_ANY);
  return {
    insertRuleRewards: insertMade(
      `${ctes}, ${GRANTED}, ${OWN_TAPE}, ${casesOf()}, ${COUNTED}, ${AWARDS}, ${NUMBERED}, ${MAKING}`,
      TAKEN,
    ),
    countRules: statement(`WITH ${ctes}, ${MADE}, ${casesOf(" AND r.repeat = 'every'")}, ${COUNTED}
${countRules(`SELECT beneficiary, rule, sum(reached) AS reached, sum(granted) AS granted, sum(granted) AS in_month, sum(behind) AS behind FROM (
    SELECT beneficiary, rule, sum(is_new) AS reached, 0 AS granted, max(reached) / threshold - before / threshold - max(done) AS behind
      FROM counted GROUP BY beneficiary, rule
    UNION ALL SELECT beneficiary, rule, 0, 1, 0 FROM made) GROUP BY beneficiary, rule HAVING sum(reached) OR sum(granted) OR sum(behind)`)}`),
    spendByRules: statement(`UPDATE campaign_stats SET ${addSpent(`${ctes}, ${MADE}`)}
WHERE campaign_id = ?2 AND EXISTS (WITH ${ctes}, ${MADE} SELECT 1 FROM made WHERE amount IS NOT NULL)`),
  };
}
