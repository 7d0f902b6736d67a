import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CONTENTS } from "../../scripts/docs-contents.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

describe("the documentation in a browser", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const open = async (path: string, colorScheme: "light" | "dark" = "light") => {
    const person = await world.browser.person({ colorScheme });
    return { person, ...(await visit(person, world.product.url + path)) };
  };

  it("fits from 320 to 1920 pixels on every page", async () => {
    const { person, page } = await open("/docs");
    for (const { slug } of CONTENTS.flatMap(({ pages }) => pages)) {
      await page.goto(`${world.product.url}/docs/${slug}`);
      if (slug === "reference") await page.locator(".opblock-tag").first().waitFor();
      await noSidewaysScroll(page).catch((error) => assert.fail(`${slug}: ${error.message}`));
    }
    await person.close();
  });

  for (const scheme of ["light", "dark"] as const)
    it(`is accessible in ${scheme} mode`, async () => {
      for (const path of ["/docs", "/docs/verify-webhooks", "/docs/events", "/docs/errors"]) {
        const { person, page } = await open(path, scheme);
        await axe(page);
        await shoot(page, `docs-${scheme}-${path.replaceAll("/", "-")}`);
        await person.close();
      }
    });

  it("remembers a reader's choice of light or dark, and otherwise follows the system", async () => {
    const { person, page } = await open("/docs", "dark");
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.locator("#theme").click();
    assert.notEqual(await paper(), dark);
    await page.goto(`${world.product.url}/docs/api`);
    assert.notEqual(await paper(), dark);
    await page.locator("#theme").click();
    assert.equal(await paper(), dark);
    await person.close();
  });

  it("is searched by keyboard", async () => {
    const { person, page } = await open("/docs");
    await page.keyboard.press("/");
    await page.keyboard.type("idempotency");
    await page.locator("#found a").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/docs/api#idempotency");
    await page.keyboard.press("/");
    await page.keyboard.type("xylophone");
    await page.getByText("No results.").waitFor();
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#found").isHidden());
    await person.close();
  });

  it("shows in the reference how to call an operation, in three languages, with this host", async () => {
    // A URL from before the reference had its own page.
    const { person, page, problems } = await open("/docs#/Signups/createSignup");
    await page.waitForURL("**/docs/reference#/Signups/createSignup");
    const sample = page.locator(".samples code");
    await sample.waitFor();
    for (const [language, start] of [
      ["curl", "curl -X POST"],
      ["TypeScript", "const response = await fetch("],
      ["Python", "import requests"],
    ] as const) {
      await page.locator(".samples").getByRole("button", { name: language }).click();
      const text = (await sample.textContent()) ?? "";
      assert.ok(text.startsWith(start) && text.includes(`${world.product.url}/api/v1/signups`), text);
    }
    await noSidewaysScroll(page, [320, 1280]);
    assert.deepEqual(problems, []);
    await person.close();
  });
});
