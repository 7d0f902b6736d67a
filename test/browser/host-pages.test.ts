import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openChromium } from "./engines/chromium.ts";
import type { Engine } from "./engines/engine.ts";
import { HOST_PAGES, serveHostPages, verdictOf } from "./support/host-pages.ts";
import { openProduct } from "./support/product.ts";

/** PAGES=name,name runs only these. */
const only = process.env.PAGES?.split(",");
/** What the loader does not stand yet. Who mends it strikes the name off. */
const UNMENDED = new Set([
  "body-swap",
  "body-swap-open",
  "body-transform",
  "chat-bubble",
  "clobbered",
  "close-by-keyboard",
  "coep-credentialless",
  "coep-require-corp",
  "csp-sandbox",
  "empty-blocks",
  "faded-children",
  "fixed-header",
  "from-disk",
  "gray-filter",
  "hidden-divs",
  "optimized",
  "react-hydration",
  "react-left-early",
  "react-strict",
  "removed-before-load",
  "rerender",
  "sandboxed-frame",
  "shadow-root",
  "srcdoc",
  "two-buttons",
  "wide",
]);

describe("the widget on other people's pages, in Chromium", { concurrency: 4, timeout: 3_600_000 }, () => {
  let engine: Engine;
  let product: Awaited<ReturnType<typeof openProduct>>;
  let pages: Awaited<ReturnType<typeof serveHostPages>>;
  before(async () => {
    [engine, product] = await Promise.all([openChromium(), openProduct()]);
    const campaigns = await Promise.all([1, 2].map(() => product.newCampaign()));
    pages = await serveHostPages(
      product.url,
      campaigns.map(({ id }) => id),
    );
  });
  after(async () => {
    await engine.close();
    pages.close();
    await product.stop();
  });

  for (const name of HOST_PAGES.filter((one) => only?.includes(one) ?? !UNMENDED.has(one)))
    it(name, async () => {
      const tab = await engine.visitor();
      assert.equal(await verdictOf(tab, pages.url(name)), "OK");
      await tab.close();
    });
});
