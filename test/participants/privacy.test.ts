import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newMember } from "../support/client";

const ACCESS = "/api/v1/privacy/access";
const ERASURE = "/api/v1/privacy/erasure";

/** A person with something of each kind in one campaign, a signup in another, and another account that knows them, too. */
async function knownPerson() {
  const email = someone();
  const shop = await newCampaign({ num_signups: 1000 });
  const { owner } = shop;
  const reward = { reward_type: 6, amount: 1000 };
  await owner.post(`/api/v1/campaigns/${shop.id}/rules`, { role: "referrer", trigger: "signup", reward });
  const inviter = (await shop.signUp(someone())).data;
  await env.DB.prepare("INSERT INTO invitations (campaign_id, participant_id, email, date_invited) VALUES (?, ?, ?, 1)")
    .bind(shop.id, inviter.id, email)
    .run();
  const ada = (await shop.signUp(email, { name: "Ada", metadata: { size: "M" }, external_id: "crm-1" })).data;
  await owner.put(`/api/v1/participants/${ada.id}/aliases`, { aliases: ["old-ada"] });
  await owner.patch(`/api/v1/participants/${inviter.id}`, { checkout_code: "RITA10" });
  await shop.refer(ada.referral_code, someone());
  const sale = { campaign_id: shop.id, email, conversion_id: "o-1", amount: 500, metadata: { street: "Elm" } };
  await owner.post("/api/v1/conversions", sale);
  await owner.post(`/api/v1/participants/${ada.id}/redemptions`, { redemption_id: "r-1", amount: 300 });
  const club = await newCampaign({}, owner);
  const bought = { campaign_id: club.id, email, conversion_id: "o-2", amount: 700, metadata: { street: "Oak" } };
  const rita = (await club.signUp(someone())).data;
  await owner.patch(`/api/v1/participants/${rita.id}`, { checkout_code: "RITA20" });
  await owner.post("/api/v1/conversions", { ...bought, checkout_code: "RITA20" });
  const third = await newCampaign({}, owner);
  const again = (await third.signUp(email)).data;
  const stranger = await newCampaign();
  const theirs = (await stranger.signUp(email)).data;
  return { email, owner, shop, club, ada, again, inviter, stranger, theirs };
}

describe("a person's data", () => {
  it("is returned in one response: of every campaign of the account, and of no other", async () => {
    const { email, owner, shop, club, ada, again, inviter } = await knownPerson();
    await owner.patch(`/api/v1/participants/${ada.id}`, { name: "Ada Byron", metadata: { size: "L" } });
    await owner.patch(`/api/v1/participants/${ada.id}`, { name: "Ada", metadata: { size: "M" } });
    const { status, data } = await owner.post(ACCESS, { email: email.toUpperCase() });
    expect(status).toBe(200);
    expect(data.participants[0].earlier_data).toMatchObject([
      { email, name: "Ada Byron", external_id: "crm-1", metadata: { size: "L" } },
      { email, name: "Ada", external_id: "crm-1", metadata: { size: "M" } },
    ]);
    expect(data.participants[1].earlier_data).toEqual([]);
    expect(data.participants.map(({ id }: { id: number }) => id)).toEqual([ada.id, again.id]);
    const [first] = data.participants;
    expect(first).toMatchObject({
      campaign_id: shop.id,
      email,
      name: "Ada",
      metadata: { size: "M" },
      external_id: "crm-1",
      aliases: ["old-ada"],
      signed_up_themselves: false,
      rewards: [{ type: "credit", amount: 1000, status: "fulfilled" }],
      conversions: [{ conversion_id: "o-1", amount: 500, metadata: { street: "Elm" } }],
      redemptions: [{ redemption_id: "r-1", amount: 300 }],
    });
    expect(first.shares).toHaveLength(1);
    expect(data).toMatchObject({
      email,
      invitations: [{ campaign_id: shop.id, participant_id: inviter.id }],
      purchases: [{ campaign_id: club.id, conversion_id: "o-2", participant_id: null }],
      is_unsubscribed: false,
      cut: [],
      next_after: null,
    });
    const { data: none } = await (await newMember()).post(ACCESS, { email });
    expect(none).toMatchObject({ participants: [], invitations: [], purchases: [], next_after: null });
    expect((await owner.post(ACCESS, { email: "nobody" })).status).toBe(400);
  });

  it("is erased everywhere by one request, and stays with another account", async () => {
    const { email, owner, shop, club, ada, again, stranger, theirs } = await knownPerson();
    const erased = await owner.post(ERASURE, { email });
    expect(erased).toMatchObject({ status: 200, data: { erased: [ada.id, again.id], next_after: null } });
    const { data } = await owner.post(ACCESS, { email });
    expect(data).toMatchObject({ participants: [], invitations: [] });
    expect(data.purchases.map(({ metadata }: { metadata: unknown }) => metadata)).toEqual([null]);
    const traces = await env.DB.prepare(
      `SELECT (SELECT count(*) FROM participants WHERE email = ?1 AND campaign_id <> ?2) + (SELECT count(*) FROM invitations WHERE email = ?1)
        + (SELECT count(*) FROM conversions WHERE campaign_id IN (?3, ?4) AND metadata IS NOT NULL) AS n`,
    )
      .bind(email, stranger.id, shop.id, club.id)
      .first("n");
    expect(traces).toBe(0);
    expect((await stranger.owner.get(`/api/v1/participants/${theirs.id}`)).data.email).toBe(email);
    expect((await owner.post(ERASURE, { email })).data).toMatchObject({ erased: [], invitations: 0 });
  });

  it("is erased in parts, each with the start of the next", async () => {
    const email = someone();
    const owner = await newMember();
    const first = await newCampaign({}, owner);
    const copy = { brand_id: first.brand.id, name: "Again" };
    const others = await Promise.all(Array.from({ length: 50 }, () => owner.post("/api/v1/campaigns", copy)));
    for (const id of [first.id, ...others.map(({ data }) => data.id)])
      expect((await owner.post("/api/v1/signups", { campaign_id: id, email, name: "Ada" })).status).toBe(201);
    const erased: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const { data } = await owner.post(ERASURE, { email, after });
      erased.push(...data.erased);
      expect(data.erased.length).toBeLessThanOrEqual(50);
      after = data.next_after;
    }
    expect(new Set(erased).size).toBe(51);
    expect((await owner.post(ACCESS, { email })).data.participants).toEqual([]);
  });
});
