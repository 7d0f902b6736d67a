import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openChromium } from "./engines/chromium.ts";
import type { Engine } from "./engines/engine.ts";
import { HOST_PAGES, serveHostPages, verdictOf } from "./support/host-pages.ts";
import { openProduct } from "./support/product.ts";

/** PAGES=name,name runs only these. */
const only = process.env.PAGES?.split(",");

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

  for (const name of HOST_PAGES.filter((one) => only?.includes(one) ?? true))
    it(name, async () => {
      const tab = await engine.visitor();
      assert.equal(await verdictOf(tab, pages.url(name)), "OK");
      await tab.close();
    });
});
