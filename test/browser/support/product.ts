import { randomUUID } from "node:crypto";
import { type Api, openApi } from "../../../demo/api.ts";
import { newSecret } from "../../../scripts/secrets.ts";
import { type Running, startProduct } from "./running.ts";

export type Campaign = { id: number; name: string; brand_id: number };

let brands = 0;

/** A member with all permissions in the shared product, or in one with its own settings, which stops with the file. */
export async function openProduct(vars?: Record<string, string>) {
  const shared = vars ? undefined : process.env.SHARED_PRODUCT;
  const { url, operatorToken, stop } = shared
    ? { ...(JSON.parse(shared) as Running), stop: async () => {} }
    : await startProduct(vars);
  const { api, member } = await newMember(url, operatorToken);

  /** A brand's campaign, public and with a coupon for one friend unless said otherwise. */
  async function newCampaign({ brand = {}, coupons = ["COFFEE-1", "COFFEE-2"], ...campaign }: NewCampaign = {}) {
    const { id } = await api.post<{ id: number }>("/brands", { url: `https://shop-${++brands}.example.com`, ...brand });
    const made = await api.post<Campaign>("/campaigns", {
      brand_id: id,
      name: "Bring a friend",
      publish: "public",
      num_signups: 1,
      reward_type: 1,
      ...campaign,
    });
    if (coupons.length > 0) await api.post(`/campaigns/${made.id}/coupons`, { codes: coupons });
    return made;
  }
  return { url, api, member, operatorToken, newCampaign, stop };
}

type NewCampaign = { brand?: Record<string, unknown>; coupons?: string[]; [field: string]: unknown };

export type Member = { email: string; name: string; password: string };

async function newMember(url: string, operatorToken: string): Promise<{ api: Api; member: Member }> {
  const visitor = openApi(url);
  const member = { email: `owner-${randomUUID().slice(0, 6)}@example.com`, name: "Olive Owner", password: newSecret() };
  const { id } = await visitor.post<{ id: number }>("/members", member);
  const { token } = await visitor.post<{ token: string }>("/auth/token", member);
  const signedIn = visitor.as({ Authorization: `Bearer ${token}` });
  const { api_key } = await signedIn.post<{ api_key: string }>("/members/api-key", {});
  await visitor
    .as({ Authorization: `Bearer ${operatorToken}` })
    .put(`/operator/members/${id}/plan`, { plan_id: 3, plan_expiry: "2099-01-01T00:00:00.000Z" });
  return { api: visitor.as({ "X-API-Key": api_key }), member };
}
