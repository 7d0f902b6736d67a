import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { snippet } from "./support/widget.ts";
import { openWorld, type World } from "./support/world.ts";

/** Lighthouse's mobile profile: slow 4G, and a processor four times slower than this one. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 };
const SLOWER = 4;
/** Of everything but images, as Cloudflare sends it. */
const PAGE_MAX_BYTES = 60_000;

type Vitals = { paint: number; blocking: number; shift: number };

/** The largest paint, the time that long tasks block beyond 50 ms, and how much the layout shifted, on a slow phone. */
async function visitSlowly(world: World, url: string, isThere: (page: Page) => Promise<unknown>) {
  const person = await world.browser.person({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const page = await person.newPage();
  await page.addInitScript(() => {
    const vitals = { paint: 0, blocking: 0, shift: 0 };
    Object.assign(window, { vitals });
    const watch = (type: string, hear: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type, buffered: true });
    watch("largest-contentful-paint", ({ startTime }) => {
      vitals.paint = startTime;
    });
    watch("longtask", ({ duration }) => {
      vitals.blocking += duration - 50;
    });
    watch("layout-shift", (entry) => {
      vitals.shift += (entry as PerformanceEntry & { value: number }).value;
    });
  });
  const session = await person.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const answers: Response[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "image" && response.ok()) answers.push(response);
  });
  await page.goto(url, { waitUntil: "load" });
  await isThere(page);
  await page.waitForLoadState("networkidle");
  const vitals = await page.evaluate(() => (window as unknown as { vitals: Vitals }).vitals);
  const sent = await Promise.all(
    answers.map(async (response) => ({
      path: new URL(response.url()).pathname,
      bytes: gzipSync(await response.body()).byteLength,
    })),
  );
  await person.close();
  return { ...vitals, sent, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) };
}

describe("on a slow phone", { timeout: 3_600_000 }, () => {
  let world: World;
  let campaign: number;
  before(async () => {
    world = await openWorld();
    campaign = (await world.newCampaign({ brand: { slug: "vitals" } })).id;
  });
  after(() => world.close());

  const form = (page: Page) => page.locator("input[name=email]").first().waitFor();
  const framed = (page: Page) => page.frameLocator("iframe").locator("[data-ready] input[name=email]").waitFor();
  const host = (mode: string) =>
    world.host.page(`/vitals-${mode}`, {
      body: `<h1>Shop</h1><div id="referrals-widget"></div>${snippet(world.product.url, campaign, `data-mode="${mode}" async`)}`,
    });
  const places = [
    { name: "the frame by itself", url: () => `${world.product.url}/widget/${campaign}/embed`, isThere: form },
    { name: "a page with the widget embedded", url: () => host("embed"), isThere: framed },
    {
      name: "a page with its button",
      url: () => host("popup"),
      isThere: (page: Page) => page.locator("button.go").waitFor(),
    },
    { name: "the hosted page", url: () => `${world.product.url}/p/vitals/campaign/${campaign}`, isThere: form },
  ];
  for (const { name, url, isThere } of places)
    it(`weighs at most ${PAGE_MAX_BYTES / 1000} kB without images: ${name}`, async (test) => {
      const { paint, blocking, shift, bytes, sent } = await visitSlowly(world, url(), isThere);
      test.diagnostic(
        `largest paint ${Math.round(paint)} ms, blocked ${Math.round(blocking)} ms, shifted ${shift.toFixed(3)}, ${bytes} bytes gzipped: ${sent.map((one) => `${one.path} ${one.bytes}`).join(", ")}`,
      );
      assert.ok(bytes <= PAGE_MAX_BYTES, `${bytes} bytes`);
    });

  it("takes one request until the form can be used, and sent", async () => {
    for (const path of [`/widget/${campaign}/embed`, `/p/vitals/campaign/${campaign}`]) {
      const page = await (await world.browser.person()).newPage();
      await page.route("**/*", (route) => (route.request().isNavigationRequest() ? route.continue() : route.abort()));
      await page.goto(world.product.url + path);
      await page.locator("input[name=name]").fill("Ada");
      // As slowly as people are: what is filled in at once is taken for a robot's.
      await page.locator("input[name=email]").pressSequentially(`${path.length}@example.com`, { delay: 200 });
      await page.locator("form[data-step-of=form] button[type=submit]").click();
      await page.locator("[data-link]").waitFor();
      await page.context().close();
    }
  });
});
