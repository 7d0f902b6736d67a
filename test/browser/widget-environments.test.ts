import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { join, snippet } from "./support/widget.ts";
import { openWorld, shoot, visit, type World } from "./support/world.ts";

const place = '<div id="referrals-widget"></div>';

describe("the widget in conditions that a page alone cannot create", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: number;
  let pages = 0;
  before(async () => {
    world = await openWorld();
    campaign = (await world.newCampaign()).id;
  });
  after(() => world.close());

  const script = (attributes?: string, id = campaign) => snippet(world.product.url, id, attributes);
  const hostPage = (body: string, headers: Record<string, string> = {}) =>
    world.host.page(`/hard-${++pages}`, { body, headers });

  /** A website without TLS, and the product beside it, under public names. */
  async function withoutTls(person: BrowserContext, id: number) {
    const ours = "http://product.example.net";
    await person.route(`${ours}/**`, async (route) =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace(ours, world.product.url) }) }),
    );
    const body = `<!doctype html><html lang="en"><title>Shop</title>${place}${snippet(ours, id)}`;
    await person.route("http://shop.example.com/", (route) => route.fulfill({ contentType: "text/html", body }));
    return "http://shop.example.com/";
  }

  for (const isCopied of [true, false])
    it(`copies the link and the coupon on a page without https, and ${isCopied ? "confirms it" : "claims nothing if it cannot"}`, async () => {
      const { id } = await world.newCampaign({ reward_invited: true });
      const { referral_code } = await world.product.api.post<{ referral_code: string }>("/signups", {
        campaign_id: id,
        email: `ada-${isCopied}@example.com`,
        name: "Ada",
      });
      const person = await world.browser.person();
      const url = await withoutTls(person, id);
      await person.addInitScript((can) => {
        const told = { copied: [] as string[], said: new Set<Element>() };
        Object.assign(window, told);
        // The label changes only for a moment, which may pass before a busy test checks.
        new MutationObserver(() => {
          for (const label of document.querySelectorAll("[data-copy-label]"))
            if (label.textContent === "Copied") told.said.add(label);
        }).observe(document, { subtree: true, childList: true, characterData: true });
        document.execCommand = () => {
          const field = document.activeElement as HTMLInputElement | null;
          told.copied.push(field?.matches("input") ? field.value : String(getSelection()));
          return can;
        };
      }, isCopied);
      const { page } = await visit(person, url);
      const frame = page.frameLocator("iframe");
      await frame.locator("[data-ready]").waitFor();
      await frame.locator("input[name=ref]").evaluate((field, code) => {
        (field as HTMLInputElement).value = code;
      }, referral_code);
      await join(frame, "Grace", `grace-${isCopied}@example.com`);
      const coupon = frame.locator("[data-reward=code]", { hasText: "COFFEE" });
      await coupon.waitFor();
      const inner = page.frames()[1];
      assert.ok(inner);
      assert.equal(await inner.evaluate(() => navigator.clipboard), undefined);
      await frame.locator("[data-copy-coupon]").first().click();
      await frame.locator("[data-copy]").click();
      const copied = () => inner.evaluate(() => (window as unknown as { copied: string[] }).copied);
      assert.deepEqual(await copied(), [await coupon.textContent(), await frame.locator("[data-link]").inputValue()]);
      const said = await inner.evaluate(() => (window as unknown as { said: Set<Element> }).said.size);
      assert.equal(said, isCopied ? 2 : 0);
      assert.equal(await frame.locator("[data-live]").textContent(), isCopied ? "Copied" : "");
      await person.close();
    });

  it("shows its form at full height, and signs people up, if the frame's script does not load", async () => {
    const person = await world.browser.person();
    await person.route("**/frame.js", (route) => route.abort());
    const { page } = await visit(person, hostPage(`${place}${script()}`));
    const frame = page.frameLocator("iframe");
    const fits = () =>
      page.waitForFunction(() => {
        const frame = document.querySelector("#referrals-widget")?.shadowRoot?.querySelector("iframe");
        return frame?.style.height;
      });
    await fits();
    // Long after a silent frame would be hidden, and after the minimum time of a form.
    await page.waitForTimeout(4_500);
    assert.equal(await page.locator("iframe").isVisible(), true);
    await join(frame, "Ada", "no-script@example.com");
    await frame.locator("[data-step-of=share]:not([hidden])").waitFor();
    await shoot(page, "no-frame-script");
    await person.close();
  });

  it("has borders in forced colors on its button, bar, and dialog", async () => {
    const person = await world.browser.person({ forcedColors: "active" });
    const { page } = await visit(
      person,
      hostPage(script('data-mode="topbar" async') + script('data-mode="popup" async')),
    );
    await page.locator(".go.popup").waitFor();
    await page.locator(".go.topbar").click();
    await page.getByRole("dialog").waitFor();
    const border = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).borderTopWidth);
    for (const selector of [".go.popup", ".bar", "dialog", ".x"]) assert.equal(await border(selector), "1px", selector);
    await shoot(page, "forced-colors");
    await person.close();
  });

  it("shows that its dialog is loading until the frame has a size", async () => {
    const person = await world.browser.person();
    let isHeld = true;
    let release = () => {};
    await person.route("**/embed?*", async (route) => {
      if (isHeld)
        await new Promise<void>((go) => {
          release = go;
        });
      await route.continue();
    });
    const { page } = await visit(person, hostPage(script('data-mode="popup" async')));
    await page.locator("button.go").click();
    const painted = () => page.locator("dialog iframe").evaluate((frame) => getComputedStyle(frame).backgroundImage);
    assert.match(await painted(), /gradient/);
    await shoot(page, "loading");
    isHeld = false;
    release();
    await page.frameLocator("iframe").locator("[data-ready]").waitFor();
    await page.waitForFunction(() => {
      const host = document.querySelector("referrals-host")?.shadowRoot;
      return host?.querySelector("iframe")?.style.height;
    });
    assert.equal(await painted(), "none");
    await person.close();
  });

  it("has the owner's width, or a readable default", async () => {
    const wide = await world.newCampaign({ widget: { widget_width: 1200 } });
    const narrow = await world.newCampaign({ widget: { widget_width: 480 } });
    const person = await world.browser.person({ viewport: { width: 1600, height: 900 } });
    const widths: number[] = [];
    for (const id of [campaign, wide.id, narrow.id]) {
      const { page } = await visit(person, hostPage(`${place}${script('data-mode="embed" async', id)}`));
      await page.frameLocator("iframe").locator("[data-ready]").waitFor();
      await page.waitForFunction(
        () => document.querySelector("#referrals-widget")?.shadowRoot?.querySelector("iframe")?.style.height,
      );
      widths.push(await page.locator("iframe").evaluate((frame) => frame.clientWidth));
      await shoot(page, `wide-${id}`);
    }
    assert.deepEqual(widths, [960, 1200, 480]);
    await person.close();
  });

  it("removes its button and explains why if the page's policy forbids the frame", async () => {
    const ours = world.product.url;
    const policy = `default-src 'none'; script-src ${ours}; connect-src ${ours}`;
    const person = await world.browser.person();
    const { page, problems } = await visit(
      person,
      hostPage(script('data-mode="popup" async'), { "Content-Security-Policy": policy }),
    );
    // Without the mouse: hovering alone may remove the button before it is pressed.
    await page.locator("button.go").dispatchEvent("click");
    await page.locator("button.go").waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.documentElement.style.overflow === "");
    const ownWords = () => problems.filter((problem) => problem.startsWith("warning: referrals:"));
    assert.deepEqual(ownWords(), [
      `warning: referrals: campaign ${campaign} cannot be shown here: the page's policy lacks ${ours} in frame-src.`,
    ]);
    await person.close();
  });

  it("does not report a campaign as missing when the product is busy", async () => {
    const person = await world.browser.person();
    const settings = (page: Page) => page.waitForResponse(/api\/widget\/config/);
    await person.route("**/api/widget/config?*", (route) =>
      route.fulfill({ status: 503, json: { success: false, error: "Busy", code: "overloaded" } }),
    );
    const page = await person.newPage();
    const said: string[] = [];
    page.on("console", (message) => message.text().startsWith("referrals:") && said.push(message.text()));
    const asked = settings(page);
    await page.goto(hostPage(`${place}${script("async")}`));
    await asked;
    await page.frameLocator("iframe").locator("[data-ready]").waitFor();
    assert.deepEqual(said, []);
    await person.close();
  });
});
