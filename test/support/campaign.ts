import { env } from "cloudflare:workers";
import { newDomain, newMember, type TestMember } from "./client";

/** A member with a brand and a campaign made through the API. */
export async function newCampaign(fields: Record<string, unknown> = {}, member?: TestMember) {
  const owner = member ?? (await newMember());
  const brand = (await owner.post("/api/v1/brands", { url: newDomain() })).data;
  const answer = await owner.post("/api/v1/campaigns", { name: "Test", brand_id: brand.id, ...fields });
  if (answer.status !== 201) throw new Error(answer.text);
  const id: number = answer.data.id;
  return {
    id,
    brand,
    owner,
    signUp: (email: string, more: Record<string, unknown> = {}) =>
      owner.post("/api/v1/signups", { campaign_id: id, email, name: "Somebody", ...more }),
    refer: (code: string, email: string, more: Record<string, unknown> = {}) =>
      owner.post("/api/v1/signups/referral", { referral_code: code, email, name: "Friend", ...more }),
    upload: (codes: unknown[]) => owner.post(`/api/v1/campaigns/${id}/coupons`, { codes }),
    stats: async () => (await owner.get(`/api/v1/campaigns/${id}/stats`)).data,
    rewards: async (query = "") =>
      (await owner.get(`/api/v1/rewards?campaign_id=${id}&limit=100${query}`)).data.rewards,
    events: async (type = "%") =>
      (
        await env.DB.prepare("SELECT * FROM events WHERE campaign_id = ? AND type LIKE ? ORDER BY id")
          .bind(id, type)
          .all<{ id: string; type: string; participant_id: number | null; reward_id: number | null; data: string }>()
      ).results,
  };
}
export type TestCampaign = Awaited<ReturnType<typeof newCampaign>>;

/** `n` unique codes. */
export const someCodes = (n: number) => {
  const mark = crypto.randomUUID().slice(0, 8);
  return Array.from({ length: n }, (_, i) => `${mark}-${i + 1}`);
};

export const someone = () => `person-${crypto.randomUUID()}@example.com`;

/** Base64 of a plain code, like in old integrations. */
export const plainCode = (campaign: number, social: number, participant: number, invited?: number) =>
  btoa([campaign, social, participant, ...(invited ? [invited] : [])].join(":"));

/** Moves a signup to long ago, so old links can be the participant's. */
export const joinedLongAgo = (id: number) =>
  env.DB.prepare("UPDATE participants SET signup_event = 'evt_000000000001' || substr(signup_event, 17) WHERE id = ?")
    .bind(id)
    .run();
