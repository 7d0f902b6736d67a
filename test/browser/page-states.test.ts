import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { send, unexpected } from "./support/editor.ts";
import { signIn } from "./support/member.ts";
import { newcomer } from "./support/newcomer.ts";
import { joinedWithFriends } from "./support/people.ts";
import { pairs } from "./support/short.ts";
import { axe, openWorld, shoot, type World } from "./support/world.ts";

const SCHEMES = ["light", "dark"] as const;
const [PHONE, LAPTOP] = [360, 1280];

/** Cells, cards, and figures with overflowing content. */
const spilling = () =>
  [...document.querySelectorAll("main :is(td, .card, .stat, .metrics a, details)")]
    .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.tagName}.${one.className} "${one.textContent?.trim().slice(0, 40)}"`);

describe("states of the dashboard's pages", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  /** Readable in its current state, in light and dark, on a laptop and on a phone. */
  async function readable(page: Page, state: string, wrong: string[]) {
    for (const [colorScheme, width] of pairs(SCHEMES, [LAPTOP, PHONE])) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      await axe(page).catch((error) => wrong.push(`${state} ${colorScheme} ${width}: ${error.message}`));
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (beyond > 0) wrong.push(`${state} ${width}: ${beyond} px too wide`);
      for (const spilled of await page.evaluate(spilling)) wrong.push(`${state} ${width}: ${spilled} spills over`);
      await shoot(page, `state-${state}-${colorScheme}-${width}`, { fullPage: true });
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: LAPTOP, height: 800 });
  }

  it("are readable: editors with everything open, the wizard's steps, refused forms, and confirmations", async () => {
    const { api, newCampaign } = world.product;
    const { id, brand_id } = await newCampaign({ name: "States" });
    const friendly = await joinedWithFriends(api, id, "Stella", 2);
    await api.put(`/campaigns/${id}/contest`, {
      contest_name: "Giveaway",
      start_date: "2020-01-01T00:00:00.000Z",
      end_date: "2099-01-01T00:00:00.000Z",
    });
    const { id: hook } = await api.post<{ id: number }>("/webhooks", { link: "https://hooks.example.com/in" });
    const site = { name: "Site", kind: "publishable", allowed_origins: ["https://shop.example.com"] };
    await api.post("/keys", site);
    const { page, person, problems, ...desk } = await signIn(world, "mouse");
    const wrong: string[] = [];
    const opened = async () => {
      const closed = page.locator("main details:not([open]) > summary").filter({ visible: true });
      while ((await closed.count()) > 0) await closed.first().click();
    };

    await desk.goTo("/reports");
    await send({ page, ...desk, person, problems }, "Create link");
    for (const editor of ["lander", "widget", "mail"]) {
      await desk.goTo(`/campaigns/${id}/${editor}`);
      await opened();
      await readable(page, `${editor}-open`, wrong);
    }
    for (const [state, path] of [
      ["person-open", `/participants/${friendly.id}`],
      ["brand-open", `/brands/${brand_id}/settings`],
      ["campaign-open", `/campaigns/${id}/settings`],
      ["coupons-open", `/campaigns/${id}/coupons`],
      ["contest-open", `/campaigns/${id}/contest`],
      ["rewards-open", "/rewards"],
      ["people-open", "/participants"],
      ["webhook-open", `/webhooks/${hook}`],
      ["events", "/events"],
      ["home-open", "/home"],
      ["images", "/images"],
      ["keys", "/api-keys"],
      ["reports", "/reports"],
      ["search", "/search?q=stella"],
      ["kit-open", `/brands/${brand_id}/kit`],
      ["rule-open", `/campaigns/${id}/rules/new`],
      ["fraud-open", `/campaigns/${id}/fraud`],
      ["lists-open", "/lists"],
      ["team-open", "/team"],
      ["account-open", "/account"],
    ] as const) {
      await desk.goTo(path);
      await opened();
      await readable(page, state, wrong);
    }

    await desk.goTo("/plan");
    await desk.press(page.locator(".account summary"));
    await readable(page, "menu-open", wrong);

    await desk.goTo("/campaigns/new");
    const goOn = page.locator("main button[type=submit][name=go]:not(.button)").first();
    for (let step = 1; step <= 4; step++) {
      await readable(page, `wizard-${step}`, wrong);
      if (step < 4) await Promise.all([page.waitForEvent("load"), goOn.click()]);
    }

    await desk.goTo(`/campaigns/${id}/import`);
    await send({ page, ...desk, person, problems }, "Preview import");
    assert.ok(await page.locator("[role=alert], .problem").first().isVisible());
    await readable(page, "refused-import", wrong);
    for (const [state, path] of [
      ["ticked-people", "/participants"],
      ["ticked-rewards", "/rewards"],
    ] as const) {
      await desk.goTo(path);
      await page.locator("[data-check-all]").check();
      await page.locator(".bar").waitFor();
      await readable(page, state, wrong);
    }
    await desk.goTo("/brands/new");
    await desk.fill(page.getByLabel("Websites"), "no website\nshop.example.net");
    await send({ page, ...desk, person, problems }, "Add");
    await readable(page, "refused-brands", wrong);
    await desk.goTo("/webhooks/new");
    await desk.fill(page.getByLabel("Endpoint URL"), "https://127.0.0.2/in");
    await send({ page, ...desk, person, problems }, "Add webhook");
    await readable(page, "refused-webhook", wrong);
    await desk.goTo("/account/password");
    await desk.fill(page.getByLabel("Current password"), "not the right one");
    await desk.fill(page.getByLabel("New password"), "long enough for anybody");
    await send({ page, ...desk, person, problems }, "Change password");
    await readable(page, "refused-password", wrong);

    assert.deepEqual(wrong, []);
    assert.deepEqual(unexpected(problems), []);
    await person.close();
  });

  it("keep the current page's link visible on a phone, in the menu and among a campaign's tabs", async () => {
    const { id } = await world.product.newCampaign({ name: "Far tabs" });
    const { page, person, ...desk } = await signIn(world, "mouse", "/home", {
      viewport: { width: PHONE, height: 800 },
    });
    for (const path of ["/audit", "/rewards", `/campaigns/${id}/settings`, `/campaigns/${id}`]) {
      await desk.goTo(path);
      await desk.press(page.getByRole("button", { name: "Open menu" }));
      for (const link of await page.locator(".sections [aria-current], .tabs [aria-current]").all()) {
        const box = await link.boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= PHONE, `${path}: ${await link.textContent()}`);
      }
      await page.keyboard.press("Escape");
      await page.locator("#side").waitFor({ state: "hidden" });
    }
    await person.close();
  });

  for (const way of ["mouse", "plain"] as const)
    it(`explain to a free account that public campaigns need a paid plan, and allow the rest, by ${way}`, async () => {
      const { page, person, problems, ...desk } = await newcomer(world, way, { path: "/campaigns/new" });
      const goOn = page.locator("main button[type=submit][name=go]:not(.button)").first();
      for (let step = 1; step < 4; step++) await Promise.all([page.waitForEvent("load"), desk.press(goOn)]);
      assert.ok(await page.getByRole("radio", { name: "Public" }).isDisabled());
      assert.ok(await page.getByRole("radio", { name: "Private" }).isChecked());
      await page.getByText("Requires a paid plan").waitFor();
      await shoot(page, `free-wizard-${way}`, { fullPage: true });
      await Promise.all([page.waitForEvent("load"), desk.press(goOn)]);
      await page.waitForURL(/\/campaigns\/\d+\/install/);
      const campaign = /campaigns\/\d+/.exec(page.url())?.[0] ?? "";

      await desk.goTo(`/${campaign}/settings`);
      await desk.fill(page.getByRole("textbox", { name: "Name", exact: true }), "Renamed meanwhile");
      await desk.choose(page.getByLabel("Visibility"), "Public: a hosted landing page, and the widget on any website");
      await send({ page, person, problems, ...desk }, "Save");
      await page.getByText("Public campaigns require an active paid plan").first().waitFor();
      assert.equal(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue(), "Renamed meanwhile");
      await shoot(page, `free-settings-${way}`, { fullPage: true });
      await desk.choose(page.getByLabel("Visibility"), "Private: the widget on your own website");
      await send({ page, person, problems, ...desk }, "Save");
      await page.getByText("Saved.").waitFor();
      await desk.press(page.getByLabel("Visibility").locator("xpath=..").getByRole("link", { name: "paid plan" }));
      await page.waitForURL("**/plan");
      await page.getByText("Public campaigns: hosted landing pages").first().waitFor();
      assert.deepEqual(unexpected(problems), []);
      await person.close();
    });
});
