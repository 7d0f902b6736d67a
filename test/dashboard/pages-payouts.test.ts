import { describe, expect, it } from "vitest";
import { browserOf, colleagueOf, leadsTo } from "../support/session";
import { cash, newShop } from "../support/shop";

async function newPaying() {
  const shop = await newShop([{ reward: cash({ percent: 10 }) }]);
  const { owner } = shop.campaign;
  await shop.buy({ participant_id: shop.grace.id }, 12_345, { conversion_id: "o-1" });
  return { shop, owner, browser: await browserOf(owner) };
}

describe("the payouts page", () => {
  it("lists amounts owed, marks them as paid with a reference, and undoes that", async () => {
    const { shop, owner, browser } = await newPaying();
    const before = await browser.page("/rewards/payouts");
    for (const text of ["$12.35 to pay", shop.ada.email, "Mark all as paid"]) expect(before.text).toContain(text);
    const nameless = await browser.submit("/rewards/payouts", { currency: "USD", reference: "" });
    expect(nameless.status).toBe(400);
    const file = await browser.page("/rewards/payouts/owed.csv");
    expect(file.text).toContain(`${shop.ada.email},USD,12.35`);
    const paid = await browser.submit("/rewards/payouts", { currency: "USD", reference: "Bank 7" });
    expect(leadsTo(paid)).toBe("/rewards/payouts?done=paid");
    const after = await browser.page("/rewards/payouts");
    for (const text of ["Nothing to pay", "Bank 7", "Undo"]) expect(after.text).toContain(text);
    const [payout] = (await owner.get("/api/v1/payouts")).data.payouts;
    const undone = await browser.submit(`/rewards/payouts/${payout.id}/undo`, {});
    expect(leadsTo(undone)).toBe("/rewards/payouts?done=payout_undone");
    expect((await browser.page("/rewards/payouts")).text).toContain("$12.35 to pay");
  });

  it("pays one participant of several", async () => {
    const { shop, owner, browser } = await newPaying();
    const bob = (await shop.campaign.signUp("bob@example.com")).data;
    await owner.post("/api/v1/conversions", {
      campaign_id: shop.campaign.id,
      referral_code: bob.referral_code,
      conversion_id: "o-2",
      amount: 500,
    });
    await browser.submit("/rewards/payouts", { currency: "USD", reference: "Bob", participant_id: String(bob.id) });
    expect((await owner.get("/api/v1/payouts")).data).toMatchObject({
      owed: [{ participant_id: shop.ada.id }],
      payouts: [{ reference: "Bob", totals: [{ amount: 50, participants: 1 }] }],
    });
  });

  it("downloads payouts, a row per currency, for everyone who sees them", async () => {
    const { shop, owner, browser } = await newPaying();
    const { text: none } = await browser.page("/rewards/payouts");
    expect(none).not.toContain("/rewards/payouts/export");
    await browser.submit("/rewards/payouts", { currency: "USD", reference: "=Bank" });
    const filter = `campaign_id=${shop.campaign.id}`;
    expect((await browser.page(`/rewards/payouts?${filter}`)).text).toContain(`/rewards/payouts/export?${filter}"`);
    const viewer = await colleagueOf(owner, "viewer");
    const [head, line, ...more] = (await viewer.page("/rewards/payouts/export")).text.trim().split("\r\n");
    expect(head).toContain(
      "id,reference,currency,amount,kept_for_refunds,participants,rewards,by,date_added,date_undone",
    );
    expect(line).toMatch(/^\d+,'=Bank,USD,12\.35,0,1,1,/);
    expect(more).toEqual([]);
    const other = await newShop([]);
    const stranger = await browserOf(other.campaign.owner);
    expect((await stranger.page(`/rewards/payouts/export?${filter}`)).status).toBe(404);
    expect((await stranger.page("/rewards/payouts/export")).text.trim().split("\r\n")).toHaveLength(1);
    const theirs = await browser.page(`/rewards/payouts/export?campaign_id=${other.campaign.id}`);
    expect(theirs.status).toBe(404);
  });

  it("sorts the payouts made by amount, page by page", async () => {
    const { shop, owner, browser } = await newPaying();
    const list = "/rewards/payouts";
    for (const [i, amount] of [9000, 50_000, 200, 9000].entries()) {
      if (i > 0) await shop.buy({ participant_id: shop.grace.id }, amount, { conversion_id: `more-${i}` });
      await browser.submit(list, { currency: "USD", reference: `Bank ${i}` });
    }
    const made = async (query: string) =>
      [...(await browser.page(`${list}${query}`)).text.matchAll(/>(Bank \d)</g)].map(([, reference]) => reference);
    expect(await made("")).toEqual(["Bank 3", "Bank 2", "Bank 1", "Bank 0"]);
    expect(await made("?sort=largest")).toEqual(["Bank 1", "Bank 0", "Bank 3", "Bank 2"]);
    expect(await made("?sort=smallest")).toEqual(["Bank 2", "Bank 3", "Bank 0", "Bank 1"]);
    expect(await made("?sort=largest&limit=2")).toEqual(["Bank 1", "Bank 0"]);
    expect(await made("?sort=largest&limit=2&page=2")).toEqual(["Bank 3", "Bank 2"]);
    expect(await made("?sort=%00")).toEqual(["Bank 3", "Bank 2", "Bank 1", "Bank 0"]);
    const { text } = await browser.page(`${list}?sort=largest`);
    expect(text).toContain(`${list}?sort=smallest`);
    expect((await browser.page(`${list}/export?sort=largest`)).text.split("\r\n")[1]).toContain("Bank 3");
    expect((await owner.get("/api/v1/payouts?sort=largest")).data.payouts[0].reference).toBe("Bank 3");
  });

  it("has no buttons for viewers", async () => {
    const { owner } = await newPaying();
    const viewer = await colleagueOf(owner, "viewer");
    const page = await viewer.page("/rewards/payouts");
    expect(page.text).toContain("$12.35 to pay");
    expect(page.text).not.toContain("Mark as paid");
    expect((await viewer.submit("/rewards/payouts", { currency: "USD", reference: "x" })).status).toBe(403);
  });
});
