import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { downloaded } from "./support/csv.ts";
import { signIn, WAYS } from "./support/member.ts";
import { joined, joinedWithFriends } from "./support/people.ts";
import { axe, openWorld, shoot, type World } from "./support/world.ts";

type Reward = {
  id: number;
  participant_id: number;
  type: string;
  status: string;
  coupon: string | null;
  cash_value: number | null;
  date_earned: string;
  date_fulfilled: string | null;
};

describe("rewards in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const rewardsOf = (campaign: number) => world.product.api.all<Reward>(`/rewards?campaign_id=${campaign}`, "rewards");
  const cashCampaign = async (name: string) => {
    const campaign = await world.newCampaign({ name, coupons: [], reward_type: 5 });
    await world.product.api.put(`/campaigns/${campaign.id}/reward`, { cash_value: 12.5 });
    return campaign;
  };

  const kinds = [
    { words: "Cash (you pay it out)", label: "Amount in dollars", value: "12.50", type: 5, kept: { cash_value: 12.5 } },
    {
      words: "Link",
      label: "URL",
      value: "https://example.com/offer",
      type: 2,
      kept: { redirect_url: "https://example.com/offer" },
    },
    { words: "Message", label: "Message text", value: "Well done", type: 3, kept: { custom_message: "Well done" } },
    { words: "Coupon code", label: "Coupon value in dollars", value: "5", type: 1, kept: { worth_value: 5 } },
  ];

  for (const way of WAYS) {
    it(`have the chosen type and value, by ${way}`, async () => {
      const { id } = await world.newCampaign({ coupons: [] });
      const { page, person, problems, ...desk } = await signIn(world, way, `/campaigns/${id}/rewards`);
      for (const { words, label, value, type, kept } of kinds) {
        await desk.pick(page.getByRole("group", { name: "Reward type" }), words);
        await desk.fill(page.getByLabel(label, { exact: true }), value);
        assert.equal(await page.getByLabel(label, { exact: true }).isVisible(), true);
        for (const other of kinds.filter((kind) => kind.label !== label))
          assert.equal(
            await page.getByLabel(other.label, { exact: true }).isVisible(),
            false,
            `${other.label} beside ${label}`,
          );
        await desk.press(page.getByRole("button", { name: "Save" }));
        await page.getByText("Saved.").waitFor();
        const campaign = await world.product.api.get<{ reward_type: number; reward: object }>(`/campaigns/${id}`);
        assert.equal(campaign.reward_type, type);
        assert.deepEqual({ ...campaign.reward, ...kept }, campaign.reward);
        await shoot(page, `reward-${type}-${way}`, { fullPage: true });
        await page.goto(page.url().replace(/\?.*/, ""));
      }
      assert.deepEqual(problems, []);
      await person.close();
    });

    it(`are paid with a note and revoked with a reason, by ${way}`, async () => {
      const { id } = await cashCampaign(`Cash by ${way}`);
      const { api } = world.product;
      for (const name of ["Ada", "Ben", "Cleo"]) await joinedWithFriends(api, id, `${name} ${way}`, 1);
      const { page, person, problems, ...desk } = await signIn(world, way, `/campaigns/${id}/rewards`);
      await desk.press(page.getByRole("link", { name: "Rewards to pay" }));
      await page.waitForURL(`**/rewards?campaign_id=${id}&status=pending`);
      await page.getByRole("link", { name: "Pending 3", exact: true }).waitFor();
      if (way !== "plain") await axe(page);
      await shoot(page, `rewards-pending-${way}`, { fullPage: true });

      await desk.tick(page.getByLabel(`Select the reward of Ada ${way}`, { exact: true }));
      await desk.tick(page.getByLabel(`Select the reward of Ben ${way}`, { exact: true }));
      if (way !== "plain") await page.getByText(/^2 selected · \$[\d.]+$/).waitFor();
      await desk.fill(page.getByLabel("Note"), "Bank transfer 17");
      await desk.press(page.getByRole("button", { name: "Mark as paid" }));
      await page.getByText("Marked as paid.").waitFor();
      await page.getByRole("link", { name: "Pending 1", exact: true }).waitFor();

      await desk.tick(page.getByLabel(`Select the reward of Cleo ${way}`, { exact: true }));
      await desk.fill(page.getByLabel("Note"), "Invited himself");
      await desk.press(page.locator("summary", { hasText: "Revoke" }));
      await desk.press(page.getByRole("button", { name: "Yes, revoke selected" }));
      await page.getByText("Revoked.", { exact: true }).waitFor();
      await desk.press(page.getByRole("link", { name: "Revoked 1", exact: true }));
      await page.getByText("Invited himself").waitFor();
      await desk.press(page.getByRole("link", { name: "Given 2", exact: true }));
      await page.getByText("Bank transfer 17").first().waitFor();
      await shoot(page, `rewards-given-${way}`, { fullPage: true });

      const statuses = (await rewardsOf(id)).map(({ status }) => status).sort();
      assert.deepEqual(statuses, ["fulfilled", "fulfilled", "revoked"]);
      const total = await api.get<{ total_rewards_given: number; rewards_pending: number }>(`/campaigns/${id}/stats`);
      assert.deepEqual([total.total_rewards_given, total.rewards_pending], [2, 0]);
      assert.deepEqual(problems, []);
      await person.close();
    });

    it(`explain why one of several could not be changed, by ${way}`, async () => {
      const { id } = await world.newCampaign({ name: `Waiting by ${way}`, coupons: [] });
      await joinedWithFriends(world.product.api, id, `Dora ${way}`, 1);
      const { page, person, ...desk } = await signIn(world, way, `/rewards?campaign_id=${id}&status=pending`);
      await page.getByRole("button", { name: "Mark as paid" }).waitFor({ state: "hidden" });
      await desk.tick(page.getByLabel(`Select the reward of Dora ${way}`, { exact: true }));
      await desk.press(page.getByRole("button", { name: "Mark as paid" }));
      await page.getByRole("alert").filter({ hasText: "waiting for a coupon code" }).waitFor();
      assert.deepEqual(
        (await rewardsOf(id)).map(({ status }) => status),
        ["pending"],
      );
      await person.close();
    });
  }

  it("never give a revoked reward's coupon to another participant", async () => {
    const { api } = world.product;
    const { id } = await world.newCampaign({ coupons: ["ONCE-1", "ONCE-2"] });
    await joinedWithFriends(api, id, "Eve", 1);
    const { page, person, ...desk } = await signIn(world, "mouse", `/rewards?campaign_id=${id}`);
    await desk.tick(page.getByLabel("Select all on this page"));
    await desk.press(page.locator("summary", { hasText: "Revoke" }));
    await desk.press(page.getByRole("button", { name: "Yes, revoke selected" }));
    await page.getByText("Revoked.", { exact: true }).waitFor();
    await joinedWithFriends(api, id, "Finn", 1);
    await joinedWithFriends(api, id, "Gus", 1);
    const coupons = (await rewardsOf(id)).map(({ status, coupon }) => `${status} ${coupon}`).sort();
    assert.deepEqual(coupons, ["fulfilled ONCE-2", "pending null", "revoked ONCE-1"]);
    await person.close();
  });

  it("are exported as in the list, with the API's values in each row", async () => {
    const { api } = world.product;
    const { id } = await cashCampaign("Exported");
    for (const name of ["Hal", "Ida", "=Jo"]) await joinedWithFriends(api, id, name.replace("=", "Jo "), 1);
    const odd = await joined(api, id, "Odd");
    await api.patch(`/participants/${odd.id}`, { name: "=HYPERLINK(1)" });
    await joined(api, id, "Odds friend", odd);
    const { page, person, ...desk } = await signIn(world, "mouse", `/rewards?campaign_id=${id}`);
    const { name, rows } = await downloaded(page, () => desk.press(page.getByRole("link", { name: "Export as CSV" })));
    assert.equal(name, "rewards.csv");
    const told = (await rewardsOf(id)).map(({ id, participant_id, type, status, cash_value, date_earned }) => ({
      id: String(id),
      participant_id: String(participant_id),
      type,
      status,
      cash_value: String(cash_value),
      date_earned,
    }));
    assert.equal(told.length, 4);
    assert.deepEqual(
      rows.map(({ id, participant_id, type, status, cash_value, date_earned }) => ({
        id,
        participant_id,
        type,
        status,
        cash_value,
        date_earned,
      })),
      told,
    );
    const people = await page.locator("tbody tr").count();
    assert.equal(people, rows.length);
    assert.ok(
      rows.some((row) => row.name === "'=HYPERLINK(1)"),
      "no cell is a formula",
    );
    await person.close();
  });
});
