import { openApi } from "../demo/api.ts";
import { OPERATOR_TOKEN, type Target } from "./targets.ts";

/** A member on a plan without limits, with a brand and a campaign, created through the API. */
export async function newCampaign(target: Target, name: string, fields: Record<string, unknown> = {}) {
  const visitor = openApi(target.url);
  const account = { email: `${name}@example.com`, name, password: "a-good-password" };
  const member = await visitor.post<{ id: number }>("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const bearer = visitor.as({ Authorization: `Bearer ${token}` });
  const { api_key } = await bearer.post<{ api_key: string }>("/members/api-key", {});
  const operator = visitor.as({ Authorization: `Bearer ${OPERATOR_TOKEN}` });
  const plan = { plan_id: 2, plan_expiry: "2099-01-01T00:00:00.000Z" };
  await operator.put(`/operator/members/${member.id}/plan`, plan);

  const headers = { "X-API-Key": api_key, "Content-Type": "application/json" };
  const api = visitor.as({ "X-API-Key": api_key });
  const brand = await api.post<{ id: number }>("/brands", { url: `https://${name}.com` });
  const campaign = await api.post<{ id: number }>("/campaigns", { brand_id: brand.id, name, ...fields });
  return { id: campaign.id, brandId: brand.id, memberId: member.id, api, headers };
}
export type Campaign = Awaited<ReturnType<typeof newCampaign>>;

/** `n` codes that occur nowhere else. */
export const someCodes = (n: number, mark = "CODE") => Array.from({ length: n }, (_, i) => `${mark}-${i + 1}`);

/**
 * Fills a campaign with participants as years of signups would: a tenth have referrals, and the totals and the
 * histogram match.
 */
export async function populate(target: Target, { id, memberId }: Campaign, people: number) {
  const db = await target.database();
  for (let from = 0; from < people; from += 5000)
    await db
      .prepare(`WITH RECURSIVE i(n) AS (SELECT ?4 + 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?4 + ?1)
      INSERT INTO participants (member_id, campaign_id, email, email_canonical, name, date_signedup, referral_count, click_count, signup_event)
      SELECT ?2, ?3, 'seed-' || n || '@example.com', 'seed-' || n || '@example.com', 'Seed ' || n, 1700000000000 + n,
        iif(n % 10 = 0, n % 7 + 1, 0), iif(n % 10 = 0, n % 13, 0), 'seed' FROM i`)
      .bind(Math.min(5000, people - from), memberId, id, from)
      .run();
  await db.batch([
    db
      .prepare("UPDATE campaign_stats SET total_participants = total_participants + ?2 WHERE campaign_id = ?1")
      .bind(id, people),
    db
      .prepare(`INSERT INTO scores (campaign_id, referral_count, click_count, participants)
      SELECT campaign_id, referral_count, click_count, count(*) FROM participants
      WHERE campaign_id = ?1 AND (referral_count > 0 OR click_count > 0) GROUP BY 1, 2, 3
      ON CONFLICT DO UPDATE SET participants = excluded.participants`)
      .bind(id),
  ]);
}
