import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { downloaded } from "./support/csv.ts";
import { unexpected } from "./support/editor.ts";
import { signIn, WAYS } from "./support/member.ts";
import { joined, joinedWithFriends, type Person } from "./support/people.ts";
import { axe, noSidewaysScroll, openWorld, shoot, type World } from "./support/world.ts";

const PEOPLE = 120;

describe("participants in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: { id: number };
  let ada: Person;
  let grace: Person;
  let linus: Person;
  before(async () => {
    world = await openWorld();
    const { api, newCampaign } = world.product;
    campaign = await newCampaign({ name: "Crowd", coupons: ["A-1", "A-2", "A-3"] });
    for (let n = 0; n < PEOPLE; n++) await joined(api, campaign.id, `Person ${String(n).padStart(3, "0")}`);
    ada = await joinedWithFriends(api, campaign.id, "Ada", 3);
    grace = await joinedWithFriends(api, campaign.id, "Grace", 1);
    const other = await newCampaign({ name: "Small", coupons: [] });
    linus = await joinedWithFriends(api, other.id, "Linus", 1);
    for (const [name, status] of [
      ["person.007", "blocked"],
      ["person.008", "pending"],
    ])
      await api.patch(`/participants/${(await found(`${name}@example.com`)).id}`, { status });
  });
  after(() => world.close());

  const listed = (query: string) => world.product.api.all<Person>(`/participants?${query}`, "participants");
  const found = async (email: string): Promise<Person> => {
    const [person] = await listed(`email=${encodeURIComponent(email)}`);
    assert.ok(person, `${email} is in`);
    return person;
  };
  const idsOn = (page: Page) =>
    page
      .locator("a.person")
      .evaluateAll((links) => links.map((link) => Number(link.getAttribute("href")?.split("/").at(-1))));
  const idsOf = (people: Person[]) => people.map(({ id }) => id);

  for (const way of WAYS) {
    it(`are searched, filtered, and sorted, by ${way}`, async () => {
      const { page, person, problems, ...desk } = await signIn(world, way, "/participants");
      const show = async () => {
        const gone = page.waitForEvent("load");
        await desk.press(page.getByRole("button", { name: "Apply", exact: true }));
        await gone;
      };
      if (way === "keyboard") {
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "q");
      }
      await desk.fill(page.getByLabel("Email"), "  Grace");
      await show();
      assert.deepEqual((await idsOn(page)).length, 2);
      await desk.press(page.getByRole("link", { name: "Email starts with “Grace”" }));
      await page.waitForURL("**/participants");

      for (const status of ["Blocked", "Pending"]) {
        await desk.choose(page.getByLabel("Status"), status);
        await show();
        assert.deepEqual(await idsOn(page), idsOf(await listed(`status=${status.toLowerCase()}`)));
      }
      await desk.choose(page.getByLabel("Status"), "All");
      await desk.choose(page.getByLabel("Rewards"), "With a reward");
      await show();
      const shown = await idsOn(page);
      assert.deepEqual(
        shown.filter((id) => id <= linus.id),
        [linus.id, grace.id, ada.id],
      );
      await desk.choose(page.getByLabel("Rewards"), "Any");
      const choices = await page.getByLabel("Campaign").locator("option").allTextContents();
      const chooseCampaign = (name: string) =>
        desk.choose(page.getByLabel("Campaign"), choices.find((label) => label.startsWith(`${name} · shop-`)) ?? "");
      await chooseCampaign("Small");
      await show();
      assert.equal((await idsOn(page)).length, 2);
      await chooseCampaign("Crowd");
      await show();
      await desk.choose(page.getByLabel("Order"), "Most referrals");
      await show();
      assert.deepEqual(await idsOn(page), [ada.id, grace.id]);
      await shoot(page, `participants-ranking-${way}`, { fullPage: true });

      await desk.goTo(`/participants/${ada.id}`);
      await desk.goTo(`/participants?invited_by=${ada.id}`);
      assert.deepEqual(await idsOn(page), idsOf(await listed(`invited_by=${ada.id}`)));
      assert.deepEqual(problems, []);
      await person.close();
    });

    it(`appear once each over all pages, by ${way}`, async () => {
      const { page, person, problems, ...desk } = await signIn(world, way, `/campaigns/${campaign.id}/participants`);
      const all = idsOf(await listed(`campaign_id=${campaign.id}`));
      const seen = await idsOn(page);
      assert.equal(seen.length, 50);
      for (let pages = 1; pages < Math.ceil(all.length / 50); pages++) {
        await desk.press(page.getByRole("link", { name: "Next" }));
        await page.waitForURL(`**after=${seen.at(-1)}`);
        seen.push(...(await idsOn(page)));
      }
      assert.deepEqual(seen, all);
      assert.equal(await page.getByRole("link", { name: "Next" }).count(), 0);
      await desk.press(page.getByRole("link", { name: "First page" }));
      await page.waitForURL(`**/campaigns/${campaign.id}/participants`);
      assert.deepEqual(problems, []);
      await person.close();
    });

    it(`are blocked and activated together, by ${way}`, async () => {
      const { api, newCampaign } = world.product;
      const { id } = await newCampaign({ name: `Many by ${way}` });
      for (const n of [1, 2, 3]) await joined(api, id, `Many ${n} ${way}`);
      const { page, person, problems, ...desk } = await signIn(world, way, `/campaigns/${id}/participants`);
      const statuses = async () => (await listed(`campaign_id=${id}`)).map(({ status }) => status);
      const all = page.getByLabel("Select everyone on this page");
      assert.equal(await all.isVisible(), way !== "plain");
      await page.getByRole("button", { name: "Block", exact: true }).waitFor({ state: "hidden" });
      if (way === "plain") for (const n of [1, 2, 3]) await desk.tick(page.getByLabel(`Select many.${n}.${way}@`));
      else await desk.tick(all);
      await desk.press(page.getByRole("button", { name: "Block", exact: true }));
      await page.getByText("3 blocked").waitFor();
      assert.deepEqual(await statuses(), ["blocked", "blocked", "blocked"]);
      await desk.tick(page.getByLabel(`Select many.2.${way}@`));
      await desk.press(page.getByRole("button", { name: "Activate", exact: true }));
      await page.getByText("2 blocked").waitFor();
      assert.deepEqual(await statuses(), ["blocked", "active", "blocked"]);
      assert.deepEqual(unexpected(problems), []);
      await person.close();
    });

    it(`are added by hand, with their referrer, by ${way}`, async () => {
      const { api, newCampaign } = world.product;
      const { id } = await newCampaign({ name: `Added by ${way}` });
      const inviter = await joined(api, id, `Inviter ${way}`);
      const { page, person, problems, ...desk } = await signIn(world, way, `/campaigns/${id}/participants`);
      await desk.press(page.getByRole("link", { name: "Add participant" }));
      await page.waitForURL("**/participants/new");
      await desk.fill(page.getByLabel("Email"), `inviter.${way}@example.com`);
      await desk.fill(page.getByLabel("Name"), "Hand Made");
      await desk.press(page.getByRole("button", { name: "Add", exact: true }));
      await page.getByRole("alert").waitFor();
      assert.equal(await page.getByLabel("Name").inputValue(), "Hand Made");
      await desk.fill(page.getByLabel("Email"), `hand.${way}@example.com`);
      await desk.fill(page.getByLabel("Referred by"), inviter.share_url);
      await desk.press(page.getByRole("button", { name: "Add", exact: true }));
      await page.getByText("Added.").waitFor();
      const added = await found(`hand.${way}@example.com`);
      assert.equal(added.invited_by, inviter.id);
      assert.ok(page.url().includes(`/participants/${added.id}?`));
      await desk.press(page.locator(".tree").getByRole("link", { name: inviter.name }));
      await page.waitForURL(`**/participants/${inviter.id}`);
      await page.locator(".tree").getByRole("link", { name: "Hand Made" }).waitFor();
      assert.deepEqual(
        problems.filter((problem) => !problem.includes("400 (Bad Request)")),
        [],
      );
      await person.close();
    });
  }

  it("are exported as in the list, with the API's values in each column", async () => {
    const { page, person, ...desk } = await signIn(world, "mouse", `/campaigns/${campaign.id}/participants`);
    await desk.press(page.locator("summary", { hasText: "Export as CSV" }));
    const file = await downloaded(page, () => desk.press(page.getByRole("link", { name: "Download" })));
    assert.equal(file.name, "participants.csv");
    const all = await listed(`campaign_id=${campaign.id}`);
    const columns = [
      "id",
      "email",
      "name",
      "status",
      "referral_count",
      "click_count",
      "share_count",
      "share_url",
    ] as const;
    assert.deepEqual(
      file.rows.map((row) => columns.map((column) => row[column])),
      all.map((row) => columns.map((column) => String(row[column]))),
    );
    await desk.goTo(`/campaigns/${campaign.id}/participants?status=blocked`);
    await desk.press(page.locator("summary", { hasText: "Export as CSV" }));
    const few = await downloaded(page, () => desk.press(page.getByRole("link", { name: "Download" })));
    assert.deepEqual(
      few.rows.map(({ email }) => email),
      ["person.007@example.com"],
    );
    await axe(page);
    await noSidewaysScroll(page);
    await person.close();
  });
});
