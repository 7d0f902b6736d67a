import { openAccount } from "./account.ts";
import { type Receiver, VETO } from "./receiver.ts";

/** The third campaign of the database. Its account has no webhooks. */
export const REVIEWED_ID = 3;
export const FRIENDS_FOR_THEIR_REWARD = 2;
/** Friends with this domain are always reviewed. */
export const FAKES = "fakes.example";
/** Longer than the period in which an endpoint is asked. */
export const ASKED_FOR_MS = 73 * 3_600_000;
/** They get one email a day about open reviews. */
export const REVIEWER_EMAIL = "reviewed@example.com";
const REFERRERS = 4;

export type Referrer = { id: number; referral_code: string };
export type Reviewed = { key: string; origin: string; referrers: Referrer[] };

/** A campaign that holds rewards for friends of a blocked domain and asks an endpoint about every reward. Created before anything goes wrong. */
export async function openReviewed(origin: string, receiver: Receiver): Promise<Reviewed> {
  const { key, api } = await openAccount(origin, REVIEWER_EMAIL, "Rita Reviewed");
  const brand = await api.post<{ id: number }>("/brands", { url: "https://reviewed.example" });
  const { id } = await api.post<{ id: number }>("/campaigns", {
    brand_id: brand.id,
    name: "Reviewed",
    num_signups: FRIENDS_FOR_THEIR_REWARD,
    reward_type: 5,
    reward: { cash_value: 5 },
    reward_invited: true,
    default_emails: [],
  });
  if (id !== REVIEWED_ID) throw new Error(`The reviewed campaign is ${id}, not ${REVIEWED_ID}.`);
  await api.post("/lists", { kind: "domain", value: FAKES, action: "block" });
  const veto = { link: receiver.linkOf(VETO), ending: "refuse" };
  receiver.trust(VETO, (await api.put<{ secret: string }>(`/campaigns/${id}/veto`, veto)).secret);
  const referrers: Referrer[] = [];
  for (let n = 0; n < REFERRERS; n++) {
    const fields = { campaign_id: id, email: `referrer-${n}@reviewed.example`, name: "Referrer" };
    referrers.push(await api.post<Referrer>("/signups", fields));
  }
  return { key, origin, referrers };
}
