import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { openApi } from "../../demo/api.ts";
import { handsOf } from "./support/member.ts";
import { ANY_IMPACT, axe, openWorld, shoot, visit, type World } from "./support/world.ts";

const OPERATION = "#/Signups/createSignup";

describe("the API reference, in a browser", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld({ hasClipboard: true });
  });
  after(() => world.close());

  async function open(hash = "", colorScheme: "light" | "dark" = "light") {
    const person = await world.browser.person({
      colorScheme,
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const { page, problems } = await visit(person, `${world.product.url}/docs/reference${hash}`);
    await page
      .locator(hash ? ".opblock.is-open .samples" : ".opblock-tag")
      .first()
      .waitFor();
    return { person, page, problems };
  }
  const control = (page: Page, name: string) => page.locator(`[id$="-${name}"] .opblock-summary-control`);

  for (const scheme of ["light", "dark"] as const)
    it(`gives axe nothing to find, with an operation open, tried, and authorized, when it is ${scheme}`, async () => {
      const { person, page } = await open(OPERATION, scheme);
      await axe(page, ANY_IMPACT);
      await shoot(page, `reference-${scheme}`);
      await page.getByRole("button", { name: "Try it out" }).click();
      await page.getByRole("textbox", { name: "Request body" }).waitFor();
      await axe(page, ANY_IMPACT);
      await page.getByRole("button", { name: "Execute" }).click();
      await page.locator(".live-responses-table .response").waitFor();
      await axe(page, ANY_IMPACT);
      await page.locator(".authorize-all .authorize").click();
      await page.getByRole("dialog").waitFor();
      await axe(page, ANY_IMPACT);
      await shoot(page, `reference-${scheme}-authorize`);
      await person.close();
    });

  it("has a filter as wide as its operations on a phone", async () => {
    const { person, page } = await open();
    await page.setViewportSize({ width: 390, height: 844 });
    const [filter, operations] = await Promise.all(
      [".operation-filter-input", "#operations"].map((one) => page.locator(one).boundingBox()),
    );
    assert.ok(filter && operations && filter.width > 300);
    assert.equal(Math.round(filter.width), Math.round(operations.width));
    await shoot(page, "reference-phone");
    await person.close();
  });

  it("opens an operation by keyboard, and has a link to it and its path beside it", async () => {
    const { person, page, problems } = await open();
    const { press } = handsOf(page, "keyboard");
    await press(page.locator('.opblock-tag[data-tag="Brands"] .expand-operation'));
    const list = control(page, "listBrands");
    await press(list);
    assert.equal(await list.getAttribute("aria-expanded"), "true");
    await page.waitForURL("**/docs/reference#/Brands/listBrands");

    const row = page.locator("#operations-Brands-listBrands .opblock-summary");
    await press(row.getByRole("button", { name: "Copy path" }));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "/api/v1/brands");
    await press(list);
    assert.equal(await list.getAttribute("aria-expanded"), "false");
    await press(row.getByRole("link", { name: "Link to listBrands" }));
    await page.waitForURL("**/docs/reference#/Brands/listBrands");
    assert.equal(await list.getAttribute("aria-expanded"), "true");
    assert.deepEqual(problems, []);
    await person.close();
  });

  it("leads a link to its operation, below the bar at the top", async () => {
    const { person, page } = await open(OPERATION);
    const bar = await page.locator(".top").boundingBox();
    await page.waitForFunction(() => scrollY > 0);
    const summary = await control(page, "createSignup").boundingBox();
    assert.ok(bar && summary);
    assert.ok(summary.y >= bar.y + bar.height && summary.y < 300, `at ${summary.y} px`);
    await person.close();
  });

  it("takes a token and tries an operation by keyboard", async () => {
    const { token } = await openApi(world.product.url).post<{ token: string }>("/auth/token", world.product.member);
    const { person, page, problems } = await open("#/Brands/listBrands");
    const { press, fill } = handsOf(page, "keyboard");
    const lock = page.locator("#operations-Brands-listBrands .authorization__btn");
    await press(lock);
    const dialog = page.getByRole("dialog");
    const field = dialog.locator(".auth-container", { hasText: "memberToken" });
    await fill(field.getByRole("textbox"), token);
    await page.keyboard.press("Enter");
    await field.getByRole("button", { name: "Logout" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.ok(await lock.evaluate((button) => button === document.activeElement), "the focus is back");

    await press(page.getByRole("button", { name: "Try it out" }));
    await press(page.getByRole("button", { name: "Execute" }));
    const status = page.locator(".live-responses-table .response .response-col_status");
    assert.match((await status.textContent()) ?? "", /^\s*200/);
    assert.deepEqual(problems, []);
    await person.close();
  });
});
