import { RULES_PER_CAMPAIGN } from "../../../drizzle/schema/conversions";
import { isHeld, nextEarned } from "../../../drizzle/schema/rewards";
import { columnOf } from "../../lib/fields";
import { statement } from "../batch/statement";
import { nextCodes } from "../batch/tape";
import { insertEvents } from "../events/publish";
import { idsFulfilled, kindNames, rewardKinds } from "../records/reward-kinds";
import { deniedFriends, isReviewed, wasDenied } from "./review-holds";
import { IS_ASKED } from "./veto-holds";

/** The slot in a reward's ID (`participant_id * 64 + slot`). */
export const REFERRER_SLOT = 0;
export const INVITED_SLOT = 1;

const COUPON = rewardKinds.coupon.id;

/** The value columns of all kinds. A reward copies those of its own kind. */
const VALUES = kindNames.flatMap((kind) =>
  Object.keys(rewardKinds[kind].value).map((field) => ({ column: columnOf(field), id: rewardKinds[kind].id })),
);
const COLUMNS = VALUES.map(({ column }) => column).join(", ");
const OF_CAMPAIGN = VALUES.map(({ column }) => `v.${column}`).join(", ");
const OF_KIND = VALUES.map(({ column, id }) => `iif(reward_type = ${id}, ${column}, NULL)`).join(", ");

/** The campaign's first two rules as rows: the recipient, the reward, and the count. */
const RULES = `rules AS (
  SELECT ${REFERRER_SLOT} AS slot, 'referrer' AS role, c.goal_type AS goal,
    iif(c.goal_type = 'visit', c.num_visits, c.num_signups) AS threshold, c.member_id AS owner, c.currency AS currency,
    c.reward_type AS reward_type, ${OF_CAMPAIGN}
  FROM campaigns c CROSS JOIN campaign_rewards v ON v.campaign_id = c.id WHERE c.id = ?2
  UNION ALL
  SELECT ${INVITED_SLOT}, 'invited', 'signup', 1, c.member_id, c.currency, c.reward_type,
    ${OF_CAMPAIGN}
  FROM campaigns c CROSS JOIN campaign_rewards v ON v.campaign_id = c.id WHERE c.id = ?2 AND c.reward_invited
)`;

/** The next codes in the pool, numbered from 1: at most `perItem` per item in the group. */
export const tape = (perItem: string) => `tape AS (
  SELECT id, row_number() OVER (ORDER BY id) AS turn FROM (
    ${nextCodes(`${perItem} * json_array_length(?1)`)}
  )
)`;
/**
 * An item can earn its participant both rules' rewards, and its referrer one more. Each further rule rewards at most
 * both of them.
 */
export const OWN_TAPE = tape(`(3 + 2 * (SELECT count(*) FROM campaign_rules r
      WHERE r.campaign_id = ?2 AND r.date_removed IS NULL AND r.reward_type = ${COUPON}))`);

/** Whether a new reward is fulfilled immediately. `turn` is a coupon reward's number among those of its group. */
export const STATUS = `CASE
    WHEN reward_type IN (${idsFulfilled("at once")}) THEN 'fulfilled'
    WHEN reward_type = ${COUPON} AND turn <= (SELECT count(*) FROM tape) THEN 'fulfilled'
    ELSE 'pending' END`;

/**
 * How a kind of item earns rewards. `ctes` define `earned(n, event, at, participant_id, slot, reached)`, each
 * participant's count `reached` after item `n`, to compare with the rule's threshold; and `reach(event, origin, id,
 * inviter)`, the participants who may have earned something with each item.
 */
export type Earning = { ctes: string; goal: "signup" | "visit" };

/** CTEs that define `granted` and `tape` for a kind of item. */
export type Grants = { ctes: string };
const grantsOf = ({ ctes }: Earning): Grants => ({ ctes: `${ctes}, ${GRANTED}, ${OWN_TAPE}` });

/** Everything that is set when a reward is earned again. */
const AGAIN = [
  "reward_type",
  "status",
  ...VALUES.map(({ column }) => column),
  "currency",
  "needs_approval",
  "in_review",
  "in_veto",
  "date_earned",
]
  .concat("date_fulfilled", "earn_event")
  .map((column) => `${column} = excluded.${column}`)
  .join(", ");

/**
 * Inserts the rewards that the group earned. A coupon reward is fulfilled if a code is available. A reward that a
 * review revoked is earned again under its own ID, so nobody ever has two.
 */
export const insertRewards = ({ ctes, goal }: Earning) =>
  statement(`WITH ${ctes}, ${RULES}, ${OWN_TAPE},
due AS (
  SELECT e.n, e.event, ${nextEarned("e.at")} AS at, e.participant_id, r.*,
    row_number() OVER (PARTITION BY e.participant_id, e.slot ORDER BY e.n) AS claim
  FROM earned e CROSS JOIN rules r ON r.slot = e.slot AND r.goal = '${goal}' AND e.reached >= r.threshold
    AND ${goal === "signup" ? `(r.role <> 'referrer' OR e.reached - ${deniedFriends("e.participant_id")} >= r.threshold)` : "true"}
  WHERE NOT EXISTS (SELECT 1 FROM rewards w WHERE w.id = e.participant_id * 64 + e.slot AND NOT ${wasDenied("w")})
),
judged AS (SELECT due.*, ${isReviewed("due.participant_id", "due.role")} AS is_reviewed, ${IS_ASKED} AS is_asked FROM due WHERE claim = 1),
claimed AS (SELECT *, is_reviewed OR is_asked AS is_held FROM judged),
placed AS (
  SELECT claimed.*, iif(reward_type = ${COUPON}, row_number() OVER (PARTITION BY reward_type, is_held ORDER BY n, slot), NULL) AS turn
  FROM claimed
),
decided AS (
  SELECT placed.*, iif(is_held, 'pending', ${STATUS}) AS status, nullif(is_held, 0) AS asks FROM placed
)
INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status,
  ${COLUMNS}, currency, needs_approval, in_review, in_veto, date_earned, date_fulfilled, earn_event)
SELECT participant_id * 64 + slot, owner, ?2, participant_id, role, reward_type, status,
  ${OF_KIND}, currency, asks, nullif(is_reviewed, 0), nullif(is_asked, 0),
  at, iif(status = 'fulfilled', at, NULL), event
FROM decided WHERE true ORDER BY n, slot
ON CONFLICT (id) DO UPDATE SET ${AGAIN}, note = NULL`);

/** The number of a reward's rule in its campaign, for its event's ID. */
export const ruleNumber = (alias: string) =>
  `iif(${alias}.rule_id IS NULL, ${alias}.id % 64, ${alias}.rule_id % ${RULES_PER_CAMPAIGN})`;

/** The columns of `granted` for reward `w`, which item `x` earned. */
export const GRANTED_COLUMNS = `x.event, x.origin, w.id, w.participant_id, w.reward_type, w.status, w.date_earned, ${ruleNumber("w")} AS rule,
  iif(${isHeld("w")}, 'held', w.status) AS told`;

const GRANTED = `granted AS (
  SELECT ${GRANTED_COLUMNS}
  FROM reach x CROSS JOIN rewards w ON w.earn_event = x.event
    AND w.id IN (x.id * 64 + ${REFERRER_SLOT}, x.id * 64 + ${INVITED_SLOT}, x.inviter * 64 + ${REFERRER_SLOT})
  UNION ALL
  SELECT ${GRANTED_COLUMNS}
  FROM reach x CROSS JOIN rewards w INDEXED BY rewards_of_rules ON w.earn_event = x.event AND w.rule_id IS NOT NULL AND w.conversion_id IS NULL
)`;

/** Assigns a code to each of the group's fulfilled coupon rewards, in tape order. */
export const assignGranted = ({ ctes }: Grants) =>
  statement(`WITH ${ctes},
won AS (
  SELECT id AS reward_id, date_earned, row_number() OVER (ORDER BY id) AS turn FROM granted WHERE reward_type = ${COUPON} AND status = 'fulfilled'
),
pairs AS MATERIALIZED (SELECT tape.id AS coupon_id, won.reward_id, won.date_earned FROM won JOIN tape ON tape.turn = won.turn)
UPDATE coupons SET reward_id = pairs.reward_id, date_assigned = pairs.date_earned
FROM pairs
WHERE coupons.id IN (SELECT coupon_id FROM pairs) AND coupons.id = pairs.coupon_id`);

export const assignCoupons = (earning: Earning) => assignGranted(grantsOf(earning));

/** How the group's rewards change the campaign's totals, as one row `d`. */
export const rewardTotals = ({ ctes }: Earning) => grantedTotals({ ctes: `${ctes}, ${GRANTED}` });
export const grantedTotals = ({ ctes }: Grants) => `WITH ${ctes}
SELECT coalesce(sum(g.status = 'fulfilled'), 0) AS fulfilled, coalesce(sum(g.status = 'pending'), 0) AS waiting, coalesce(sum(g.told = 'held'), 0) AS held,
  count(k.id) AS coupons, coalesce(max(k.id), 0) AS head
FROM granted g LEFT JOIN coupons k ON k.reward_id = g.id AND g.reward_type = ${COUPON}`;

/** Assignments for an UPDATE of `campaign_stats` that joins `rewardTotals` as `d`. */
export const KEEP_REWARD_TOTALS = `rewards_fulfilled = rewards_fulfilled + d.fulfilled, rewards_pending = rewards_pending + d.waiting, rewards_held = rewards_held + d.held,
  coupons_available = coupons_available - d.coupons, last_coupon_id = max(last_coupon_id, d.head)`;

/** Updates the totals for a group that does not change them otherwise. */
export const keepRewardTotals = (earning: Earning) =>
  statement(`UPDATE campaign_stats SET ${KEEP_REWARD_TOTALS} FROM (${rewardTotals(earning)}) d
WHERE campaign_id = ?2 AND d.fulfilled + d.waiting > 0`);

/**
 * One `reward.*` event per reward in the group, for `insertEvents`. Admitting a participant can earn them and their
 * referrer rewards from the same rule.
 */
export const SELECT_REWARD_EVENTS = `SELECT g.event || '_r' || g.rule
    || iif(row_number() OVER (PARTITION BY g.event, g.rule ORDER BY g.id) > 1, '_' || g.participant_id, ''), 'reward.' || g.told, g.participant_id, g.id,
  json_object('status', g.told, 'origin', g.origin), g.date_earned FROM granted g`;

/** The events of a group that has only reward events. */
export const insertRewardEvents = ({ ctes }: Earning) => insertEvents(SELECT_REWARD_EVENTS, `${ctes}, ${GRANTED}`);

export { GRANTED };
