import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { openShop } from "../../demo-shop/shop.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

describe("the demo shop", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-shop-"));
  let world: World;
  let shop: Awaited<ReturnType<typeof openShop>>;
  before(async () => {
    world = await openWorld();
    shop = await openShop(0, stateDir);
    shop.serve(world.product);
  });
  after(async () => {
    shop.close();
    await world.close();
    rmSync(stateDir, { recursive: true, force: true });
  });

  const press = (page: Page, name: string) => page.getByRole("button", { name }).click();
  const rewarded = (page: Page, amount: string, status: string) =>
    page.locator("h2", { hasText: amount }).locator("[data-status]", { hasText: status }).waitFor();
  const steps = async (page: Page) =>
    (await page.locator("tbody tr").all()).map((row) => row.locator("td").allTextContents());

  it("rewards the sender of a link, holds the reward, and takes half back with half of the price", async () => {
    const friend = await world.browser.person();
    const { page, problems } = await visit(friend, shop.origin);
    await page.getByRole("link", { name: "follow Ada’s link" }).click();
    await page.waitForURL(/\?ref=/);
    await shoot(page, "demo-shop-front");
    await page.getByRole("link", { name: "Buy Yirgacheffe" }).click();
    await press(page, "Pay €14.00");
    await page.getByText("Ada sent you the link.").waitFor();
    await rewarded(page, "€1.40", "held");
    assert.deepEqual(await Promise.all(await steps(page)), [["earned", "held", "€1.40"]]);
    await shoot(page, "demo-shop-held", { fullPage: true });
    await press(page, "Return half for €7.00");
    await rewarded(page, "€0.70", "held");
    assert.deepEqual(await Promise.all(await steps(page)), [
      ["earned", "held", "€1.40"],
      ["refunded", "held", "-€0.70"],
    ]);
    await noSidewaysScroll(page);
    await axe(page);
    await shoot(page, "demo-shop-half", { fullPage: true });
    await press(page, "Return the rest for €7.00");
    await page.locator("[data-status]", { hasText: "revoked" }).waitFor();
    assert.equal(await page.getByRole("button").count(), 0);
    assert.deepEqual(problems, []);
    await friend.close();
  });

  it("rewards the owner of a checkout code, and nobody for an unknown one", async () => {
    const phone = await world.browser.person({ viewport: { width: 375, height: 740 } });
    const { page } = await visit(phone, `${shop.origin}/checkout?bag=huila`);
    await axe(page);
    await page.getByLabel("A friend’s code").fill("NOBODY");
    await press(page, "Pay €12.00");
    await page.getByRole("alert").getByText("Nobody has this code.").waitFor();
    await shoot(page, "demo-shop-checkout-phone", { fullPage: true });
    await page.getByLabel("A friend’s code").fill("ada10");
    await press(page, "Pay €12.00");
    await page.getByText("Ada gave you the code.").waitFor();
    await rewarded(page, "€1.20", "held");
    await shoot(page, "demo-shop-order-phone", { fullPage: true });
    await page.goto(`${shop.origin}/checkout?bag=santos`);
    await press(page, "Pay €11.00");
    await page.getByText("Nobody referred you").waitFor();
    await phone.close();
  });
});
