import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { signIn, WAYS } from "./support/member.ts";
import { joined } from "./support/people.ts";
import { axe, noSidewaysScroll, openWorld, shoot, type World } from "./support/world.ts";

const PHONE = { width: 375, height: 800 };

describe("saved views in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: number;
  before(async () => {
    world = await openWorld();
    ({ id: campaign } = await world.newCampaign({ name: "Figs for friends" }));
    await joined(world.product.api, campaign, "Zoe Quill");
    await joined(world.product.api, campaign, "Bob");
  });
  after(() => world.close());

  for (const way of WAYS)
    it(`are saved from filters, opened, shared, and deleted, by ${way}`, async () => {
      const { page, person, problems, ...desk } = await signIn(world, way, "/participants");
      const views = page.getByRole("navigation", { name: "Saved views" });
      const view = (name: string) => views.getByRole("link", { name, exact: true });
      const bob = page.getByRole("link", { name: "Bob", exact: true });
      const menu = (label: string) => page.locator("summary", { hasText: label });
      const name = `Quills by ${way}`;

      await desk.fill(page.getByLabel("Name", { exact: true }), "quill");
      await desk.press(page.getByRole("button", { name: "Apply" }));
      await page.waitForURL(/name=quill/);
      await desk.press(menu("Save view"));
      await desk.fill(page.getByLabel("View name"), name);
      if (way !== "plain") await axe(page);
      await desk.press(page.getByRole("button", { name: "Save view" }));
      await page.getByText("View saved.").waitFor();

      await desk.goTo("/participants");
      await bob.waitFor();
      await desk.press(view(name));
      await page.waitForURL(/view=\d+/);
      assert.equal(await view(name).getAttribute("aria-current"), "page");
      assert.equal(await bob.count(), 0);

      await desk.press(menu("Edit view"));
      await desk.fill(page.getByLabel("View name"), `${name}, ours`);
      await desk.tick(page.getByLabel("Share with the team"));
      await desk.press(page.getByRole("button", { name: "Save changes" }));
      await view(`${name}, ours (shared)`).waitFor();

      await desk.press(menu("Edit view"));
      await desk.press(page.getByRole("button", { name: "Delete view" }));
      await page.getByText("View deleted.").waitFor();
      assert.equal(await view(`${name}, ours (shared)`).count(), 0);
      assert.deepEqual(problems, []);
      await person.close();
    });

  for (const colorScheme of ["light", "dark"] as const)
    it(`fit a phone with their menus, in ${colorScheme} mode`, async () => {
      const { page, person, ...desk } = await signIn(world, "keyboard", "/rewards", { viewport: PHONE, colorScheme });
      for (const name of ["Cash that Ada's team in Lisbon owes since last spring", `Pending, ${colorScheme}`]) {
        await desk.goTo("/rewards?status=pending&role=referrer");
        const summary = page.locator("summary", { hasText: "Save view" });
        await desk.press(summary);
        await page.keyboard.press("Escape");
        await page.getByLabel("View name").waitFor({ state: "hidden" });
        assert.ok(await summary.evaluate((element) => element === document.activeElement));
        await desk.press(summary);
        await desk.fill(page.getByLabel("View name"), name);
        await shoot(page, `views-save-${colorScheme}`);
        await desk.press(page.getByRole("button", { name: "Save view" }));
        await page.getByText("View saved.").waitFor();
      }
      await desk.goTo(new URL(page.url()).pathname + new URL(page.url()).search.replace("pending", "revoked"));
      await page.getByRole("button", { name: "Update view" }).waitFor();
      for (const menu of ["Edit view", "Save view"]) {
        await desk.press(page.locator("summary", { hasText: menu }));
        await noSidewaysScroll(page);
        await axe(page);
        await shoot(page, `views-${menu}-${colorScheme}`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await shoot(page, `views-wide-${colorScheme}`);
      await person.close();
    });
});
