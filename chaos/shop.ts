import { openAccount } from "./account.ts";

/** The second campaign of the database. Its account has no webhooks. */
export const SHOP_ID = 2;
const [REFERRERS, FRIENDS_EACH] = [4, 3];

/** Amounts are in cents. */
export const shopRules: readonly ShopRule[] = [
  { role: "referrer", reward: { reward_type: 5, percent: 10 }, budget: 30_000 },
  { role: "invited", reward: { reward_type: 5, amount: 500 }, max_per_participant: 3 },
  { role: "referrer", reward: { reward_type: 5, percent: 5 }, hold_days: 90 },
  { role: "referrer", reward: { reward_type: 5, percent: 3 }, needs_approval: true, expires_days: 30 },
  { role: "referrer", reward: { reward_type: 6, percent: 2 }, expires_days: 30 },
  { role: "invited", reward: { reward_type: 5, amount: 100 }, max_per_month: 4 },
];
type ShopRule = {
  role: "referrer" | "invited";
  reward: { reward_type: 5 | 6; percent?: number; amount?: number };
  budget?: number;
  max_per_participant?: number;
  max_per_month?: number;
  hold_days?: number;
  needs_approval?: boolean;
  expires_days?: number;
};
/** Longer than any hold and any reward's lifetime. */
export const HOLDS_END_MS = 91 * 86_400_000;
export const PLACES_PER_FRIEND = 3;

/** `rules` are the IDs of the rules above. */
export type Shop = {
  key: string;
  origin: string;
  referrers: { id: number; referral_code: string }[];
  buyers: number[];
  rules: number[];
};

/** A campaign with a waitlist, whose rules reward sales, with referrers and their friends, created before anything goes wrong. */
export async function openShop(origin: string): Promise<Shop> {
  const { key, api } = await openAccount(origin, "shop@example.com", "Sam Shop");
  const brand = await api.post<{ id: number }>("/brands", { url: "https://shop.example" });
  const line = { waitlist_enabled: true, waitlist_places_per_friend: PLACES_PER_FRIEND };
  // Many refunds look like fraud, and their review would be decided in the 91 days. Reviews have a campaign of their own.
  const fields = {
    brand_id: brand.id,
    name: "Shop",
    num_signups: 1_000_000,
    reward_type: 3,
    fraud_mode: "off",
    ...line,
  };
  const { id } = await api.post<{ id: number }>("/campaigns", fields);
  if (id !== SHOP_ID) throw new Error(`The shop's campaign is ${id}, not ${SHOP_ID}.`);
  const rules: number[] = [];
  for (const rule of shopRules) rules.push((await api.post<{ id: number }>(`/campaigns/${id}/rules`, rule)).id);
  const [referrers, buyers]: [Shop["referrers"], number[]] = [[], []];
  for (let r = 0; r < REFERRERS; r++) {
    const email = `referrer-${r}@shop.example`;
    const referrer = await api.post<Shop["referrers"][number]>("/signups", {
      campaign_id: id,
      email,
      name: "Referrer",
    });
    const { referral_code } = referrer;
    referrers.push(referrer);
    for (let f = 0; f < FRIENDS_EACH; f++) {
      const friend = { referral_code, email: `friend-${r}-${f}@shop.example`, name: "Friend" };
      buyers.push((await api.post<{ participant: { id: number } }>("/signups/referral", friend)).participant.id);
    }
  }
  return { key, origin, referrers, buyers, rules };
}
