import type { Api } from "../demo/api.ts";
import { openAccount } from "./account.ts";
import { endpoints, type Receiver } from "./receiver.ts";

export const FRIENDS_FOR_A_REWARD = 2;

export type Campaign = { id: number; api: Api; key: string; origin: string; webhooks: Map<string, number> };

export const OWNER_EMAIL = "owner@example.com";

/** An account with a campaign and all endpoints, created before anything goes wrong. */
export async function openCampaign(origin: string, receiver: Receiver): Promise<Campaign> {
  const { key, api } = await openAccount(origin, OWNER_EMAIL, "Olive Owner");
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
