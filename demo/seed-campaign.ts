/**
 * An existing campaign, and the participants to create for it. All values are numbers, which are inserted into the SQL
 * as they are.
 */
type Crowd = {
  campaign: number;
  member: number;
  people: number;
  /** The highest participant id so far. */
  above: number;
  /** The time of the first signup and the end of all activity, in milliseconds. */
  from: number;
  until: number;
};

type Database<S> = { prepare(sql: string): S; batch(statements: S[]): Promise<unknown> };

const FIRST = '["Ada","Grace","Alan","Edsger","Barbara","Donald","Radia","Ken","Frances","Tony","Margaret","Niklaus"]';
const LAST =
  '["Berg","Costa","Dubois","Evans","Fischer","Garcia","Haas","Ivanova","Jansen","Kim","Lopez","Moreau","Novak"]';
/** A number from 0 to 999 derived from an id, the same in each run. */
const chance = (id: string) => `((${id}) * 7919 % 1000)`;
const day = (at: string) => `strftime('%Y-%m-%d', (${at}) / 1000, 'unixepoch')`;
const iso = (at: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', (${at}) / 1000.0, 'unixepoch')`;
const IMPRESSIONS_EACH = 7;
const HOUR_MS = 3_600_000;
const K_DAYS_MS = 28 * 24 * HOUR_MS;
/** Deliveries older than 30 days are deleted. One day less, so the data also works tomorrow. */
const KEPT_MS = 29 * 24 * HOUR_MS;
/** When a delivery is attempted, in milliseconds after its event. */
const SCHEDULE = "[0,5000,305000,2105000,9305000,27305000,63305000,113705000,185705000,272105000]";

/**
 * Writes what years of signups leave behind, as a campaign's ledger would: people who invite one another, a few with
 * hundreds of friends; rewards by the campaign's rules, with their coupon codes; events, shares, clicks, and a delivery
 * for each matching webhook; and all totals of these. The campaign must be empty except for its coupon codes.
 */
export async function fillCampaign<S>(db: Database<S>, crowd: Crowd): Promise<void> {
  await db.batch(statementsOf(crowd).map((sql) => db.prepare(sql)));
}

function statementsOf({ campaign, member, people, above, from, until }: Crowd): string[] {
  const step = Math.max(1, Math.floor((until - from - 2 * HOUR_MS) / people));
  const event = (at: string, id: string, kind: string) =>
    `printf('evt_%012x7%03x${kind}%015x', ${at}, ${campaign % 4096}, ${id})`;
  const ofCampaign = `campaign_id = ${campaign}`;
  return [
    `UPDATE campaigns SET date_added = ${from} WHERE id = ${campaign}`,
    `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ${people}),
      person AS (SELECT n, ${above} + n AS id, ${from} + n * ${step} AS at,
        json_extract('${FIRST}', '$[' || (n * 31 % 12) || ']') AS first, json_extract('${LAST}', '$[' || (n * 17 % 13) || ']') AS last,
        CASE WHEN n % 61 = 0 THEN 'pending' WHEN n % 97 = 0 THEN 'blocked' ELSE 'active' END AS status,
        iif(n > 1 AND n % 5 >= 2, ${above} + 1 + (n - 1) * ${chance("n")} * ${chance("n")} * ${chance("n")} / 1000000000, NULL) AS invited_by,
        ${event(`${from} + n * ${step}`, `${above} + n`, "8")} AS event FROM i)
      INSERT INTO participants (id, member_id, campaign_id, email, email_canonical, name, status, date_signedup, invited_by, invited_social,
        date_invited, signup_event, invite_event, credit_event, status_event, confirmation, share_count, click_count)
      SELECT id, ${member}, ${campaign}, lower(first || '.' || last || id) || '@example.com', lower(first || '.' || last || id) || '@example.com',
        first || ' ' || last, status, at, invited_by, iif(invited_by, 1 + n % 6, NULL), iif(invited_by, at, NULL), event, iif(invited_by, event, NULL),
        iif(invited_by AND status <> 'pending', event, NULL), iif(status = 'blocked', event || '_blocked', NULL),
        iif(status = 'pending', 'waiting', NULL), id % 4 = 0, iif(id % 4 = 0, id % 13, 0) FROM person`,
    `UPDATE participants SET referral_count = f.n FROM (SELECT invited_by, count(*) AS n FROM participants
      WHERE ${ofCampaign} AND credit_event IS NOT NULL GROUP BY invited_by) f WHERE participants.id = f.invited_by`,
    `INSERT INTO shares (participant_id, social_type, clicks, date_shared)
      SELECT id, 1 + id % 5, click_count, date_signedup + ${HOUR_MS} FROM participants WHERE ${ofCampaign} AND id % 4 = 0`,
    `WITH friend AS (SELECT id, status, invited_by, signup_event AS event, date_signedup AS at,
        row_number() OVER (PARTITION BY invited_by ORDER BY id) AS turn FROM participants WHERE ${ofCampaign} AND credit_event IS NOT NULL),
      earned AS (
        SELECT p.id * 64 AS id, p.id AS participant_id, 'referrer' AS role, f.event, f.at, c.reward_type FROM campaigns c
        CROSS JOIN friend f ON f.turn = c.num_signups CROSS JOIN participants p ON p.id = f.invited_by AND p.status = 'active' WHERE c.id = ${campaign}
        UNION ALL
        SELECT f.id * 64 + 1, f.id, 'invited', f.event, f.at, c.reward_type FROM campaigns c CROSS JOIN friend f ON f.status = 'active'
        WHERE c.id = ${campaign} AND c.reward_invited),
      placed AS (SELECT *, row_number() OVER (ORDER BY at, id) AS turn FROM earned),
      decided AS (SELECT *, CASE
        WHEN reward_type = 1 AND turn > (SELECT count(*) FROM coupons WHERE ${ofCampaign}) OR reward_type = 5 AND turn % 3 = 0 THEN 'pending'
        ELSE 'fulfilled' END AS status FROM placed)
      INSERT INTO rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, redirect_url, custom_message, cash_cents,
        date_earned, date_fulfilled, earn_event)
      SELECT d.id, ${member}, ${campaign}, participant_id, role, reward_type, status, iif(reward_type = 2, redirect_url, NULL),
        iif(reward_type = 3, custom_message, NULL), iif(reward_type = 5, cash_cents, NULL), at, iif(status = 'fulfilled', at, NULL), event
      FROM decided d JOIN campaign_rewards v ON v.campaign_id = ${campaign}`,
    `WITH won AS (SELECT id, date_earned, row_number() OVER (ORDER BY date_earned, id) AS turn FROM rewards
        WHERE ${ofCampaign} AND reward_type = 1 AND status = 'fulfilled'),
      code AS (SELECT id, row_number() OVER (ORDER BY id) AS turn FROM coupons WHERE ${ofCampaign})
      UPDATE coupons SET reward_id = p.reward_id, date_assigned = p.date_earned
      FROM (SELECT code.id AS coupon_id, won.id AS reward_id, date_earned FROM won JOIN code USING (turn)) p WHERE coupons.id = p.coupon_id`,
    `INSERT INTO events (campaign_id, id, type, participant_id, data, date)
      SELECT ${campaign}, signup_event, 'participant.signup', id, json_object('invited_by', invited_by, 'invited_social', invited_social), date_signedup
      FROM participants WHERE ${ofCampaign}`,
    `INSERT INTO events (campaign_id, id, type, participant_id, data, date)
      SELECT ${campaign}, ${event("date_shared", "participant_id", "9")}, 'participant.share', participant_id,
        json_object('social_type', social_type), date_shared
      FROM shares WHERE participant_id IN (SELECT id FROM participants WHERE ${ofCampaign})`,
    `INSERT INTO events (campaign_id, id, type, participant_id, reward_id, data, date)
      SELECT ${campaign}, earn_event || '_r' || (id % 64), 'reward.pending', participant_id, id, '{"status":"pending"}', date_earned
      FROM rewards WHERE ${ofCampaign} AND status = 'pending'`,
    `INSERT INTO events (campaign_id, id, type, participant_id, reward_id, data, date)
      SELECT ${campaign}, earn_event || '_r' || (id % 64), 'reward.fulfilled', participant_id, id, '{"status":"fulfilled"}', date_earned
      FROM rewards WHERE ${ofCampaign} AND status = 'fulfilled'`,
    `INSERT INTO deliveries (webhook_id, campaign_id, event_id, type, status, attempts, attempt_count, next_attempt_at)
      WITH wanted AS (SELECT w.id AS webhook_id, e.id, e.type, e.date, CASE
          WHEN w.failing_since < e.date AND e.date > ${until - 2 * HOUR_MS} THEN 'pending'
          WHEN ${chance("e.participant_id")} < 30 AND e.date < ${until - 76 * HOUR_MS} THEN 'failed' ELSE 'delivered' END AS status, ${chance("e.participant_id")} AS luck
        FROM events e CROSS JOIN webhooks w ON w.member_id = ${member} AND (w.campaign_id IS NULL OR w.campaign_id = ${campaign})
          AND (w.events IS NULL OR instr(w.events, '"' || e.type || '"')) WHERE e.${ofCampaign} AND e.date > ${until - KEPT_MS})
      SELECT webhook_id, ${campaign}, id, type, status,
        (SELECT json_group_array(json_object('at', ${iso("date + t.value")}, 'status_code', iif(status = 'delivered', 200, 503),
            'error', iif(status = 'delivered', NULL, 'http_503'), 'duration_ms', 40 + luck))
          FROM json_each('${SCHEDULE}') t WHERE t.key < CASE status WHEN 'delivered' THEN 1 WHEN 'pending' THEN 3 ELSE 10 END),
        CASE status WHEN 'delivered' THEN 1 WHEN 'pending' THEN 3 ELSE 10 END, iif(status = 'pending', ${until + 6 * HOUR_MS}, NULL)
      FROM wanted ORDER BY id`,
    `INSERT INTO scores (campaign_id, referral_count, click_count, participants)
      SELECT campaign_id, referral_count, click_count, count(*) FROM participants
      WHERE ${ofCampaign} AND status = 'active' AND (referral_count > 0 OR click_count > 0) GROUP BY 1, 2, 3`,
    // As `ledger/counts/cohorts.ts` and `ledger/counts/day-tally.ts` keep them.
    `UPDATE participants AS p SET stage = CASE WHEN EXISTS (SELECT 1 FROM rewards w WHERE w.id = p.id * 64 AND w.role = 'referrer') THEN 5
        WHEN p.referral_count > 0 THEN 4 WHEN p.click_count > 0 THEN 3 WHEN p.share_count > 0 THEN 2 ELSE 1 END,
      first_friend = CAST(4 * log2(1 + max(0, f.at - p.date_signedup) / 60000.0) AS INTEGER)
      FROM participants q LEFT JOIN (SELECT invited_by AS id, min(date_signedup) AS at FROM participants
        WHERE ${ofCampaign} AND credit_event IS NOT NULL GROUP BY invited_by) f ON f.id = q.id
      WHERE q.id = p.id AND q.${ofCampaign}`,
    `WITH fact AS (
        SELECT date_signedup AS at, invited_social AS channel, 1 AS signups, credit_event IS NOT NULL AS referrals, 0 AS shares, 0 AS clicks
        FROM participants WHERE ${ofCampaign}
        UNION ALL
        SELECT date_shared, social_type, 0, 0, 1, clicks FROM shares WHERE participant_id IN (SELECT id FROM participants WHERE ${ofCampaign})),
      mark AS (
        SELECT ${day("at")} AS day, 'hour:' || strftime('%H', at / 1000, 'unixepoch') AS key, signups * ${IMPRESSIONS_EACH} AS impressions,
          shares, clicks, signups, referrals FROM fact
        UNION ALL
        SELECT ${day("at")}, 'channel:' || channel, 0, shares, clicks, signups, referrals FROM fact WHERE channel IS NOT NULL),
      tally AS (SELECT day, json_group_object(key, json(counts)) AS tally FROM (
          SELECT day, key, json_array(sum(impressions), sum(shares), sum(clicks), sum(signups), sum(referrals), 0, 0, 0) AS counts
          FROM mark GROUP BY day, key) GROUP BY day),
      come AS (
        SELECT ${day("date_signedup")} AS day, 'stage' || stage AS key, 1 AS n FROM participants WHERE ${ofCampaign}
        UNION ALL
        SELECT ${day("date_signedup")}, 'step' || first_friend, 1 FROM participants WHERE ${ofCampaign} AND first_friend IS NOT NULL
        UNION ALL
        SELECT ${day("p.date_signedup")}, k.value, 1 FROM participants f CROSS JOIN participants p ON p.id = f.invited_by
          CROSS JOIN json_each('["friends","early"]') k ON k.value = 'friends' OR f.date_signedup - p.date_signedup < ${K_DAYS_MS}
        WHERE f.${ofCampaign} AND f.credit_event IS NOT NULL),
      cohort AS (SELECT day, json_group_object(key, n) AS cohort FROM (SELECT day, key, sum(n) AS n FROM come GROUP BY day, key) GROUP BY day)
      INSERT INTO campaign_days (campaign_id, day, signups, referrals, shares, clicks, impressions, tally, cohort)
      SELECT ${campaign}, day, sum(signups), sum(referrals), sum(shares), sum(clicks), sum(signups) * ${IMPRESSIONS_EACH}, tally, coalesce(cohort, '{}')
      FROM (SELECT ${day("at")} AS day, * FROM fact) JOIN tally USING (day) LEFT JOIN cohort USING (day) GROUP BY day`,
    `UPDATE campaign_stats SET (total_participants, pending_participants, blocked_participants, total_referrals, total_shares, total_clicks) =
        (SELECT count(*), count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'blocked'), count(credit_event),
          coalesce(sum(share_count), 0), coalesce(sum(click_count), 0) FROM participants WHERE ${ofCampaign}),
      total_impressions = ${people * IMPRESSIONS_EACH},
      (rewards_fulfilled, rewards_pending) = (SELECT count(*) FILTER (WHERE status = 'fulfilled'), count(*) FILTER (WHERE status = 'pending')
        FROM rewards WHERE ${ofCampaign}),
      (coupons_available, last_coupon_id) = (SELECT count(*) FILTER (WHERE reward_id IS NULL), coalesce(max(id) FILTER (WHERE reward_id IS NOT NULL), 0)
        FROM coupons WHERE ${ofCampaign})
      WHERE ${ofCampaign}`,
    `UPDATE campaign_stats SET coupon_alert = iif(coupons_available = 0, 2, 1)
      WHERE ${ofCampaign} AND coupons_total > 0 AND coupons_available * 10 <= coupons_pool`,
  ];
}

/** Each query selects inconsistencies in an account. */
export const checks: Record<string, string> = {
  "totals are counts": `SELECT s.campaign_id FROM campaign_stats s JOIN campaigns c ON c.id = s.campaign_id WHERE c.member_id = ?1 AND (
    s.total_participants <> (SELECT count(*) FROM participants p WHERE p.campaign_id = c.id)
    OR s.total_referrals <> (SELECT coalesce(sum(referral_count), 0) FROM participants p WHERE p.campaign_id = c.id)
    OR s.rewards_fulfilled + s.rewards_pending <> (SELECT count(*) FROM rewards w WHERE w.campaign_id = c.id)
    OR s.coupons_total <> (SELECT count(*) FROM coupons k WHERE k.campaign_id = c.id))`,
  "days add up": `SELECT s.campaign_id FROM campaign_stats s JOIN campaigns c ON c.id = s.campaign_id WHERE c.member_id = ?1 AND
    (s.total_participants, s.total_referrals, s.total_shares, s.total_clicks, s.total_impressions) <>
    (SELECT coalesce(sum(signups), 0), coalesce(sum(referrals), 0), coalesce(sum(shares), 0), coalesce(sum(clicks), 0), coalesce(sum(impressions), 0)
      FROM campaign_days d WHERE d.campaign_id = c.id)`,
  "a coupon's reward has it": `SELECT w.id FROM rewards w WHERE w.member_id = ?1 AND w.reward_type = 1 AND w.status = 'fulfilled'
    AND NOT EXISTS (SELECT 1 FROM coupons k WHERE k.reward_id = w.id)`,
};
