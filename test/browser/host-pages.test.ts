import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../scripts/root.ts";
import { openChromium } from "./engines/chromium.ts";
import type { Engine } from "./engines/engine.ts";
import { HOST_PAGES, LOOP, serveHostPages, titleOf, verdictOf } from "./support/host-pages.ts";
import { openProduct } from "./support/product.ts";

/** PAGES=name,name runs only these. */
const only = process.env.PAGES?.split(",");

it("docs/browsers.md matches each page's result in each engine: node test/browser/engines/matrix.ts --write", () => {
  const paper = readFileSync(join(root, "docs/browsers.md"), "utf8");
  const table = /^\| host page (?:.*\n)*?(?=\n|$)/m.exec(paper)?.[0] ?? "";
  const [head = [], , ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  assert.match(head.join(" "), /^ host page Chromium [\d.]+ Firefox [\d.]+ WebKit [\d.]+ $/);
  assert.deepEqual(rows.map(([, title]) => title).sort(), [LOOP, ...HOST_PAGES.map(titleOf)].sort());
  for (const [, title, ...cells] of rows) assert.deepEqual(cells, ["ok", "ok", "ok", ""], title);
});

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
