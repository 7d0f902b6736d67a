import { type Api, openApi } from "../demo/api.ts";
import { endpoints, type Receiver } from "./receiver.ts";

export const FRIENDS_FOR_A_REWARD = 2;

export type Campaign = { id: number; api: Api; key: string; origin: string; webhooks: Map<string, number> };

export const OWNER_EMAIL = "owner@example.com";

/** An account with a campaign and all endpoints, created before anything goes wrong. */
export async function openCampaign(origin: string, receiver: Receiver): Promise<Campaign> {
  const visitor = openApi(origin);
  const account = { email: OWNER_EMAIL, name: "Olive Owner", password: "correct horse battery" };
  await visitor.post("/members", account);
  const { token } = await visitor.post<{ token: string }>("/auth/token", account);
  const { api_key: key } = await visitor
    .as({ Authorization: `Bearer ${token}` })
    .post<{ api_key: string }>("/members/api-key", {});
  const operator = visitor.as({ Authorization: `Bearer ${OPERATOR_TOKEN}` });
  await operator.put("/operator/members/1/plan", { plan_id: 3, plan_expiry: "2099-01-01T00:00:00.000Z" });

  const api = visitor.as({ "X-API-Key": key });
  const brand = await api.post<{ id: number }>("/brands", { url: "https://www.acme.example" });
  const campaign = await api.post<{ id: number }>("/campaigns", {
    brand_id: brand.id,
    name: "Chaos",
    goal_type: "signup",
    num_signups: FRIENDS_FOR_A_REWARD,
    reward_type: 1,
    reward_invited: true,
    campaign_entry_subject: "Welcome",
    reward_notify_subject: "Your reward",
  });
  const webhooks = new Map<string, number>();
  for (const [name, { events, isAccountWide }] of Object.entries(endpoints)) {
    const webhook = await api.post<{ id: number; secret: string }>("/webhooks", {
      link: receiver.linkOf(name),
      campaign_id: isAccountWide ? null : campaign.id,
      ...(events && { events }),
    });
    receiver.trust(name, webhook.secret);
    webhooks.set(name, webhook.id);
  }
  return { id: campaign.id, api, key, origin, webhooks };
}

export const OPERATOR_TOKEN = "an-operator-of-a-test";
