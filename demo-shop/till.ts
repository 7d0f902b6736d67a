import { randomBytes } from "node:crypto";
import { type Api, ApiRefusal } from "../demo/api.ts";

/** The shop's server knows only the public API, with its key, and the campaign that counts its purchases. */
export type Till = { api: Api; campaign: number };

export const CURRENCY = "EUR";
const SHARE_PERCENT = 10;
const HOLD_DAYS = 14;

export const BAGS = [
  {
    id: "yirgacheffe",
    name: "Yirgacheffe",
    from: "Ethiopia",
    notes: "Jasmine, bergamot, apricot",
    cents: 1400,
    tone: "rose",
  },
  { id: "huila", name: "Huila", from: "Colombia", notes: "Caramel, red apple, cocoa", cents: 1200, tone: "sand" },
  { id: "santos", name: "Santos", from: "Brazil", notes: "Hazelnut, milk chocolate", cents: 1100, tone: "moss" },
];
export type Bag = (typeof BAGS)[number];

/** A participant whose link and checkout code a visitor can use. */
export type Regular = { id: number; share_url: string };
export const REGULAR = { name: "Ada", email: "ada@two-cups.example.com", checkout_code: "ADA10" };

/** Adds the rule that rewards purchases to the campaign, and a regular who refers friends, unless they exist. */
export async function openTill({ api, campaign }: Till): Promise<Regular> {
  const { rules } = await api.get<{ rules: { trigger: string }[] }>(`/campaigns/${campaign}/rules`);
  if (!rules.some(({ trigger }) => trigger === "conversion")) {
    await api.put(`/campaigns/${campaign}`, { currency: CURRENCY });
    await api.post(`/campaigns/${campaign}/rules`, {
      role: "referrer",
      title: `${SHARE_PERCENT}% of what your friends buy`,
      reward: { reward_type: 5, percent: SHARE_PERCENT },
      hold_days: HOLD_DAYS,
    });
  }
  const query = `campaign_id=${campaign}&checkout_code=${REGULAR.checkout_code}`;
  const { participants } = await api.get<{ participants: Regular[] }>(`/participants?${query}`);
  return participants[0] ?? api.post<Regular>("/signups", { campaign_id: campaign, ...REGULAR });
}

export const newOrderNumber = () => `TC-${randomBytes(4).toString("hex").toUpperCase()}`;

/** The buyer's input. `referral` is the code of the link that brought them, from the shop's cookie. */
export type Order = { number: string; bag: Bag; email: string; checkout_code: string; referral: string };

type Conversion = {
  id: number;
  conversion_id: string;
  amount: number;
  refunded_amount: number;
  currency: string;
  referrer_id: number | null;
  attributed_by: "participant" | "referral_code" | "checkout_code" | null;
};

/**
 * Reports a purchase: the buyer, if the shop knows them, and the code that they typed or that their link had.
 * @returns the conversion's id, or null if the product knows neither the buyer nor a referrer
 * @throws `ApiRefusal` if nobody has the typed code, or the email is invalid
 */
export async function buy(till: Till, order: Order): Promise<number | null> {
  const { number, bag, email, checkout_code, referral } = order;
  const code = checkout_code ? { checkout_code } : referral ? { referral_code: referral } : {};
  const who = { ...(email && { email }), ...code };
  if (Object.keys(who).length === 0) return null;
  const sale = { conversion_id: number, amount: bag.cents, currency: CURRENCY, metadata: { bag: bag.id } };
  try {
    const sent = { campaign_id: till.campaign, ...sale, ...who };
    return (await till.api.post<{ conversion: Conversion }>("/conversions", sent)).conversion.id;
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status >= 429 || checkout_code) throw error;
    // A link of another campaign, or of a deleted referrer, is not a reason to lose an order.
    if (referral) return buy(till, { ...order, referral: "" });
    if (error.status !== 404) throw error;
    return null;
  }
}

export type Entry = { at: string; from: string | null; to: string; amount: number | null; reason: string };
type Reward = { id: number; participant_id: number; status: string; amount: number; held_until: string | null };

/** All of the product's data about an order. @throws `ApiRefusal` if there is no such conversion */
export async function orderOf({ api }: Till, id: number) {
  const { conversion, rewards, decision } = await api.get<{
    conversion: Conversion;
    rewards: Reward[];
    decision: { reasons: { message: string }[] };
  }>(`/conversions/${id}`);
  const detailed = rewards.map(({ id: reward }) => api.get<Reward & { entries: Entry[] }>(`/rewards/${reward}`));
  const referrer =
    conversion.referrer_id === null
      ? null
      : await api.get<{ name: string | null }>(`/participants/${conversion.referrer_id}`).catch(() => null);
  return { conversion, rewards: await Promise.all(detailed), reasons: decision.reasons, referrer };
}
export type ShownOrder = Awaited<ReturnType<typeof orderOf>>;

/** Refunds half of the price, or all that is left. Pressed twice, it refunds once: the id contains the previously refunded amount. */
export async function refund(till: Till, id: number, part: string) {
  const { conversion } = await orderOf(till, id);
  const left = conversion.amount - conversion.refunded_amount;
  if (left === 0) return;
  await till.api.post(`/conversions/${id}/refunds`, {
    refund_id: `${conversion.conversion_id}-${conversion.refunded_amount}`,
    amount: part === "half" ? Math.min(Math.round(conversion.amount / 2), left) : left,
    reason: "Returned to the demo shop",
  });
}
