import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { newSecret } from "../../scripts/secrets.ts";
import { pairs } from "./support/short.ts";
import { join, openWidget } from "./support/widget.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [360, 1280];
const PASSWORD = newSecret();
let people = 0;

/** A path without its numbers: one page stands for all rows. */
const shapeOf = (path: string) => path.replace(/\/\d+(?=\/|$)/g, "/:id").replace(/\?.*/, "");
const isDashboards = (path: string) =>
  !/^\/(p|docs|demo|sign-out|images|t)(\/|$)|export|preview|\.(txt|csv)(\?|$)/.test(path);

describe("the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  /** Signs a person up with the form and their own website. */
  async function signUp(person: BrowserContext): Promise<Page> {
    const { page } = await visit(person, `${world.product.url}/sign-up`);
    await page.getByLabel("Your name").fill("Fay Fresh");
    await page.getByLabel("Email").fill(`fay-${++people}@example.com`);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByLabel("Your website").fill(`shop-of-${people}.example.com`);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/home");
    return page;
  }

  /** Through the wizard to the page with the snippet, with its defaults. */
  async function launch(page: Page): Promise<number> {
    await page.goto(`${world.product.url}/campaigns/new`);
    const goOn = page.locator("main button[type=submit][name=go]:not(.button)").first();
    for (let step = 1; step <= 4; step++) {
      await shoot(page, `wizard-${step}`, { fullPage: true });
      if (step === 2)
        await page
          .locator("textarea[name=coupons]")
          .fill("WELCOME-1\nWELCOME-2\nWELCOME-3")
          .catch(() => {});
      await Promise.all([page.waitForEvent("load"), goOn.click()]);
    }
    await page.waitForURL(/\/campaigns\/\d+\/install/);
    return Number(/campaigns\/(\d+)/.exec(page.url())?.[1]);
  }

  it("shows new members times in their browser's time zone", async () => {
    const person = await world.browser.person({ timezoneId: "America/New_York" });
    const page = await signUp(person);
    await page.goto(`${world.product.url}/account`);
    assert.equal(await page.getByLabel("Time zone").inputValue(), "America/New_York");
    await person.close();
  });

  for (const javaScriptEnabled of [true, false])
    it(`leads from sign-up to a signup on a page within a minute, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const person = await world.browser.person({ javaScriptEnabled });
      const page = await signUp(person);
      const campaign = await launch(page);
      const snippet = (await page.locator(".install-snippet code").textContent())?.trim() ?? "";
      assert.ok(snippet.includes(`campaign=${campaign}`), snippet);
      const host = world.host.page(`/first-minute-${campaign}`, { body: `<h1>Shop</h1>${snippet}` });

      const friend = await world.browser.person();
      const shop = await visit(friend, host);
      const mode = /data-mode="?(\w+)/.exec(snippet)?.[1] === "popup" ? "popup" : "embed";
      await join(await openWidget(shop.page, mode), "Grace", "grace@example.com");
      await shop.page.frameLocator("iframe").locator("[data-link]").waitFor();

      await page.goto(`${world.product.url}/participants`);
      await page.getByText("grace@example.com").first().waitFor();
      await shoot(page, `first-minute-${javaScriptEnabled ? "scripts" : "plain"}`, { fullPage: true });
      await friend.close();
      await person.close();
    });

  it("is readable and fits every screen on every page, in light and dark", async () => {
    const person = await world.browser.person();
    const page = await signUp(person);
    await launch(page);
    const seen = new Set(["/home"]);
    const paths = ["/home"];
    const wrong: string[] = [];
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
      const problems: string[] = [];
      const note = (message: { type(): string; text(): string }) => {
        if (["error", "warning"].includes(message.type())) problems.push(message.text());
      };
      page.on("console", note);
      await page.goto(world.product.url + path);
      for (const [colorScheme, width] of pairs(SCHEMES, WIDTHS)) {
        // Without transitions: colors between two schemes would fail.
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 800 });
        await axe(page).catch((error) => wrong.push(`${path} ${colorScheme} ${width}: ${error.message}`));
        await shoot(page, `${path.replaceAll("/", "_").replace(/\?.*/, "")}-${colorScheme}-${width}`, {
          fullPage: true,
        });
      }
      await noSidewaysScroll(page, [320, 360, 768, 1280]).catch((error) => wrong.push(`${path}: ${error.message}`));
      if (problems.length > 0) wrong.push(`${path}: ${problems}`);
      page.off("console", note);
      const links = await page
        .locator("a[href^='/']")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
      for (const link of links) {
        const shape = shapeOf(link);
        if (seen.has(shape) || !isDashboards(link)) continue;
        seen.add(shape);
        paths.push(link);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(seen.size >= 30, `${[...seen]}`);
    await person.close();
  });

  it("works by keyboard: past the menu, through it, and to the first form", async () => {
    const person = await world.browser.person();
    const page = await signUp(person);
    await page.goto(`${world.product.url}/webhooks/new`);
    const at = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    await page.keyboard.press("Tab");
    assert.equal(await at(), "Skip to content");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "main");
    await page.keyboard.press("Tab");
    assert.equal(await at(), "Webhooks", "the way back, above the heading");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "link");
    await page.keyboard.type("https://hooks.example.com/in");
    await page.keyboard.press("Enter");
    await page.getByText("This is the only time you will see it").waitFor();

    await page.goto(`${world.product.url}/home`);
    for (let presses = 0; (await at()) !== "Webhooks" && presses < 40; presses++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/webhooks");
    await person.close();
  });
});
