import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import type {} from "../../src/widget/loader.ts";
import { join, linkIn, openWidget, snippet } from "./support/widget.ts";
import { openWorld, visit, type World } from "./support/world.ts";

/** A public name over TLS, because a public page may not load anything from this machine. */
const OURS = "https://product.example.net";
const DAYS_30 = 30 * 86_400;

describe("what the widget stores on a customer's page", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: number;
  const codes: string[] = [];
  before(async () => {
    world = await openWorld();
    campaign = (await world.newCampaign()).id;
    for (const name of ["Ada", "Bea"]) {
      const person = { campaign_id: campaign, email: `${name}@example.com`, name };
      codes.push((await world.product.api.post<{ referral_code: string }>("/signups", person)).referral_code);
    }
  });
  after(() => world.close());

  /** A visitor to websites with any hostname, all with this widget. */
  async function visitor(attributes: string, body = "") {
    const person = await world.browser.person();
    await person.route(`${OURS}/**`, async (route) =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace(OURS, world.product.url) }) }),
    );
    const html = `<!doctype html><html lang="en"><title>Shop</title>${body}<div id="referrals-widget"></div>${snippet(OURS, campaign, `data-mode="embed" ${attributes}`)}`;
    await person.route(/^https?:\/\/[^/]*shop\./, (route) => route.fulfill({ contentType: "text/html", body: html }));
    return person;
  }

  /** The code that the widget's form will send, once the frame is ready. */
  async function refOf(page: Page) {
    const frame = await openWidget(page, "embed");
    return frame.locator("input[name=ref]").inputValue();
  }
  async function refAt(person: BrowserContext, url: string) {
    const { page } = await visit(person, url);
    return refOf(page);
  }

  /** Ends without waiting for pending requests. */
  async function leave(person: BrowserContext) {
    await person.unrouteAll({ behavior: "ignoreErrors" });
    await person.close();
  }

  /** Names of whatever is stored for the page and its frame. */
  async function stored(page: Page) {
    const keys = await Promise.all(
      page
        .frames()
        .map((frame) => frame.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])),
    );
    return [...keys.flat(), ...(await page.context().cookies()).map(({ name }) => name)].sort();
  }

  it("by default is the code in the page's storage, without a cookie", async () => {
    const person = await visitor("");
    const { page } = await visit(person, `https://shop.example.com/?ref=${codes[0]}`);
    assert.equal(await refOf(page), codes[0]);
    assert.deepEqual(await stored(page), [`referrals:ref:${campaign}`]);
    assert.equal(await refAt(person, "https://shop.example.com/"), codes[0]);
    assert.equal(await refAt(person, "https://www.shop.example.com/"), "");
    await leave(person);
  });

  it("with data-consent is nothing before the visitor consents, not even a participant's token; then everything", async () => {
    const person = await visitor("data-consent");
    const { page, problems } = await visit(person, `https://shop.example.com/?ref=${codes[0]}`);
    const frame = await openWidget(page, "embed");
    assert.equal(await refOf(page), codes[0]);
    await join(frame, "Bob", "bob@example.com");
    const link = await linkIn(frame);
    await page.evaluate(() => window.referrals?.consent(false));
    assert.deepEqual(await stored(page), []);
    await page.evaluate(() => window.referrals?.consent());
    await page.waitForFunction((key) => localStorage.getItem(key) !== null, `referrals:ref:${campaign}`);
    const [, inner] = page.frames();
    await inner?.waitForFunction((key) => localStorage.getItem(key) !== null, `referrals:${campaign}`);
    assert.deepEqual(await stored(page), [`referrals:${campaign}`, `referrals:ref:${campaign}`]);
    assert.equal(await linkIn(frame), link, "the participant stays where they are");
    const { participants } = await world.product.api.get<{ participants: { invited_by: number | null }[] }>(
      `/participants?campaign_id=${campaign}&email=bob@example.com`,
    );
    assert.notEqual(participants[0]?.invited_by, null);
    assert.deepEqual(problems, []);

    await page.goto("https://shop.example.com/");
    assert.equal(await refOf(page), "", "what is stored is not read before the visitor consents again");
    await page.evaluate(() => window.referrals?.consent());
    assert.equal(await linkIn(page.frameLocator("iframe")), link);
    await leave(person);
  });

  it("with data-consent includes an earlier visit's code for the form once the visitor consents", async () => {
    const person = await visitor("data-consent");
    const { page } = await visit(person, `https://shop.example.com/?ref=${codes[0]}`);
    assert.equal(await refOf(page), codes[0]);
    await page.evaluate(() => window.referrals?.consent());
    await page.waitForFunction((key) => localStorage.getItem(key) !== null, `referrals:ref:${campaign}`);
    await page.goto("https://shop.example.com/");
    assert.equal(await refOf(page), "");
    await page.evaluate(() => window.referrals?.consent());
    const [, inner] = page.frames();
    await inner?.waitForFunction(
      (code) => document.querySelector<HTMLInputElement>("input[name=ref]")?.value === code,
      codes[0],
    );
    await leave(person);
  });

  it("with data-consent respects a consent from before the script loaded", async () => {
    const given = `<script>window.referrals = { q: [["consent"]] }</script>`;
    const person = await visitor("data-consent", given);
    const { page, problems } = await visit(person, `https://shop.example.com/?ref=${codes[0]}`);
    assert.equal(await refOf(page), codes[0]);
    assert.deepEqual(await stored(page), [`referrals:ref:${campaign}`]);
    await page.goto("https://shop.example.com/");
    assert.ok((await page.locator("iframe").getAttribute("src"))?.includes(`ref=${codes[0]}`));
    assert.deepEqual(problems, []);
    await leave(person);
  });

  it("with data-consent excludes the closed bar before the visitor consents", async () => {
    const person = await world.browser.person();
    const body = snippet(world.product.url, campaign, 'data-mode="topbar" data-consent async');
    const { page } = await visit(person, world.host.page("/bar", { body }));
    const close = page.getByRole("region").getByRole("button", { name: "Close" });
    await close.click();
    await page.locator(".bar").waitFor({ state: "detached" });
    assert.deepEqual(await stored(page), []);
    await page.reload();
    await page.evaluate(() => window.referrals?.consent());
    await close.click();
    await page.waitForFunction(() => sessionStorage.length === 1);
    await leave(person);
  });

  it("with data-cookie is shared by all subdomains of a site and no other site, even below a public suffix", async () => {
    for (const site of ["shop.example.com", "shop.co.uk"]) {
      const person = await visitor("data-cookie");
      assert.equal(await refAt(person, `https://www.${site}/?ref=${codes[0]}`), codes[0]);
      assert.equal(await refAt(person, `https://${site}/`), codes[0]);
      assert.equal(await refAt(person, `https://a.b.${site}/`), codes[0]);
      assert.equal(await refAt(person, `https://another-${site}/`), site.endsWith(".co.uk") ? "" : codes[0]);
      const all = await person.cookies();
      assert.deepEqual(
        all.map(({ name, domain, path, secure, sameSite, httpOnly }) => ({
          name,
          domain,
          path,
          secure,
          sameSite,
          httpOnly,
        })),
        [
          {
            name: `referrals_ref_${campaign}`,
            domain: site === "shop.co.uk" ? ".shop.co.uk" : ".example.com",
            path: "/",
            secure: true,
            sameSite: "Lax",
            httpOnly: false,
          },
        ],
      );
      const days = ((all[0]?.expires ?? 0) - Date.now() / 1000) / 86_400;
      assert.ok(days > 29 && days <= DAYS_30 / 86_400, `${days} days`);
      assert.equal(await refAt(person, `https://${site}/?ref=${codes[1]}`), codes[1]);
      assert.equal(await refAt(person, `https://www.${site}/`), codes[1], "the last code counts everywhere");
      await leave(person);
    }
  });

  it("with data-cookie is in the page's storage if the browser blocks cookies", async () => {
    const person = await visitor("data-cookie");
    // Browsers take no secure cookie from a page without TLS.
    const { page } = await visit(person, `http://shop.example.com/?ref=${codes[0]}`);
    assert.equal(await refOf(page), codes[0]);
    assert.deepEqual(await stored(page), [`referrals:ref:${campaign}`]);
    assert.equal(await refAt(person, "http://shop.example.com/"), codes[0]);
    await leave(person);
  });

  it("with data-cookie and data-consent is in the cookie once the visitor consents", async () => {
    const person = await visitor("data-cookie data-consent");
    const { page } = await visit(person, `https://www.shop.example.com/?ref=${codes[0]}`);
    assert.equal(await refOf(page), codes[0]);
    assert.deepEqual(await stored(page), []);
    await page.evaluate(() => window.referrals?.consent());
    await page.waitForFunction(() => document.cookie !== "");
    assert.deepEqual(await stored(page), [`referrals_ref_${campaign}`]);
    await leave(person);
  });

  it("with data-ref is nothing: the server's code counts", async () => {
    for (const known of [codes[1], ""]) {
      const person = await visitor(`data-ref="${known}"`);
      const { page, problems } = await visit(person, `https://shop.example.com/?ref=${codes[0]}`);
      assert.equal(await refOf(page), known);
      assert.deepEqual(await stored(page), []);
      assert.deepEqual(problems, []);
      await leave(person);
    }
  });
});
