import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { eventTypes } from "../../drizzle/schema/webhooks";
import { newEventId } from "../../src/lib/crypto";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call, type TestMember } from "../support/client";
import { checkOf, events } from "../support/document";
import { outside } from "../support/outside";
import { cash, newShop } from "../support/shop";

/** Everything that causes a webhook event, done at least once. */
async function live(member: TestMember, webhookId: number) {
  const coupons = await newCampaign({ reward_invited: true }, member);
  await coupons.upload(someCodes(10));
  const ada = (await coupons.signUp(someone(), { metadata: { plan: "pro" }, external_id: "crm-1" })).data;
  for (let friend = 0; friend < 9; friend++) await coupons.refer(ada.referral_code, someone());
  const late = someone();
  const { id } = (await coupons.signUp(late)).data;
  await coupons.refer(ada.referral_code, late);
  await member.patch(`/api/v1/participants/${id}`, { name: "Late", metadata: { plan: "free" } });
  for (const status of ["blocked", "pending", "active"]) await member.patch(`/api/v1/participants/${id}`, { status });

  const careful = await newCampaign({ double_opt_in: true }, member);
  const email = someone();
  await call("POST", "/api/widget/signup", { campaign_id: careful.id, email });
  const found = (await member.get(`/api/v1/participants?campaign_id=${careful.id}&email=${email}`)).data
    .participants[0];
  const who = { campaign_id: careful.id, participant_id: found.id };
  await call("POST", `/confirm/${await confirmationToken(env, who, new Date())}`);
  const { data } = await call("POST", "/api/widget/signup", { campaign_id: coupons.id, email: someone() });
  const headers = { Authorization: `Bearer ${data.participant_token}` };
  await call("POST", "/api/widget/share", { social_type: 1 }, { headers });

  const shop = await newShop(
    [
      { reward: cash({ percent: 10 }) },
      { reward: cash({ percent: 20 }), needs_approval: true },
      { reward: { reward_type: 6, percent: 5 } },
      { reward: { reward_type: 1 }, expires_days: 1 },
    ],
    {},
    member,
  );
  await shop.buy({ participant_id: shop.grace.id }, 10_000, { conversion_id: "kept" });
  await member.post(`/api/v1/participants/${shop.ada.id}/redemptions`, { redemption_id: "r", amount: 100 });
  await shop.buy({ referral_code: shop.ada.referral_code }, 10_000, { conversion_id: "returned" });
  const refund = { campaign_id: shop.campaign.id, conversion_id: "returned", refund_id: "all" };
  await member.post("/api/v1/refunds", refund);
  // Only inputs report failed refunds.
  const undone = {
    kind: "refund",
    event_name: "purchase",
    key: "returned",
    refund_id: "failed",
    amount: -100,
  } as const;
  const by = { member_id: member.id, key_hash: null, origin: "https://referrals.test", reason: null };
  const ledger = env.LEDGER.getByName(String(shop.campaign.id));
  await ledger.refund({ ...undone, ...by, id: newEventId(new Date()), at: Date.now() });
  const [pending] = await shop.campaign.rewards("&status=pending&reward_type=5");
  await member.patch(`/api/v1/rewards/${pending.id}`, { status: "fulfilled" });

  await env.DB.prepare("UPDATE rewards SET expires_at = 1 WHERE campaign_id = ? AND expires_at IS NOT NULL")
    .bind(shop.campaign.id)
    .run();

  await member.post("/api/v1/lists", { kind: "domain", value: "bad.example", action: "block" });
  await shop.campaign.refer(shop.ada.referral_code, "a@bad.example");
  const { reviews } = (await member.get(`/api/v1/reviews?campaign_id=${shop.campaign.id}`)).data;
  await member.post(`/api/v1/reviews/${reviews[0].id}`, { verdict: "deny" });

  const contest = { contest_name: "Win", start_date: "2026-01-01", end_date: "2026-11-22T12:00:01Z", max_winners: 1 };
  const held = await member.put(`/api/v1/campaigns/${coupons.id}/contest`, contest);
  if (held.status !== 200) throw new Error(held.text);
  await member.post(`/api/v1/webhooks/${webhookId}/test`, undefined);
  return async () => member.delete(`/api/v1/participants/${shop.grace.id}`);
}

it("every event's payload matches the document, field by field", async () => {
  const world = outside();
  try {
    const member = await world.verified();
    const endpoint = await world.endpoint(member);
    const erase = await live(member, endpoint.id);
    const send = async () => {
      for (let round = 0; round < 6; round++) {
        world.later(60_000);
        await world.cron();
        await world.consume();
      }
    };
    await send();
    await erase();
    await send();
    const seen = new Set<string>();
    for (const { body } of endpoint.received) {
      const event = JSON.parse(body);
      seen.add(event.type);
      const schema = events[event.type];
      if (!schema) throw new Error(`${event.type} is not documented`);
      expect(checkOf(schema).safeParse(event).error?.issues ?? [], body).toEqual([]);
    }
    const missing = eventTypes.filter((type) => !seen.has(type));
    expect(missing, "never happened: cause them in `live`").toEqual([]);
  } finally {
    world.close();
  }
});
