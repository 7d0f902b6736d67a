import { env } from "cloudflare:workers";
import type { TestCampaign } from "./campaign";

/** Fills a campaign like years of signups: a tenth have referrals, and the totals and the histogram match. */
export async function populate(campaign: Pick<TestCampaign, "id" | "owner">, people: number) {
  const { id, owner } = campaign;
  const now = Date.now();
  for (let from = 0; from < people; from += 5000) {
    const n = Math.min(5000, people - from);
    await env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?1)
      INSERT INTO participants (member_id, campaign_id, email, email_canonical, name, date_signedup, referral_count, click_count, signup_event)
      SELECT ?2, ?3, 'seed-' || (?4 + n) || '@example.com', 'seed-' || (?4 + n) || '@example.com', 'Seed ' || n, ?5 - 1000000 + n,
        iif(n % 10 = 0, n % 7 + 1, 0), iif(n % 10 = 0, n % 13, 0), 'seed' FROM i`)
      .bind(n, owner.id, id, from, now)
      .run();
  }
  await env.DB.batch([
    env.DB.prepare(
      "UPDATE campaign_stats SET total_participants = (SELECT count(*) FROM participants WHERE campaign_id = ?1) WHERE campaign_id = ?1",
    ).bind(id),
    env.DB.prepare(`INSERT INTO scores (campaign_id, referral_count, click_count, participants)
      SELECT campaign_id, referral_count, click_count, count(*) FROM participants
      WHERE campaign_id = ?1 AND (referral_count > 0 OR click_count > 0) GROUP BY 1, 2, 3
      ON CONFLICT DO UPDATE SET participants = excluded.participants`).bind(id),
  ]);
}
