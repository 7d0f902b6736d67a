/** Whether a denied review revoked a rule's reward, so the rule may give it again (`wasDenied` in the ledger). */
const wasDenied = (
  reward: string,
) => `(${reward}.status = 'revoked' AND ${reward}.in_review = 1 AND ${reward}.role = 'referrer' AND ${reward}.conversion_id IS NULL
  AND 'review' IS (SELECT g.by FROM credits g WHERE g.participant_id = ${reward}.participant_id AND g.reward_id = ${reward}.id AND g.status = 'revoked' ORDER BY g.event DESC LIMIT 1))`;

/**
 * A backup that took several reads shows its tables at slightly different moments. These statements bring the rest in line with the
 * participants, rewards, conversions, and codes. A code whose reward was read too early stays below the head of its campaign's tape, so it is not given again.
 */
export const repairs = [
  "UPDATE coupons SET reward_id = NULL, date_assigned = NULL WHERE reward_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rewards r WHERE r.id = coupons.reward_id);",
  "INSERT OR IGNORE INTO campaign_stats (campaign_id) SELECT id FROM campaigns;",
  `UPDATE participants SET referral_count = f.n FROM (
  SELECT p.id, (SELECT count(*) FROM participants f WHERE f.invited_by = p.id AND f.credit_event IS NOT NULL) AS n FROM participants p) f
WHERE f.id = participants.id AND f.n <> participants.referral_count;`,
  `UPDATE participants SET is_denied = d.now FROM (
  SELECT v.participant_id AS id, v.state = 'denied' AND (v.is_holding OR v.by IS NOT 'rule') AS now FROM reviews v WHERE v.id % 2 = 0) d
WHERE d.id = participants.id AND coalesce(participants.is_denied, 0) <> d.now;`,
  `UPDATE participants SET denied_friends = f.n FROM (
  SELECT p.id, (SELECT count(*) FROM participants f WHERE f.invited_by = p.id AND f.credit_event IS NOT NULL AND f.is_denied = 1) AS n FROM participants p) f
WHERE f.id = participants.id AND f.n <> participants.denied_friends;`,
  `UPDATE participants SET share_count = f.n FROM (
  SELECT p.id, (SELECT count(*) FROM shares x WHERE x.participant_id = p.id) AS n FROM participants p) f
WHERE f.id = participants.id AND f.n <> participants.share_count;`,
  "DELETE FROM scores;",
  `INSERT INTO scores (campaign_id, referral_count, click_count, participants) SELECT campaign_id, referral_count, click_count, count(*)
FROM participants WHERE status = 'active' AND (referral_count > 0 OR click_count > 0) GROUP BY 1, 2, 3;`,
  `UPDATE campaign_stats AS s SET total_participants = n.people, pending_participants = n.pending, blocked_participants = n.blocked,
  total_referrals = n.referrals, total_shares = n.shares, recounted_to = NULL, total_clicks = n.clicks FROM (
    SELECT c.id, count(p.id) FILTER (WHERE p.status <> 'erased') AS people, count(p.id) FILTER (WHERE p.status = 'pending') AS pending,
      count(p.id) FILTER (WHERE p.status = 'blocked') AS blocked, count(p.credit_event) AS referrals,
      coalesce(sum(p.share_count), 0) AS shares, coalesce(sum(p.click_count), 0) AS clicks
    FROM campaigns c LEFT JOIN participants p ON p.campaign_id = c.id GROUP BY c.id) n
WHERE s.campaign_id = n.id;`,
  `UPDATE campaign_stats AS s SET rewards_fulfilled = n.fulfilled, rewards_pending = n.pending, rewards_held = n.held, rewards_revoked = n.revoked,
  rewards_expired = n.expired, credit_expired = n.credit_expired FROM (
    SELECT c.id, count(*) FILTER (WHERE r.status = 'fulfilled') AS fulfilled, count(*) FILTER (WHERE r.status = 'pending') AS pending,
      count(*) FILTER (WHERE r.status = 'pending' AND (r.held_until IS NOT NULL OR r.needs_approval IS NOT NULL)) AS held,
      count(*) FILTER (WHERE r.status = 'revoked') AS revoked,
      count(*) FILTER (WHERE r.status = 'revoked' AND r.date_expired IS NOT NULL) AS expired,
      count(*) FILTER (WHERE r.status = 'fulfilled' AND r.date_expired IS NOT NULL) AS credit_expired
    FROM campaigns c LEFT JOIN rewards r ON r.campaign_id = c.id GROUP BY c.id) n
WHERE s.campaign_id = n.id;`,
  `UPDATE campaign_stats AS s SET last_coupon_id = max(s.last_coupon_id, n.head) FROM (
    SELECT campaign_id, max(id) AS head FROM coupons WHERE reward_id IS NOT NULL GROUP BY campaign_id) n
WHERE s.campaign_id = n.campaign_id;`,
  // Codes below the head without a reward count as given, also once their last day is over.
  `UPDATE campaign_stats AS s SET coupons_total = n.total, coupons_available = n.available, coupons_expired = n.expired,
  coupons_fenced = max(s.coupons_fenced, coalesce(n.fenced, 0)), coupons_look_at = iif(n.ending > 0, coalesce(s.coupons_look_at, 0), NULL) FROM (
    SELECT c.id, count(k.id) AS total, count(k.id) FILTER (WHERE k.id > t.last_coupon_id AND k.date_expired IS NULL) AS available,
      count(k.date_expired) AS expired,
      max(k.id) FILTER (WHERE k.reward_id IS NULL AND k.date_expired IS NULL AND k.id <= t.last_coupon_id) AS fenced, count(k.valid_until) FILTER (WHERE k.date_expired IS NULL AND k.reward_id IS NULL) AS ending
    FROM campaigns c JOIN campaign_stats t ON t.campaign_id = c.id LEFT JOIN coupons k ON k.campaign_id = c.id GROUP BY c.id) n
WHERE s.campaign_id = n.id;`,
  `UPDATE campaign_stats AS s SET total_conversions = n.total FROM (
    SELECT c.id, count(k.id) AS total FROM campaigns c LEFT JOIN conversions k ON k.campaign_id = c.id GROUP BY c.id) n
WHERE s.campaign_id = n.id;`,
  `UPDATE campaign_stats AS s SET rule_spent = n.spent FROM (
    SELECT c.id, json_group_object(CAST(g.rule_id AS TEXT), g.spent ORDER BY CAST(g.rule_id AS TEXT)) FILTER (WHERE g.rule_id IS NOT NULL) AS spent
    FROM campaigns c LEFT JOIN (
      SELECT r.campaign_id, r.rule_id, sum(k.amount) AS spent FROM rewards r
      JOIN credit_entries k ON k.participant_id = r.participant_id AND k.reward_id = r.id AND k.reason = 'earned' AND k.amount IS NOT NULL
      WHERE r.rule_id IS NOT NULL AND NOT ${wasDenied("r")} GROUP BY r.campaign_id, r.rule_id) g ON g.campaign_id = c.id
    GROUP BY c.id) n
WHERE s.campaign_id = n.id;`,
  "DELETE FROM waitlist_buckets;",
  // The buckets of the ledger's `bucketOf`.
  `INSERT INTO waitlist_buckets (campaign_id, bucket, waiting) SELECT campaign_id, waitlist_key >> 8, count(*)
FROM participants WHERE waitlist_key IS NOT NULL GROUP BY 1, 2;`,
  `UPDATE campaign_stats AS s SET waitlist_tickets = max(s.waitlist_tickets, n.last) FROM (
    SELECT campaign_id, max(waitlist_ticket) AS last FROM participants WHERE waitlist_ticket IS NOT NULL GROUP BY campaign_id) n
WHERE s.campaign_id = n.campaign_id;`,
  // Caps use these counts. Counts of rules for signups and visits exist only here, so they stay.
  `INSERT INTO rule_counts (participant_id, rule_id, reached, month) SELECT d.value ->> 'to', d.value ->> 'rule', sum(d.value ->> 'counts'),
  strftime('%Y-%m', max(k.date_added) / 1000, 'unixepoch')
FROM conversions k CROSS JOIN json_each(k.decisions) d CROSS JOIN campaign_rules r ON r.id = d.value ->> 'rule'
WHERE d.value ->> 'counts' AND (r.is_counted IS NOT 0 OR d.value ->> 'reward' IS NULL) GROUP BY 1, 2
ON CONFLICT (participant_id, rule_id) DO UPDATE SET reached = excluded.reached;`,
  `INSERT INTO rule_counts (participant_id, rule_id, month) SELECT w.participant_id, w.rule_id, strftime('%Y-%m', max(w.date_earned) / 1000, 'unixepoch')
FROM rewards w CROSS JOIN campaign_rules r ON r.id = w.rule_id AND r.is_counted IS NOT 0 GROUP BY 1, 2 ON CONFLICT (participant_id, rule_id) DO NOTHING;`,
  `UPDATE rule_counts AS t SET granted = n.granted, month_granted = n.in_month FROM (
    SELECT k.participant_id, k.rule_id, count(r.id) AS granted,
      count(r.id) FILTER (WHERE strftime('%Y-%m', r.date_earned / 1000, 'unixepoch') = k.month) AS in_month
    FROM rule_counts k CROSS JOIN campaign_rules c ON c.id = k.rule_id AND c.is_counted IS NOT 0 LEFT JOIN (SELECT id, participant_id, rule_id, date_earned FROM rewards w WHERE rule_id IS NOT NULL AND NOT ${wasDenied("w")}) r
      ON r.participant_id = k.participant_id AND r.rule_id = k.rule_id
    GROUP BY k.participant_id, k.rule_id) n
WHERE t.participant_id = n.participant_id AND t.rule_id = n.rule_id;`,
  // The job for lowered goals also grants the rewards that were read too early.
  `INSERT OR REPLACE INTO goal_falls (campaign_id, mark, origin) SELECT c.id, lower(hex(randomblob(12))),
  coalesce((SELECT e.data ->> 'origin' FROM events e WHERE e.campaign_id = c.id AND e.data ->> 'origin' IS NOT NULL ORDER BY e.id DESC LIMIT 1), '')
FROM campaigns c;`,
];
