/**
 * How many more active participants the campaign's account has room for, across all its campaigns, as a row `room(n)`.
 * Places of deleted campaigns stay in use for 30 days. No row if the plan has no limit. An expired plan counts as the
 * free plan.
 */
export const ROOM = `room AS (
  SELECT l.campaigns_participants - (
    SELECT coalesce(sum(s.total_participants - s.pending_participants - s.blocked_participants), 0)
    FROM campaigns o CROSS JOIN campaign_stats s ON s.campaign_id = o.id WHERE o.member_id = c.member_id) - (
    SELECT coalesce(sum(u.places), 0) FROM used_places u
    WHERE u.member_id = c.member_id AND u.day > strftime('%Y-%m-%d', json_extract(?1, '$[0].at') / 1000, 'unixepoch', '-30 days')) AS n
  FROM campaigns c CROSS JOIN members m ON m.id = c.member_id
  CROSS JOIN plans l ON l.id = iif(m.plan_expiry IS NULL OR m.plan_expiry > json_extract(?1, '$[0].at'), m.plan_id, 1)
  WHERE c.id = ?2 AND l.campaigns_participants > 0
)`;
