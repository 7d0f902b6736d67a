import { env } from "cloudflare:workers";
import { RULE_REWARDS } from "../../drizzle/schema";
import { eventTypes } from "../../drizzle/schema/webhooks";
import { deniedFriends, wasDenied } from "../../src/ledger/rewards/review-holds";

const CREDITED = "(SELECT count(*) FROM participants f WHERE f.invited_by = p.id AND f.credit_event IS NOT NULL)";
/** Whether participant `p` with this many friends is at the campaign's own goal: 0 or 1. */
const isAtGoal = (friends: string) =>
  `(SELECT c.goal_type = 'signup' AND p.status = 'active' AND ${friends} >= c.num_signups FROM campaigns c WHERE c.id = ?1)`;
const people = "FROM participants p WHERE p.campaign_id = ?1";

const COUNTS = "impressions, shares, clicks, signups, referrals, conversions, revenue, refunded".split(", ");
/** The sum over all days for a key of a dimension. */
const tallied = (dimension: string, name: string) => `(SELECT coalesce(sum(t.value ->> ${COUNTS.indexOf(name)}), 0)
  FROM campaign_days d, json_each(d.tally) t WHERE d.campaign_id = ?1 AND t.key LIKE '${dimension}')`;
const SOLD =
  "FROM conversions k JOIN campaigns c ON c.id = k.campaign_id AND c.currency = k.currency WHERE k.campaign_id = ?1";
const STAGE = `CASE WHEN EXISTS (SELECT 1 FROM rewards w WHERE w.participant_id = p.id AND w.role = 'referrer') THEN 5
  WHEN p.referral_count > 0 THEN 4 WHEN p.click_count > 0 THEN 3 WHEN p.share_count > 0 THEN 2 ELSE 1 END`;
const cohort = (keys: string) =>
  `SELECT d.day, t.key, sum(t.value) AS n FROM campaign_days d, json_each(d.cohort) t WHERE d.campaign_id = ?1 AND t.key ${keys} GROUP BY 1, 2`;
const dayOf = (at: string) => `strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`;
const differs = (kept: string, counted: string) =>
  `SELECT 1 FROM (${counted}) c FULL JOIN (${kept}) k USING (day, key) WHERE c.n IS NOT k.n`;

/** The analytics counters equal a recount of the rows, in any campaign. */
export const countedAgain: Record<string, string> = {
  "an hour's counts add up to the day's": `SELECT d.day FROM campaign_days d WHERE d.campaign_id = ?1 AND (${COUNTS.map((name) => `d.${name}`)})
    <> (SELECT ${COUNTS.map((_, i) => `coalesce(sum(t.value ->> ${i}), 0)`)} FROM json_each(d.tally) t WHERE t.key LIKE 'hour:%')`,
  "sales and refunds are counted on days": `SELECT 1 WHERE (SELECT (coalesce(sum(conversions), 0), coalesce(sum(revenue), 0), coalesce(sum(refunded), 0))
    = ((SELECT count(*) FROM conversions WHERE campaign_id = ?1), (SELECT coalesce(sum(amount), 0) ${SOLD}), (SELECT coalesce(sum(refunded), 0) ${SOLD}))
    FROM campaign_days WHERE campaign_id = ?1) = 0`,
  "a channel has the referrals of its links": `SELECT s.value FROM json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]') s WHERE (SELECT coalesce(sum(t.value ->> 4), 0)
      FROM campaign_days d, json_each(d.tally) t WHERE d.campaign_id = ?1 AND t.key = 'channel:' || s.value)
    <> (SELECT count(*) ${people} AND p.invited_social = s.value AND p.credit_event IS NOT NULL)`,
  "channels have every click and share": `SELECT 1 FROM campaign_stats s WHERE s.campaign_id = ?1
    AND (s.total_clicks, s.total_shares) <> (${tallied("channel:%", "clicks")}, ${tallied("channel:%", "shares")})`,
  "a channel has the sales of the friends who came by it": `SELECT 1 WHERE (${tallied("channel:%", "revenue")}, ${tallied("channel:%", "refunded")}) <>
    (SELECT coalesce(sum(k.amount), 0), coalesce(sum(k.refunded), 0) ${SOLD} AND (SELECT p.invited_social FROM participants p WHERE p.id = k.participant_id) IS NOT NULL)`,
  "a participant's stage is how far they have come": `SELECT p.id ${people} AND p.stage <> ${STAGE}`,
  "a day's cohort has its participants at their stages": differs(
    cohort("LIKE 'stage%'"),
    `SELECT ${dayOf("p.date_signedup")} AS day, 'stage' || p.stage AS key, count(*) AS n ${people} AND p.stage > 0 GROUP BY 1, 2`,
  ),
  "a day's cohort has its friends": differs(
    cohort("= 'friends'"),
    `SELECT ${dayOf("p.date_signedup")} AS day, 'friends' AS key, sum(${CREDITED}) AS n ${people} AND ${CREDITED} > 0 GROUP BY 1, 2`,
  ),
  "a day's cohort has the times of first friends": differs(
    cohort("LIKE 'step%'"),
    `SELECT ${dayOf("p.date_signedup")} AS day, 'step' || p.first_friend AS key, count(*) AS n ${people} AND p.referral_count > 0 GROUP BY 1, 2`,
  ),
};

/** Each selects violations of a promise, in a coupon campaign without erasures. */
export const promises: Record<string, string> = {
  "a participant has its signup event": `SELECT p.id ${people}
    AND (SELECT count(*) FROM events e WHERE e.campaign_id = ?1 AND e.participant_id = p.id AND e.type = 'participant.signup' AND e.id = p.signup_event) <> 1`,
  "a signup event has its participant": `SELECT e.id FROM events e WHERE e.campaign_id = ?1 AND e.type = 'participant.signup'
    AND NOT EXISTS (SELECT 1 FROM participants p WHERE p.id = e.participant_id AND p.signup_event = e.id)`,
  "an event has a delivery for each webhook that asked for it": `SELECT e.id, w.id FROM events e JOIN campaigns c ON c.id = e.campaign_id
    JOIN webhooks w ON w.member_id = c.member_id AND (w.campaign_id IS NULL OR w.campaign_id = ?1) AND instr(coalesce(w.events, '${JSON.stringify(eventTypes)}'), '"' || e.type || '"')
    WHERE e.campaign_id = ?1 AND (SELECT count(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.event_id = e.id) <> 1`,
  "a referral is counted where it is credited": `SELECT p.id ${people} AND p.referral_count <> ${CREDITED}`,
  "that reviews denied counts for nobody": `SELECT p.id ${people} AND (coalesce(p.is_denied, 0) <> EXISTS (SELECT 1 FROM reviews v WHERE v.id = p.id * 2 AND v.state = 'denied' AND (v.is_holding OR v.by IS NOT 'rule'))
    OR p.denied_friends <> (SELECT count(*) FROM participants f WHERE f.invited_by = p.id AND f.credit_event IS NOT NULL AND f.is_denied = 1))`,
  "a share is what somebody did": `SELECT p.id ${people} AND p.share_count <> (SELECT count(*) FROM shares x WHERE x.participant_id = p.id)`,
  "a fulfilled reward has one code": `SELECT w.id FROM rewards w WHERE w.campaign_id = ?1 AND w.status = 'fulfilled' AND w.reward_type = 1
    AND (SELECT count(*) FROM coupons k WHERE k.reward_id = w.id) <> 1`,
  "whoever is at the goal has its reward, and nobody else": `SELECT p.id ${people} AND
    (SELECT count(*) FROM rewards w WHERE w.campaign_id = ?1 AND w.participant_id = p.id AND w.role = 'referrer' AND w.rule_id IS NULL AND w.id < ${RULE_REWARDS.FROM})
      NOT BETWEEN ${isAtGoal(`p.referral_count - ${deniedFriends("p.id")}`)} AND ${isAtGoal("p.referral_count")}`,
  "who was invited is rewarded where the campaign does that, and nobody else": `SELECT p.id ${people} AND
    (SELECT c.reward_invited AND p.credit_event IS NOT NULL FROM campaigns c WHERE c.id = ?1) <>
    (SELECT count(*) FROM rewards w WHERE w.campaign_id = ?1 AND w.participant_id = p.id AND w.role = 'invited' AND w.rule_id IS NULL)`,
  "a reward has its event": `SELECT w.id FROM rewards w WHERE w.campaign_id = ?1 AND w.status <> 'revoked'
    AND NOT EXISTS (SELECT 1 FROM credit_entries c WHERE c.participant_id = w.participant_id AND c.reward_id = w.id AND (c.reason IN ('payout undone', 'given_back', 'in review', 'earned again')))
    AND (SELECT count(*) FROM events e WHERE e.campaign_id = ?1 AND e.reward_id = w.id AND e.type = iif(w.held_until IS NOT NULL OR w.needs_approval IS NOT NULL, 'reward.held', 'reward.' || w.status)) <> 1`,
  "a code has a reward or is available": `SELECT k.id FROM coupons k JOIN campaign_stats s ON s.campaign_id = ?1 WHERE k.campaign_id = ?1
    AND k.date_expired IS NULL AND (k.reward_id IS NOT NULL) <> (k.id <= s.last_coupon_id)`,
  "no code was given after its last day": `SELECT k.id FROM coupons k WHERE k.campaign_id = ?1
    AND (k.reward_id IS NOT NULL AND k.date_expired IS NOT NULL OR k.date_assigned > k.valid_until)`,
  "totals are counts": `SELECT s.* FROM campaign_stats s WHERE s.campaign_id = ?1 AND (
    s.total_participants <> (SELECT count(*) ${people}) OR s.total_referrals <> (SELECT count(*) ${people} AND p.credit_event IS NOT NULL)
    OR s.total_shares <> (SELECT coalesce(sum(p.share_count), 0) ${people})
    OR s.total_clicks <> (SELECT coalesce(sum(p.click_count), 0) ${people})
    OR s.rewards_fulfilled <> (SELECT count(*) FROM rewards w WHERE w.campaign_id = ?1 AND w.status = 'fulfilled')
    OR s.rewards_pending <> (SELECT count(*) FROM rewards w WHERE w.campaign_id = ?1 AND w.status = 'pending')
    OR s.coupons_total <> (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?1)
    OR s.coupons_available <> (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?1 AND k.reward_id IS NULL AND k.date_expired IS NULL)
    OR s.coupons_expired <> (SELECT count(*) FROM coupons k WHERE k.campaign_id = ?1 AND k.date_expired IS NOT NULL))`,
  "a conversion has its event": `SELECT k.id FROM conversions k WHERE k.campaign_id = ?1
    AND (SELECT count(*) FROM events e WHERE e.campaign_id = ?1 AND e.id = k.event AND e.type = 'conversion.created') <> 1`,
  "a decision that credits has its reward and its row in the ledger": `SELECT k.id FROM conversions k, json_each(k.decisions) d
    WHERE k.campaign_id = ?1 AND d.value ->> 'reward' IS NOT NULL AND (SELECT count(*) FROM rewards w
      JOIN credit_entries c ON c.participant_id = w.participant_id AND c.reward_id = w.id AND c.event = k.event
      WHERE w.id = d.value ->> 'reward' AND w.conversion_id = k.id AND w.rule_id = d.value ->> 'rule' AND w.participant_id = d.value ->> 'to') <> 1`,
  "a reward of a conversion has its decision": `SELECT w.id FROM rewards w WHERE w.campaign_id = ?1 AND w.conversion_id IS NOT NULL
    AND (SELECT count(*) FROM conversions k, json_each(k.decisions) d WHERE k.id = w.conversion_id AND d.value ->> 'reward' = w.id) <> 1`,
  "a reward of a rule is worth what the ledger says": `SELECT w.id FROM rewards w WHERE w.campaign_id = ?1 AND w.amount IS NOT NULL
    AND iif(w.status = 'revoked', 0, w.amount - coalesce(w.owed_back, 0)) <> (SELECT sum(c.amount) FROM credit_entries c WHERE c.participant_id = w.participant_id AND c.reward_id = w.id)`,
  "a conversion knows its refunds": `SELECT k.id FROM conversions k WHERE k.campaign_id = ?1 AND k.paid IS NULL AND coalesce(k.refunded, -1) <>
    (SELECT coalesce(min(k.amount, max(0, sum(coalesce(r.amount, k.amount)))), -1) FROM refunds r
      WHERE r.campaign_id = ?1 AND r.event_name = k.event_name AND r.external_id = k.external_id AND coalesce(r.currency, k.currency) = k.currency)
    AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.campaign_id = ?1 AND r.event_name = k.event_name AND r.external_id = k.external_id AND r.is_total)`,
  "a payout's lines are its rewards, less what they keep": `SELECT l.payout_id FROM payout_lines l WHERE l.campaign_id = ?1 AND l.date_undone IS NULL
    AND (l.rewards, l.amount + l.netted) <> (SELECT count(*), sum(round(coalesce(w.amount, w.cash_cents * CASE l.currency WHEN 'JPY' THEN 0.01 WHEN 'KWD' THEN 10 ELSE 1 END)))
      FROM rewards w WHERE w.payout_id = l.payout_id AND w.participant_id = l.participant_id)`,
  "nothing is taken twice": `SELECT w.id FROM rewards w JOIN credit_entries c ON c.participant_id = w.participant_id AND c.reward_id = w.id
    WHERE w.campaign_id = ?1 GROUP BY w.id HAVING sum(c.amount) < 0`,
  "a reward expires once, with an entry and an event": `SELECT w.id FROM rewards w WHERE w.campaign_id = ?1 AND (
    (SELECT count(*) FROM credit_entries c WHERE c.participant_id = w.participant_id AND c.reward_id = w.id AND c.reason = 'expired') <> (w.date_expired IS NOT NULL)
    OR (SELECT count(*) FROM events e WHERE e.campaign_id = ?1 AND e.reward_id = w.id AND e.type = 'reward.expired') <> (w.date_expired IS NOT NULL)
    OR w.date_expired IS NOT NULL AND w.expires_at IS NOT NULL)`,
  "expired rewards are counted": `SELECT s.* FROM campaign_stats s WHERE s.campaign_id = ?1 AND (s.rewards_expired, s.credit_expired) <> (
    SELECT coalesce(sum(w.status = 'revoked'), 0), coalesce(sum(w.status = 'fulfilled'), 0) FROM rewards w WHERE w.campaign_id = ?1 AND w.date_expired IS NOT NULL)`,
  "held rewards are counted": `SELECT s.* FROM campaign_stats s WHERE s.campaign_id = ?1 AND s.rewards_held <>
    (SELECT count(*) FROM rewards w WHERE w.campaign_id = ?1 AND w.status = 'pending' AND (w.held_until IS NOT NULL OR w.needs_approval IS NOT NULL))`,
  "only pending rewards are held": `SELECT w.id FROM rewards w WHERE w.campaign_id = ?1 AND w.status <> 'pending' AND (w.held_until IS NOT NULL OR w.needs_approval IS NOT NULL)`,
  "conversions are counted": `SELECT s.* FROM campaign_stats s WHERE s.campaign_id = ?1
    AND s.total_conversions <> (SELECT count(*) FROM conversions k WHERE k.campaign_id = ?1)`,
  "what a rule has spent is what the ledger says": `SELECT r.id FROM campaign_rules r JOIN campaign_stats s ON s.campaign_id = ?1 WHERE r.campaign_id = ?1
    AND coalesce(s.rule_spent ->> ('$."' || r.id || '"'), 0) <> (SELECT coalesce(sum(c.amount), 0) FROM credit_entries c
      JOIN rewards w ON w.id = c.reward_id WHERE w.rule_id = r.id AND c.reason = 'earned' AND NOT ${wasDenied("w")})`,
  "what a rule has given is counted for each participant": `SELECT t.* FROM rule_counts t JOIN campaign_rules r ON r.id = t.rule_id WHERE r.campaign_id = ?1
    AND iif(r.is_counted IS NOT NULL AND (r.is_counted = 0 OR t.granted = 0), t.granted > 0, t.granted <> (SELECT count(*) FROM rewards w WHERE w.rule_id = r.id AND w.participant_id = t.participant_id AND NOT ${wasDenied("w")})
      OR r.trigger = 'conversion' AND t.reached <> (SELECT count(*) FROM conversions k, json_each(k.decisions) d WHERE k.campaign_id = ?1
        AND d.value ->> 'rule' = r.id AND d.value ->> 'to' = t.participant_id AND d.value ->> 'counts'))`,
  "days add up": `SELECT s.* FROM campaign_stats s WHERE s.campaign_id = ?1 AND (s.total_participants, s.total_referrals, s.total_shares, s.total_clicks) <>
    (SELECT coalesce(sum(d.signups), 0), coalesce(sum(d.referrals), 0), coalesce(sum(d.shares), 0), coalesce(sum(d.clicks), 0) FROM campaign_days d WHERE d.campaign_id = ?1)`,
  "the histogram is that of the scores": `SELECT 1 FROM (SELECT p.referral_count, p.click_count, count(*) AS n ${people}
      AND p.status = 'active' AND (p.referral_count > 0 OR p.click_count > 0) GROUP BY 1, 2) c
    FULL JOIN (SELECT * FROM scores WHERE campaign_id = ?1) s USING (referral_count, click_count) WHERE c.n IS NOT s.participants`,
};

/** The promises violated by a campaign's rows. */
export async function brokenPromises(campaignId: number, kept = { ...promises, ...countedAgain }): Promise<string[]> {
  const names = Object.keys(kept);
  const results = await env.DB.batch(Object.values(kept).map((sql) => env.DB.prepare(sql).bind(campaignId)));
  return names.filter((_, i) => results[i]?.results.length !== 0);
}
