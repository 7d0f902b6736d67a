import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type {} from "../../src/widget/loader.ts";
import { join, linkIn, MODES, openWidget, snippet } from "./support/widget.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

/** The element that has the focus, through shadow roots. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.className || element?.tagName.toLowerCase();
  });

const place = '<div id="referrals-widget"></div>';
const filler = `<p>${"Something to scroll past. ".repeat(900)}</p>`;

describe("the widget on a customer's page", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: number;
  let pages = 0;
  before(async () => {
    world = await openWorld();
    campaign = (await world.newCampaign()).id;
  });
  after(() => world.close());

  const script = (attributes?: string, id = campaign) => snippet(world.product.url, id, attributes);
  const hostPage = (body: string, headers?: Record<string, string>, head?: string) =>
    world.host.page(`/page-${++pages}`, { body, ...(headers && { headers }), ...(head && { head }) });
  const visitNew = async (url: string) => visit(await world.browser.person(), url);
  const ready = (page: Page, n = 0) => page.frameLocator("iframe").nth(n).locator("[data-ready]").waitFor();

  for (const mode of MODES)
    it(`is accessible as ${mode}, from small phones to big screens, and does not change the page's layout`, async () => {
      const { page, problems } = await visitNew(
        hostPage(`<main><h1>Shop</h1>${place}</main>${script(`data-mode="${mode}" async`)}`),
      );
      const frame = await openWidget(page, mode);
      await frame.locator("[data-ready]").waitFor();
      await axe(page);
      await noSidewaysScroll(page);
      const [, inner] = page.frames();
      assert.ok(inner);
      await axe(inner);
      await page.setViewportSize({ width: 320, height: 640 });
      await shoot(page, `widget-${mode}-320`);
      assert.deepEqual(problems, []);
      await page.context().close();
    });

  it("is opened, used, and closed by keyboard as a popup, and returns the focus", async () => {
    const { page, problems } = await visitNew(
      hostPage(`<a href="#one">One</a>${filler}<a href="#two">Two</a>${script('data-mode="popup" async')}`),
    );
    await page.locator("button.go").waitFor();
    await page.evaluate(() => scrollTo(0, 200));
    for (let presses = 0; (await focused(page)) !== "go popup"; presses++) {
      assert.ok(presses < 9, "the button is reached");
      await page.keyboard.press("Tab");
    }
    const scrolled = await page.evaluate(() => scrollY);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    assert.equal(await dialog.getAttribute("aria-modal"), "true");
    await page.waitForFunction(() => {
      const host = document.activeElement?.shadowRoot;
      return host?.activeElement?.tagName === "IFRAME";
    });
    const seen = new Set<string | undefined>();
    for (let presses = 0; presses < 14; presses++) {
      await page.keyboard.press("Tab");
      seen.add(await focused(page));
    }
    assert.deepEqual([...seen].sort(), ["iframe", "x"], "the Tab key stays in the dialog");
    // Type there, not while the focus is leaving the frame.
    while ((await focused(page)) !== "x") await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await focused(page), "go popup");
    assert.equal(await page.evaluate(() => scrollY), scrolled, "the page is where it was");
    // A dialog fires `close` one task later.
    await page.waitForFunction(() => document.documentElement.style.overflow === "");

    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await page.mouse.click(5, 5);
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it("locks scrolling behind an open popup, but not behind a bubble's panel", async () => {
    for (const [mode, expected] of [
      ["popup", "hidden"],
      ["floating", ""],
    ] as const) {
      const { page } = await visitNew(hostPage(`${filler}${script(`data-mode="${mode}" async`)}`));
      const frame = await openWidget(page, mode);
      // The focus goes from one process to another.
      await frame.locator("input:focus").waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.style.overflow), expected);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.context().close();
    }
  });

  it("stays closed for the session once its bar is closed", async () => {
    const { page, problems } = await visitNew(hostPage(`<h1>Shop</h1>${script('data-mode="topbar" async')}`));
    await page.getByRole("region").getByRole("button", { name: "Close" }).click();
    await page.reload();
    await page.evaluate(() => window.referrals?.open());
    await page.getByRole("dialog").waitFor();
    assert.equal(await page.locator(".bar").isVisible(), false);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it("appears three times on a page, each with its own campaign, size, and participant", async () => {
    const [second, third] = [await world.newCampaign(), await world.newCampaign()];
    const { page, problems } = await visitNew(
      hostPage(
        `<div id="a"></div><div id="b"></div>${script('data-target="#a" async')}${script('data-target="#b" async', second.id)}${script('data-mode="popup" async', third.id)}`,
      ),
    );
    await page.locator("button.go").waitFor();
    await ready(page, 0);
    await ready(page, 1);
    const inA = page.frameLocator("#a iframe");
    await join(inA, "Ada", "three@example.com");
    await linkIn(inA);
    // Only the first has its share step, and then reports its size.
    await page.waitForFunction(() => {
      const height = (place: string) =>
        document.querySelector(place)?.shadowRoot?.querySelector("iframe")?.clientHeight ?? 0;
      return height("#a") > height("#b");
    });
    assert.equal(await page.frameLocator("#b iframe").locator("input[name=email]").isVisible(), true);
    await shoot(page, "three");
    const inThird = await openWidgetOf(page, third.id);
    assert.equal(await inThird.locator("input[name=email]").isVisible(), true);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  const openWidgetOf = async (page: Page, id: number) => {
    await page.evaluate((one) => window.referrals?.open(one), id);
    const frame = page.frameLocator(`iframe[src*="/widget/${id}/"]`);
    await frame.locator("[data-ready]").waitFor();
    return frame;
  };

  for (const [how, attributes] of [
    ["async", "async"],
    ["deferred", "defer"],
    ["blocking", ""],
  ] as const)
    it(`finds its place when its script is ${how}, before and after it in the page`, async () => {
      const ours = script(`data-mode="embed" ${attributes}`);
      for (const body of [`${ours}${place}`, `${place}${ours}`, ours]) {
        const { page, problems } = await visitNew(hostPage(`<main id="main">${body}</main>`));
        await ready(page);
        const parent = body.includes("referrals-widget") ? "#referrals-widget" : "#main";
        assert.equal(await page.locator(`${parent} iframe`).count(), 1);
        assert.deepEqual(problems, []);
        await page.context().close();
      }
    });

  it("may load late and twice, and renders once per place; a button appears once", async () => {
    const { page, problems } = await visitNew(hostPage(`${place}<i id="end"></i>`));
    for (const mode of ["embed", "embed", "popup", "popup"])
      await page.evaluate(
        ([src, wish]) =>
          new Promise((loaded) => {
            const late = document.createElement("script");
            late.src = src ?? "";
            late.dataset.mode = wish;
            late.onload = loaded;
            document.head.append(late);
          }),
        [`${world.product.url}/widget.js?campaign=${campaign}`, mode],
      );
    await ready(page, 0);
    await ready(page, 1);
    await page.locator("button.go").waitFor();
    assert.equal(await page.locator("#referrals-widget iframe").count(), 1);
    assert.equal(await page.locator("iframe").count(), 2);
    assert.equal(await page.locator("button.go").count(), 1);
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it("uses the campaign's settings if the page has none", async () => {
    const floating = await world.newCampaign({
      widget: { placement: "floating", popup_button_text: "<b>Gifts</b> &amp; more" },
    });
    const { page } = await visitNew(hostPage(`${place}${script("async", floating.id)}`));
    await page.getByRole("button", { name: "Gifts & more" }).click();
    await ready(page);
    assert.equal(await page.getByRole("dialog").getAttribute("aria-modal"), "false");
    await page.context().close();
  });

  it("uses the campaign's language around the frame, or the visitor's", async () => {
    for (const [language, locale] of [
      ["de", "en-US"],
      ["auto", "de-AT"],
    ]) {
      const { id } = await world.newCampaign({ widget: { placement: "popup", language } });
      const person = await world.browser.person({ locale: locale ?? "" });
      const { page } = await visit(person, hostPage(script("async", id)));
      const frame = await openWidget(page, "popup");
      assert.equal(await page.getByRole("dialog").getByRole("button", { name: "Schließen" }).count(), 1);
      const title = await frame.locator("html").evaluate(() => document.title);
      assert.equal(await page.locator("iframe").getAttribute("title"), title);
      assert.equal(await page.getByRole("dialog").getAttribute("aria-label"), title);
      await person.close();
    }
  });

  for (const mode of ["embed", "popup"] as const)
    it(`is styled in older browsers, too, without styles that a policy forbids: ${mode}`, async () => {
      const person = await world.browser.person();
      await person.addInitScript(() => Reflect.deleteProperty(window, "CSSStyleSheet"));
      const ours = world.product.url;
      const policy = `default-src 'none'; script-src ${ours}; frame-src ${ours}; connect-src ${ours}`;
      const url = hostPage(`${place}${script(`data-mode="${mode}" async`)}`, { "Content-Security-Policy": policy });
      const { page, problems } = await visit(person, url);
      await openWidget(page, mode);
      const { width, borderTopWidth } = await page.locator("iframe").evaluate((frame) => {
        const { width, borderTopWidth } = getComputedStyle(frame);
        return { width, borderTopWidth };
      });
      assert.ok(Number.parseFloat(width) > 400, width);
      assert.equal(borderTopWidth, "0px");
      await shoot(page, `older-${mode}`);
      assert.deepEqual(problems, []);
      await person.close();
    });

  it("sends events to the page, and accepts the page's data; a failing handler breaks nothing", async () => {
    const early = `<script>window.told = []; window.referrals = { q: [
      ["on", "ready", () => { throw new Error("the page's own") }],
      ["on", "ready", (detail) => window.told.push(["ready", detail])],
      ["on", "signup", (detail) => window.told.push(["signup", detail])],
      ["on", "share", (detail) => window.told.push(["share", detail])],
      ["on", "open", () => window.told.push(["open"])],
      ["on", "close", () => window.told.push(["close"])],
      ["identify", { email: "known@example.com", name: "Known", plan: "gold", act() {} }],
      ["nonsense"],
    ] }</script>`;
    const { page, problems } = await visitNew(
      hostPage(`${place}${script('data-mode="embed" async')}${script('data-mode="popup" async')}`, undefined, early),
    );
    const frame = page.frameLocator("#referrals-widget iframe");
    await page.waitForFunction(() => (window as unknown as { told: unknown[] }).told.length > 0);
    const [, inner] = page.frames();
    assert.ok(inner);
    await inner.waitForFunction(
      () => document.querySelector<HTMLInputElement>("[name=email]")?.value === "known@example.com",
    );
    await frame.locator("form[data-step-of=form] button[type=submit]").click();
    const share_url = await linkIn(frame);
    await page.locator("button.go").waitFor();
    await page.evaluate(() => window.referrals?.open());
    await page.getByRole("dialog").waitFor();
    await page.evaluate(() => window.referrals?.close());
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    // A dialog disappears before its `close` event, and a frame's messages come from another process.
    await page.waitForFunction(() => {
      const { told } = window as unknown as { told: [string][] };
      return ["close", "signup"].every((one) => told.some(([type]) => type === one));
    });
    const told = await page.evaluate(() => (window as unknown as { told: [string, Record<string, unknown>?][] }).told);
    const of = (type: string) => told.filter(([known]) => known === type).map(([, detail]) => detail);
    assert.deepEqual(of("ready")[0], { campaign_id: campaign });
    assert.equal(of("signup").length, 1);
    assert.equal(of("signup")[0]?.share_url, share_url);
    assert.equal(of("open").length, 1);
    assert.equal(of("close").length, 1);
    const { participants } = await world.product.api.get<{ participants: { metadata: unknown }[] }>(
      `/participants?campaign_id=${campaign}&email=known@example.com`,
    );
    assert.deepEqual(participants[0]?.metadata, { plan: "gold" });
    assert.ok(
      problems.every((problem) => problem.startsWith("warning: referrals:")),
      problems.join("\n"),
    );
    await page.context().close();
  });

  it("logs one console message without a campaign, and does nothing else", async () => {
    for (const id of ["", "javascript:alert(1)", "0", "12abc"]) {
      const src = `${world.product.url}/widget.js?campaign=${encodeURIComponent(id)}`;
      const { page, problems } = await visitNew(hostPage(`${place}<script src="${src}"></script>`));
      await page.waitForLoadState("networkidle");
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", /^warning: referrals: no campaign/);
      assert.equal(await page.locator("iframe").count(), 0);
      await page.context().close();
    }
  });

  it("accepts messages from its own frame only, not from the page, another widget, or a redirected frame", async () => {
    const lies = (w: string | null) =>
      [
        { type: "size", height: 9 },
        { type: "signup", campaign_id: campaign },
      ].map((lie) => ({ source: "referrals", w, ...lie }));
    const { page } = await visitNew(
      hostPage(`<div id="a"></div><div id="b"></div>${script('data-target="#a"')}${script('data-target="#b"')}`),
    );
    await ready(page, 0);
    await ready(page, 1);
    const frame = page.locator("#a iframe");
    const inside = async (place: string) => (await page.locator(`${place} iframe`).elementHandle())?.contentFrame();
    const [own, other] = [await inside("#a"), await inside("#b")];
    assert.ok(own && other);
    const heightOf = () => frame.evaluate((element) => element.clientHeight);
    while ((await heightOf()) !== (await own.evaluate(() => document.body.offsetHeight)));
    const height = await heightOf();
    const w = new URL((await frame.getAttribute("src")) ?? "").searchParams.get("w");
    await page.evaluate(() => window.referrals?.on("signup", () => document.body.setAttribute("data-fooled", "")));
    /** Messages arrive in order: after the last one, all others have arrived. */
    const settled = () =>
      page.evaluate(
        () => new Promise<void>((heard) => addEventListener("message", ({ data }) => data === "last" && heard())),
      );

    for (const liar of [page, other]) {
      const heard = settled();
      // The page listens before another process sends a message.
      await page.evaluate(() => 0);
      await liar.evaluate((messages) => {
        for (const message of [...messages, "last"]) window.parent.postMessage(message, "*");
      }, lies(w));
      await heard;
      assert.equal(await heightOf(), height);
    }
    const elsewhere = hostPage(
      `<script type="application/json">${JSON.stringify(lies(w))}</script><script>for (const message of [...JSON.parse(document.querySelector("script").textContent), "last"]) parent.postMessage(message, "*")</script>`,
    );
    const heard = settled();
    await frame.evaluate((element, url) => element.setAttribute("src", url), elsewhere);
    await heard;
    assert.equal(await heightOf(), height);
    assert.equal(await page.locator("[data-fooled]").count(), 0);
    await page.context().close();
  });

  it("shows a private campaign on its brand's own site only", async () => {
    const { id } = await world.newCampaign({ publish: "private" });
    const url = hostPage(`${place}${script('data-mode="embed" async', id)}`);
    const own = await visitNew(url);
    await ready(own.page);
    const foreign = await visitNew(url.replace("//localhost", "//foreign.localhost"));
    await foreign.page.locator("iframe[hidden]").waitFor({ state: "attached" });
    assert.ok(
      foreign.problems.some((problem) => /frame-ancestors/.test(problem)),
      foreign.problems.join("\n"),
    );
    assert.equal(await foreign.page.frameLocator("iframe").locator("form").count(), 0);
    await Promise.all([own, foreign].map(({ page }) => page.context().close()));
  });

  it("shows a private campaign on its brand's site under http and on any port, but not on a similar domain", async () => {
    const { id } = await world.newCampaign({ publish: "private", brand: { url: "http://bakery.example.com:8443" } });
    // Public names for both: a page under a public one may load nothing from this machine.
    const [person, ours] = [await world.browser.person(), "http://product.example.net"];
    await person.route(`${ours}/**`, async (route) =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace(ours, world.product.url) }) }),
    );
    const body = `<!doctype html><html lang="en"><title>Bakery</title>${place}${snippet(ours, id, 'data-mode="embed" async')}`;
    await person.route(/^http:\/\/[^/]*bakery\.example\.com/, (route) =>
      route.fulfill({ contentType: "text/html", body }),
    );
    for (const host of ["bakery.example.com:8443", "bakery.example.com", "www.bakery.example.com:81"])
      await ready((await visit(person, `http://${host}/`)).page);
    const { page, problems } = await visit(person, "http://not-bakery.example.com:8443/");
    await page.locator("iframe[hidden]").waitFor({ state: "attached" });
    assert.ok(
      problems.some((problem) => /frame-ancestors/.test(problem)),
      problems.join("\n"),
    );
    await person.close();
  });

  for (const mode of MODES)
    it(`works as ${mode} under a policy that allows only our origin, without a violation`, async () => {
      const ours = world.product.url;
      const policy = `default-src 'none'; script-src ${ours}; frame-src ${ours}; connect-src ${ours}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
      const body = `${place}${script(`data-mode="${mode}" async`)}`;
      const { page, problems } = await visitNew(hostPage(body, { "Content-Security-Policy": policy }));
      const frame = await openWidget(page, mode);
      await join(frame, "Ada", `strict-${mode}@example.com`);
      await linkIn(frame);
      await shoot(page, `strict-${mode}`);
      assert.deepEqual(problems, []);
      await page.context().close();
    });

  it("uses the page's settings and the campaign's texts if a policy forbids requests", async () => {
    const ours = world.product.url;
    const policy = `default-src 'none'; script-src ${ours}; frame-src ${ours}`;
    const { id } = await world.newCampaign({ widget: { placement: "popup", popup_button_text: "Gifts" } });
    const { page } = await visitNew(hostPage(script("async", id), { "Content-Security-Policy": policy }));
    await page.getByRole("button", { name: "Gifts" }).waitFor();
    const frame = await openWidget(page, "popup");
    assert.equal(await frame.locator("input[name=email]").isVisible(), true);
    await page.context().close();
  });

  it("ignores other uses of ?ref=", async () => {
    const url = hostPage(`${place}${script('data-mode="embed" async')}`);
    const bob = await world.browser.person();
    const { share_url } = await world.product.api.post<{ share_url: string }>("/signups", {
      campaign_id: campaign,
      email: "sharer@example.com",
      name: "Sharer",
    });
    const code = share_url.split("/t/")[1] ?? "";
    const refAt = async (query: string) => {
      const { page } = await visit(bob, url + query);
      const src = await page.locator("iframe").getAttribute("src");
      await page.close();
      return new URL(src ?? "").searchParams.get("ref");
    };
    assert.equal(await refAt("?ref=newsletter"), "");
    assert.equal(await refAt(`?ref=${code.slice(0, -1)}`), "");
    assert.equal(await refAt(`?ref=newsletter&ref=${code}`), code);
    for (const end of [".", ")", "_", "*", " ", "%20", "\u200b", "”", "»", "&utm_source=x", ""])
      assert.equal(await refAt(`?ref=${code}${encodeURIComponent(end)}`), code, end);
    assert.equal(await refAt("?ref=producthunt"), code);
    assert.equal(await refAt(`?ref=${encodeURIComponent('"><script>')}`), code);
    await bob.close();
  });
});
