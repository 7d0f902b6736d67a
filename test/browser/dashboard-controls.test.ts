import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { axe } from "./support/looks.ts";
import { signIn } from "./support/member.ts";
import { joined } from "./support/people.ts";
import { openWorld, type World } from "./support/world.ts";

const PHONE = { width: 375, height: 800 };

describe("working in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: number;
  before(async () => {
    world = await openWorld();
    ({ id: campaign } = await world.product.newCampaign({ name: "Figs for friends" }));
    await joined(world.product.api, campaign, "Zoe Quill");
    await joined(world.product.api, campaign, "Bob");
  });
  after(() => world.close());

  it("navigates everywhere with Ctrl+K, without a mouse", async () => {
    const { page, person, problems } = await signIn(world, "keyboard", "/home");
    await page.keyboard.press("ControlOrMeta+k");
    const menu = page.getByRole("dialog", { name: "Search" });
    await menu.getByRole("link", { name: "Audit log" }).waitFor();
    await axe(page);
    await page.keyboard.type("quill");
    const found = menu.getByRole("link", { name: "Zoe Quill" });
    await found.waitFor();
    await page.keyboard.press("ArrowDown");
    // The same results again, like a late response to an earlier key.
    await found.evaluate((link) => link.setAttribute("data-before", ""));
    await menu.getByRole("searchbox").dispatchEvent("input");
    await found.and(page.locator(":not([data-before]):focus")).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Zoe Quill" }).waitFor();
    await page.waitForLoadState();
    await page.keyboard.press("ControlOrMeta+k");
    await menu.getByRole("link", { name: "Audit log" }).waitFor();
    // People who type faster than the server responds also get the right page.
    const typed = Promise.withResolvers<void>();
    await page.route("**/search?*", async (route) => {
      await typed.promise;
      await route.continue();
    });
    await page.keyboard.type("Bob");
    await page.keyboard.press("Enter");
    typed.resolve();
    await page.getByRole("heading", { name: "Bob" }).waitFor();
    await page.unroute("**/search?*");
    await page.waitForLoadState();
    await page.keyboard.press("ControlOrMeta+k");
    await menu.getByRole("link", { name: "Audit log" }).waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    assert.deepEqual(problems, []);
    await person.close();
  });

  it("shows bulk actions and the count once a row is selected", async () => {
    const { page, person } = await signIn(world, "mouse", `/campaigns/${campaign}/participants`);
    const block = page.getByRole("button", { name: "Block" });
    await block.waitFor({ state: "hidden" });
    await page.getByLabel("Select zoe.quill@example.com").check();
    await block.waitFor();
    await page.getByText("1 selected", { exact: true }).waitFor();
    await page.getByLabel("Select everyone on this page").check();
    await page.getByText("2 selected", { exact: true }).waitFor();
    await person.close();
  });

  it("shows list rows as cards on a phone, each value with its column's name", async () => {
    const { page, person } = await signIn(world, "mouse", `/campaigns/${campaign}/participants`, { viewport: PHONE });
    const table = page.getByRole("region", { name: "Participants" });
    const { scrollWidth, clientWidth } = await table.evaluate(({ scrollWidth, clientWidth }) => ({
      scrollWidth,
      clientWidth,
    }));
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} of ${clientWidth}`);
    const shown = await table
      .locator("tbody td[data-column=Referrals]")
      .first()
      .evaluate((cell) => getComputedStyle(cell, "::before").content);
    assert.match(shown, /Referrals/);
    await axe(page);
    await person.close();
  });

  it("collapses filters behind a button with their count on a phone, and shows them on a wide screen", async () => {
    const { page, person, ...desk } = await signIn(world, "mouse", "/participants", { viewport: PHONE });
    const status = page.getByLabel("Status", { exact: true });
    await page.getByRole("region", { name: "Participants" }).waitFor();
    assert.equal(await status.isVisible(), false);
    await desk.press(page.locator("summary", { hasText: "Filters" }));
    await desk.choose(status, "Active");
    await Promise.all([page.waitForURL("**/participants?**"), page.getByRole("button", { name: "Apply" }).click()]);
    await page.locator("summary", { hasText: "1 in use" }).waitFor();
    assert.equal(await status.isVisible(), false);
    await page.setViewportSize({ width: 1280, height: 800 });
    await status.waitFor();
    await person.close();
  });

  it("warns about unsaved forms, and focuses the first invalid field", async () => {
    const { page, person, ...desk } = await signIn(world, "mouse", `/campaigns/${campaign}/participants/new`);
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await desk.fill(page.getByLabel("Email"), "nobody");
    await desk.goTo("/home");
    assert.deepEqual(asked, ["beforeunload"]);
    await desk.goTo(`/campaigns/${campaign}/participants/new`);
    await desk.fill(page.getByLabel("Name"), "Somebody");
    await desk.fill(page.getByLabel("Email"), "no address");
    await desk.press(page.getByRole("button", { name: "Add", exact: true }));
    await page.locator("#field-email[aria-invalid]").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "field-email");
    assert.deepEqual(asked, ["beforeunload"]);
    await person.close();
  });

  it("keeps the submit button of long forms visible on a phone, and shows unsaved changes", async () => {
    const { page, person, ...desk } = await signIn(world, "mouse", `/campaigns/${campaign}/settings`);
    await page.setViewportSize({ width: 375, height: 667 });
    const save = page.getByRole("button", { name: "Save", exact: true });
    const said = page.getByText("Unsaved changes");
    assert.ok(await save.evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight));
    assert.ok(await said.isHidden());
    const heights = await page
      .locator("#main :is(.button, button, select, .tabs a, input:not([type=hidden], [type=checkbox], [type=radio]))")
      .evaluateAll((all) =>
        all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height),
      );
    assert.ok(heights.length > 10);
    assert.ok(Math.min(...heights) >= 44, `${Math.min(...heights)} px for a finger`);
    await desk.fill(page.getByLabel("Name", { exact: true }), "Bring everyone");
    await said.waitFor();
    await desk.press(save);
    await page.getByText("Saved", { exact: false }).first().waitFor();
    assert.ok(await said.isHidden());
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Bring everyone");
    await axe(page);
    await person.close();
  });

  it("shows a day's numbers under the pointer and by keyboard", async () => {
    const { page, person } = await signIn(world, "mouse", "/home?metric=signups");
    const plot = page.locator(".chart-plot").first();
    const box = await plot.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width - 2, box.y + 50);
    const tip = page.locator(".chart-tip").first();
    await tip.getByText("Signups: 2").waitFor();
    await plot.focus();
    await page.keyboard.press("ArrowLeft");
    await tip.getByText("Signups: 0").waitFor();
    await person.close();
  });

  it("decides reviews with a note by keyboard, and not by pressing Enter in the note", async () => {
    const by = await joined(world.product.api, campaign, "Mallory Grey");
    const signups = Array.from({ length: 8 }, (_, n) => ({
      email: `ada.king${n}@example.com`,
      name: "Ada King",
      referral_code: by.referral_code,
      ip_address: "81.2.69.142",
    }));
    await world.product.api.post("/signups/batch", { campaign_id: campaign, signups });
    const { page, person } = await signIn(world, "keyboard", "/reviews");
    await page.locator("[data-review]").first().waitFor();
    const open = await page.locator("[data-review]").count();
    const { keyboard } = page;
    await keyboard.press("j");
    await keyboard.press("n");
    await page.locator("[data-review-note]:focus").waitFor();
    await axe(page);
    await keyboard.type("jand, ad");
    await keyboard.press("Enter");
    await page.locator("[data-review]:focus").waitFor();
    assert.equal(await page.locator("[data-review]").count(), open);
    await keyboard.press("d");
    await page.getByRole("button", { name: "Undo the last decision" }).waitFor();
    assert.equal(await page.locator("[data-review]").count(), open - 1);
    await page.goto(`${world.product.url}/reviews?state=denied`);
    await page.getByText("jand, ad").waitFor();
    await person.close();
    const plain = await signIn(world, "plain", "/reviews");
    await plain.page.getByText("Add a note").last().click();
    await plain.page.getByLabel("Note").last().press("Enter");
    assert.equal(await plain.page.locator("[data-review]").count(), open - 1);
    await plain.person.close();
  });
});
