import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { openShop } from "../../demo-shop/shop.ts";
import { startLocal } from "../../scripts/local.ts";

const OPERATOR_TOKEN = "demo-shop-operator-token";

describe("the demo shop", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-shop-"));
  after(() => rmSync(stateDir, { recursive: true, force: true }));

  async function start(port = 0) {
    const shop = await openShop(port, stateDir);
    const vars = { DEMO_URL: shop.origin, OPERATOR_TOKEN };
    const product = await startLocal({ port: 0, stateDir, logs: false, vars });
    shop.serve({ url: product.url, operatorToken: OPERATOR_TOKEN });
    const stop = async () => {
      shop.close();
      await product.stop();
    };
    return { shop, product, stop };
  }
  const campaignOn = async (shop: string) =>
    (await (await fetch(shop)).text()).match(/src="(http:\/\/127\.0\.0\.1:\d+\/widget\.js\?campaign=(\d+))"/);

  it("has another origin, shows the widget, and is the same shop after a restart", async () => {
    const first = await start();
    const way = await fetch(`${first.product.url}/demo`, { redirect: "manual" });
    assert.equal(way.headers.get("Location"), `${first.shop.origin}/`);
    assert.notEqual(new URL(first.shop.origin).hostname, new URL(first.product.url).hostname);
    const [, script = "", campaign] = (await campaignOn(first.shop.origin)) ?? [];
    assert.equal((await fetch(script)).status, 200);
    const strict = await fetch(`${first.shop.origin}/strict`);
    assert.match(strict.headers.get("Content-Security-Policy") ?? "", /^default-src 'none'; script-src http/);
    for (const path of ["/three", "/late", "/?mode=popup", "/?mode=floating", "/?mode=topbar"])
      assert.match(await (await fetch(first.shop.origin + path)).text(), /widget\.js/);
    assert.equal((await fetch(`${first.shop.origin}/nowhere`)).status, 404);
    await first.stop();

    const second = await start();
    assert.equal((await campaignOn(second.shop.origin))?.[2], campaign);
    await second.stop();
  });

  it("uses another port if its own is taken, and is absent unless it runs", async () => {
    const squatter = createServer().listen(0, "localhost");
    await new Promise((listening) => squatter.once("listening", listening));
    const { port } = squatter.address() as AddressInfo;
    const shop = await openShop(port, stateDir);
    assert.notEqual(new URL(shop.origin).port, String(port));
    shop.close();
    squatter.close();
    const product = await startLocal({ port: 0, stateDir, logs: false });
    assert.equal((await fetch(`${product.url}/demo`, { redirect: "manual" })).status, 404);
    await product.stop();
  });
});
