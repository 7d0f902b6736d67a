import { gzipSync } from "node:zlib";
import type { BrowserContextOptions, Frame, Page, Response } from "playwright-core";
import { newPng } from "./editor.ts";
import { signIn } from "./member.ts";
import { snippet } from "./widget.ts";
import type { World } from "./world.ts";

/** Lighthouse's mobile profile: slow 4G, and a processor four times slower than this one. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 };
/** So slow that a page arrives in many parts. */
export const SLOW_3G = { ...SLOW_4G, downloadThroughput: 60_000 };
const SLOWER = 4;
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

type Seen = { paint: number; blocking: number; shift: number; reaction: number };

/** A page of the product, and the first action on it. */
export type Place = {
  name: string;
  url: string;
  isThere: (page: Page) => Promise<unknown>;
  /** Taps something. Returns the document where it is. */
  act: (page: Page) => Promise<Page | Frame>;
  /** For a signed-in member. */
  session?: Session;
};

const typeEmail = async (page: Page) => {
  const field = page.locator("input[name=email]").first();
  await field.tap();
  await field.press("a");
  return page;
};
const typeEmailInFrame = async (page: Page) => {
  const field = page.frameLocator("iframe").locator("input[name=email]");
  await field.tap();
  await field.press("a");
  return page.frames().find((frame) => frame.url().includes("/embed")) ?? page;
};

/** The most visited pages, of a brand with a logo. */
export async function openPlaces(world: World): Promise<Place[]> {
  const { person, page } = await signIn(world, "mouse");
  const logo_url = await page.evaluate(
    async (bytes) => {
      const body = new FormData();
      body.append("file", new File([new Uint8Array(bytes)], "logo.png", { type: "image/png" }));
      const sent = await fetch("/images", { method: "POST", body, headers: { Accept: "application/json" } });
      return String((await sent.json()).url);
    },
    [...(await newPng(world))],
  );
  const session = await person.storageState();
  await person.close();
  const campaign = await world.newCampaign();
  const slug = `vitals-${campaign.id}`;
  await world.product.api.put(`/brands/${campaign.brand_id}`, { slug, logo_url });
  return placesOf(world, campaign.id, slug, session);
}

type Session = BrowserContextOptions["storageState"];

function placesOf(world: World, campaign: number, slug: string, session: Session): Place[] {
  const { url } = world.product;
  const host = (mode: string) =>
    world.host.page(`/vitals-${mode}`, {
      body: `<h1>Shop</h1><div id="referrals-widget"></div>${snippet(url, campaign, `data-mode="${mode}" async`)}`,
    });
  const form = (page: Page) => page.locator("input[name=email]").first().waitFor();
  return [
    { name: "the frame by itself", url: `${url}/widget/${campaign}/embed`, isThere: form, act: typeEmail },
    {
      name: "a page with the widget embedded",
      url: host("embed"),
      isThere: (page) => page.frameLocator("iframe").locator("[data-ready] input[name=email]").waitFor(),
      act: typeEmailInFrame,
    },
    {
      name: "a page with its button",
      url: host("popup"),
      isThere: (page) => page.locator("button.go").waitFor(),
      act: async (page) => {
        await page.locator("button.go").tap();
        return page;
      },
    },
    { name: "the hosted page", url: `${url}/p/${slug}/campaign/${campaign}`, isThere: form, act: typeEmail },
    {
      name: "the dashboard's home",
      url: `${url}/home`,
      isThere: (page) => page.locator("#main h1").first().waitFor(),
      act: async (page) => {
        await page.getByRole("button", { name: "Open menu" }).tap();
        return page;
      },
      session,
    },
  ];
}

/**
 * The largest paint, the blocking time of long tasks beyond 50 ms, the layout shift, the delay of the first taps and keys, and
 * the bytes sent, on a slow phone with an empty cache.
 */
export async function visitSlowly(
  world: World,
  { url, isThere, act, session: storageState }: Place,
  network = SLOW_4G,
) {
  const person = await world.browser.person({ ...PHONE, storageState });
  const page = await person.newPage();
  await page.addInitScript(() => {
    const vitals = { paint: 0, blocking: 0, shift: 0, reaction: 0 };
    Object.assign(window, { vitals });
    const watch = (type: string, hear: (entry: PerformanceEntry) => void, options: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({ type, buffered: true, ...options });
    watch("largest-contentful-paint", ({ startTime }) => {
      vitals.paint = startTime;
    });
    watch("longtask", ({ duration }) => {
      vitals.blocking += duration - 50;
    });
    // All of them: an emulated phone's first second counts as `hadRecentInput`, and the first tap comes after the reading.
    watch("layout-shift", (entry) => {
      vitals.shift += (entry as PerformanceEntry & { value: number }).value;
    });
    const hear = (entry: PerformanceEntry) => {
      if ((entry as PerformanceEventTiming & { interactionId: number }).interactionId > 0)
        vitals.reaction = Math.max(vitals.reaction, entry.duration);
    };
    watch("event", hear, { durationThreshold: 16 });
  });
  const session = await person.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const answers: Response[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "image" && response.ok()) answers.push(response);
  });
  await page.goto(url, { waitUntil: "load" });
  await isThere(page);
  await page.waitForLoadState("networkidle");
  const seenIn = (place: Page | Frame) =>
    place.evaluate(async () => {
      // Two frames later the browser has measured what came before.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
      return (window as unknown as { vitals: Seen }).vitals;
    });
  const sent = await Promise.all(
    answers.map(async (response) => ({
      path: new URL(response.url()).pathname,
      bytes: gzipSync(await response.body()).byteLength,
    })),
  );
  const { paint, blocking, shift } = await seenIn(page);
  const { reaction } = await seenIn(await act(page));
  await person.close();
  return { paint, blocking, shift, reaction, sent, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) };
}
