import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Api, openApi } from "../demo/api.ts";
import { newSecret } from "../scripts/secrets.ts";
import { CURRENCY, openTill, type Regular, type Till } from "./till.ts";

export type Product = { url: string; operatorToken: string };

const COUPONS = 500;

/** Three campaigns of one brand: a coupon for one friend, a message for two, a link for three clicks. */
const CAMPAIGNS = [
  {
    name: "Coffee for two",
    currency: CURRENCY,
    reward_type: 1,
    num_signups: 1,
    reward_invited: true,
    widget: {
      header_title: "Give €5, get €5",
      description: "Your friend's first bag is €5 off, and so is your next.",
      color: "#7c2d12",
      button_color: "#7c2d12",
      popup_button_color: "#7c2d12",
      popup_button_text: "Invite a friend",
      stats_on: true,
    },
  },
  {
    name: "Friends of the roastery",
    reward_type: 3,
    num_signups: 2,
    reward: { custom_message: "You are a friend of the roastery: say so at the counter, and the next cup is on us." },
    widget: {
      header_title: "Become a friend of the roastery",
      description: "Bring two friends and taste the next harvest before anyone else.",
      color: "#14532d",
      button_color: "#14532d",
      popup_button_color: "#14532d",
      popup_button_text: "Become a friend",
    },
  },
  {
    name: "The early list",
    goal_type: "visit",
    num_visits: 3,
    reward_type: 2,
    reward: { redirect_url: "https://example.com/early-list" },
    widget: {
      header_title: "Skip the line",
      description: "Get three visits to your link, and you are on the early list.",
      color: "#1e3a8a",
      button_color: "#1e3a8a",
      popup_button_color: "#1e3a8a",
      popup_button_text: "Skip the line",
      popup_button_position: "bottom-left",
    },
  },
];

/** The demo's campaigns. Purchases count in the first, where the regular refers friends. */
export type Demo = { campaigns: number[]; till: Till; regular: Regular };

/**
 * The demo's campaigns, created through the public API if they do not exist. Their API key is stored in the state
 * folder.
 */
export async function demoCampaigns({ url, operatorToken }: Product, stateDir: string, shop: string): Promise<Demo> {
  const file = join(stateDir, "demo-shop.json");
  const visitor = openApi(url);
  if (existsSync(file)) {
    const { api_key, campaigns } = JSON.parse(readFileSync(file, "utf8")) as { api_key: string; campaigns: number[] };
    const api = visitor.as({ "X-API-Key": api_key });
    const known = await opened(api, campaigns, shop).catch(() => null);
    if (known) return known;
  }
  const { api_key, api } = await newMember(visitor, operatorToken);
  const brand = await api.post<{ id: number }>("/brands", { url: "https://two-cups.example.com" });
  const campaigns: number[] = [];
  for (const campaign of CAMPAIGNS) {
    const { id } = await api.post<{ id: number }>("/campaigns", { ...campaign, brand_id: brand.id, publish: "public" });
    campaigns.push(id);
  }
  const codes = Array.from({ length: COUPONS }, (_, i) => `TWO-CUPS-${1000 + i}`);
  await api.post(`/campaigns/${campaigns[0]}/coupons`, { codes });
  writeFileSync(file, JSON.stringify({ api_key, campaigns }), { mode: 0o600 });
  return opened(api, campaigns, shop);
}

/** Updates the campaigns' landing page to the shop's current address, and gets the shop ready to sell. */
async function opened(api: Api, campaigns: number[], shop: string): Promise<Demo> {
  for (const id of campaigns) await api.put(`/campaigns/${id}`, { landing_url: `${shop}/` });
  const till = { api, campaign: campaigns[0] ?? 0 };
  return { campaigns, till, regular: await openTill(till) };
}

async function newMember(visitor: Api, operatorToken: string) {
  const password = newSecret();
  const email = `demo-${newSecret().slice(0, 8).toLowerCase()}@example.com`;
  const member = await visitor.post<{ id: number }>("/members", { email, password, name: "Demo Shop" });
  const { token } = await visitor.post<{ token: string }>("/auth/token", { email, password });
  const signedIn = visitor.as({ Authorization: `Bearer ${token}` });
  const { api_key } = await signedIn.post<{ api_key: string }>("/members/api-key", {});
  const operator = visitor.as({ Authorization: `Bearer ${operatorToken}` });
  await operator.put(`/operator/members/${member.id}/plan`, { plan_id: 3, plan_expiry: "2099-01-01T00:00:00.000Z" });
  return { api_key, api: visitor.as({ "X-API-Key": api_key }) };
}
