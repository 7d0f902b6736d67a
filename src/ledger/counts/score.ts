import { nextStamp } from "../../../drizzle/schema/stamps";
import { statement } from "../batch/statement";

/**
 * Moves participants to new scores, and updates the campaign's histogram of scores. `ctes` define `moved(id, referrals,
 * clicks)`: how much each participant's counts change; negative numbers shrink them. `also` adds assignments from
 * `moved`.
 */
export function moveScores(ctes: string, also = "") {
  return {
    moveScores: statement(`WITH ${ctes}
INSERT INTO scores (campaign_id, referral_count, click_count, participants)
SELECT ?2, p.referral_count, p.click_count, -1 FROM moved m CROSS JOIN participants p ON p.id = m.id
WHERE p.status = 'active' AND (p.referral_count > 0 OR p.click_count > 0) AND (m.referrals <> 0 OR m.clicks <> 0)
UNION ALL
SELECT ?2, p.referral_count + m.referrals, p.click_count + m.clicks, 1 FROM moved m CROSS JOIN participants p ON p.id = m.id
WHERE p.status = 'active' AND (m.referrals <> 0 OR m.clicks <> 0) AND (p.referral_count + m.referrals > 0 OR p.click_count + m.clicks > 0)
ON CONFLICT (campaign_id, referral_count, click_count) DO UPDATE SET participants = participants + excluded.participants`),
    emptyScores: statement(`WITH ${ctes}
DELETE FROM scores WHERE campaign_id = ?2 AND participants = 0 AND (referral_count, click_count) IN (
  SELECT p.referral_count, p.click_count FROM moved m CROSS JOIN participants p ON p.id = m.id)`),
    moveParticipants: statement(`WITH ${ctes}
UPDATE participants SET referral_count = referral_count + m.referrals, click_count = click_count + m.clicks${also},
  updated_at = ${nextStamp("participants", "participants.member_id")}
FROM moved m WHERE participants.id = m.id`),
  };
}
