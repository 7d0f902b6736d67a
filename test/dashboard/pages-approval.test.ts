import { describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { cash, newShop } from "../support/shop";

const text = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");

/** A shop with a reward that needs approval, and one that is only held for a month. */
async function heldShop() {
  const shop = await newShop([
    { reward: cash({ amount: 500 }), needs_approval: true },
    { role: "invited", reward: cash({ percent: 10 }), hold_days: 30 },
  ]);
  const { rewards } = (await shop.buy({ participant_id: shop.grace.id }, 5000)).data;
  const ids = rewards.map(({ id }: { id: number }) => id) as [number, number];
  const statuses = async () => {
    const all = (await shop.campaign.owner.get(`/api/v1/rewards?campaign_id=${shop.campaign.id}`)).data.rewards;
    return ids.map((id) => all.find((reward: { id: number }) => reward.id === id)?.status);
  };
  return { shop, ids, statuses, ada: await browserOf(shop.campaign.owner) };
}
const LIST = { "@lists": "reward_id" };

describe("the queue of held rewards", () => {
  it("shows the reason for each hold, and approves selected rewards", async () => {
    const { ada, ids, statuses } = await heldShop();
    const page = await ada.page("/rewards?status=held");
    expect(text(page.text)).toContain("Held 2");
    for (const said of ["Needs your approval", "Until", 'value="approved"', 'value="revoked"'])
      expect(page.text).toContain(said);
    expect(page.text).not.toContain('value="fulfilled"');
    const answer = await ada.submit("/rewards?status=held", {
      ...LIST,
      reward_id: ids[0],
      status: "approved",
      note: "Fine",
    });
    expect(leadsTo(answer)).toBe("/rewards?page=1&limit=20&status=held&done=approved");
    expect(await statuses()).toEqual(["pending", "held"]);
    const left = await ada.page("/rewards?status=held");
    expect(left.text).not.toContain('value="approved"');
  });

  it("shows for each of several why it could not be approved", async () => {
    const { ada, ids, statuses } = await heldShop();
    const answer = await ada.submit("/rewards?status=held", { ...LIST, reward_id: ids, status: "approved" });
    expect(answer.status).toBe(400);
    expect(text(answer.text)).toContain("1 of 2 updated. Skipped:");
    expect(answer.text).toContain("not waiting for approval");
    expect(await statuses()).toEqual(["pending", "held"]);
  });

  it("revokes with a note, and refuses to pay held rewards", async () => {
    const { ada, ids, statuses } = await heldShop();
    const paid = await ada.submit("/rewards", { ...LIST, reward_id: ids, status: "fulfilled" });
    expect([paid.status, paid.text.includes("The reward is on hold.")]).toEqual([400, true]);
    await ada.submit("/rewards", { ...LIST, reward_id: ids, status: "revoked", note: "A friend of themselves" });
    expect(await statuses()).toEqual(["revoked", "revoked"]);
    expect((await ada.page(`/rewards/${ids[1]}`)).text).toContain("A friend of themselves");
    for (const status of ["held", "lost", ""])
      expect((await ada.submit("/rewards", { ...LIST, reward_id: ids, status })).status).toBe(400);
  });

  it("cannot be approved by a viewer, from another site, or by another account", async () => {
    const { ada, ids, shop, statuses } = await heldShop();
    const victor = await colleagueOf(shop.campaign.owner, "viewer");
    const eve = await signedIn();
    const form = { ...LIST, reward_id: ids[0], status: "approved" };
    expect((await victor.page("/rewards?status=held")).text).not.toContain('name="reward_id"');
    expect((await victor.submit("/rewards", form)).status).toBe(403);
    expect((await ada.submit("/rewards", form, { headers: { Origin: "https://evil.example" } })).status).toBe(403);
    const foreign = await eve.submit("/rewards", form);
    expect([foreign.status, foreign.text.includes("This reward does not exist.")]).toEqual([400, true]);
    for (const [who, status] of [
      [victor, 403],
      [eve, 404],
    ] as const)
      expect((await who.submit(`/rewards/${ids[0]}`, { status: "approved" })).status).toBe(status);
    expect(await statuses()).toEqual(["held", "held"]);
  });
});

describe("a reward's page", () => {
  it("shows its history, step by step, and links to its conversion", async () => {
    const { ada, ids, shop } = await heldShop();
    const [conversion] = (await shop.campaign.owner.get(`/api/v1/conversions?campaign_id=${shop.campaign.id}`)).data
      .conversions;
    await shop.campaign.owner.post(`/api/v1/conversions/${conversion.id}/refunds`, { refund_id: "r", amount: 2500 });
    const path = `/rewards/${ids[0]}`;
    expect(leadsTo(await ada.submit(path, { status: "approved", note: "Checked by hand" }))).toBe(
      `${path}?done=approved`,
    );
    expect(leadsTo(await ada.submit(path, { status: "fulfilled", note: "Bank 17" }))).toBe(`${path}?done=paid`);
    const log = (await ada.page("/audit")).text;
    expect(log).toContain("Changed a reward");
    expect(log).not.toContain("Changed several rewards");
    const page = await ada.page(path);
    expect(page.text).toContain(`href="/campaigns/${shop.campaign.id}/conversions/${conversion.id}"`);
    const told = text(page.text);
    const steps = [
      "Earned",
      "+$5.00",
      "and held",
      "Reduced by a refund",
      "−$2.50",
      "Approved: Checked by hand",
      "by your team",
      "No longer held",
      "Given: Bank 17",
    ];
    let at = told.indexOf("Timeline");
    for (const step of steps) {
      const next = told.indexOf(step, at);
      expect(next, `${step} after ${told.slice(at, at + 80)}`).toBeGreaterThanOrEqual(at);
      at = next;
    }
    expect(page.text).not.toContain('value="fulfilled"');
    const refused = await ada.submit(path, { status: "approved", note: "Again" });
    expect([refused.status, refused.text.includes("not waiting for approval"), refused.text.includes("Again")]).toEqual(
      [400, true, true],
    );
    await ada.submit(path, { status: "revoked", note: "Charged back" });
    expect((await ada.page(path)).text).not.toContain('<form method="post" action="/rewards');
  });

  it("shows a coupon of the campaign's own goal, and no button while it waits for a code", async () => {
    const campaign = await newCampaign({ reward_type: 1 });
    const { data } = await campaign.signUp("coupon-ada@example.com");
    const { reward } = (await campaign.refer(data.referral_code, "coupon-grace@example.com")).data;
    const ada = await browserOf(campaign.owner);
    const page = await ada.page(`/rewards/${reward.id}`);
    for (const said of ["Waiting for a coupon code", "Reaching the campaign's goal", "Earned"])
      expect(text(page.text)).toContain(said);
    expect(page.text).not.toContain('value="fulfilled"');
    expect((await (await signedIn()).page(`/rewards/${reward.id}`)).status).toBe(404);
    expect((await ada.page("/rewards/none")).status).toBe(404);
    const viewed = await (await colleagueOf(campaign.owner, "viewer")).page(`/rewards/${reward.id}`);
    expect([viewed.status, viewed.text.includes('name="status"')]).toEqual([200, false]);
  });
});
