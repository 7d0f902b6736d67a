import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { signIn } from "./support/member.ts";
import { joinedWithFriends } from "./support/people.ts";
import { axe, noSidewaysScroll, openWorld, shoot, type World } from "./support/world.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("the dashboard on a phone", { timeout: 3_600_000 }, () => {
  let world: World;
  let id: number;
  before(async () => {
    world = await openWorld();
    ({ id } = await world.newCampaign({ coupons: ["FIG-1", "FIG-2", "FIG-3"] }));
    await joinedWithFriends(world.product.api, id, "Rita", 3);
  });
  after(() => world.close());

  /** The visible numbers of the page, wherever they are. */
  const numbers = (page: Page) =>
    page
      .locator("main :is(.stat dd:not(.stat-about), .metric-value, .bars-value, td.number)")
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent?.trim()));

  for (const place of ["home", "campaign", "brand"] as const)
    it(`shows each number of the ${place} page, and explains it on request`, async () => {
      const { brand_id } = await world.product.api.get<{ brand_id: number }>(`/campaigns/${id}`);
      const path = { home: "/home", campaign: `/campaigns/${id}`, brand: `/brands/${brand_id}` }[place];
      const desk = await signIn(world, "mouse", path);
      const phone = await signIn(world, "mouse", path, PHONE);
      const said = await numbers(phone.page);
      assert.ok(said.length > 10, `${said}`);
      assert.deepEqual(said, await numbers(desk.page));

      const meaning = phone.page.locator(".stats .stat-about").first();
      assert.ok(await meaning.isHidden());
      assert.ok(await desk.page.locator(".stats .stat-about").first().isVisible());
      const folded = await phone.page.evaluate(() => document.documentElement.scrollHeight);
      await phone.page.getByText("What the numbers mean").first().click();
      await meaning.waitFor();
      for (const more of await phone.page.getByText("What the numbers mean").all())
        if ((await more.locator("xpath=..").getAttribute("open")) === null) await more.click();
      await phone.page.getByText("Dates and download").click();
      await phone.page.getByLabel("From").waitFor();
      const unfolded = await phone.page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(folded < unfolded * 0.85, `${folded} of ${unfolded} px`);

      await axe(phone.page);
      await noSidewaysScroll(phone.page, [320, 390]);
      await shoot(phone.page, `phone-${place}`, { fullPage: true });
      await desk.person.close();
      await phone.person.close();
    });

  it("wraps email addresses between their words", async () => {
    const email = "maria-antonia.gutierrez@kundenservice.grosshandel-sued.example.com";
    const { id: person_id } = await world.product.api.post<{ id: number }>("/signups", {
      campaign_id: id,
      email,
      name: "Maria Antonia",
    });
    const { person, page } = await signIn(world, "mouse", "/participants", PHONE);
    for (const path of ["/participants", `/participants/${person_id}`, "/home", "/team"]) {
      await page.goto(world.product.url + path);
      const broken = await page.evaluate(() => {
        const words: string[] = [];
        const walker = document.createTreeWalker(document.querySelector("main") as Element, NodeFilter.SHOW_TEXT);
        for (let text = walker.nextNode(); text; text = walker.nextNode()) {
          const { previousSibling, nextSibling } = text;
          if (previousSibling?.nodeName !== "WBR" && nextSibling?.nodeName !== "WBR") continue;
          const range = document.createRange();
          range.selectNodeContents(text);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1 && !text.textContent?.includes("-")) words.push(text.textContent ?? "");
        }
        return words;
      });
      assert.deepEqual(broken, [], path);
      await shoot(page, `phone-emails${path.replaceAll("/", "-")}`);
    }
    await noSidewaysScroll(page, [320, 390]);
    await person.close();
  });

  it("has a code and the button that deletes it in one line", async () => {
    const { person, page } = await signIn(world, "mouse", `/campaigns/${id}/coupons`, PHONE);
    const row = page.getByRole("row").filter({ hasText: "FIG-2" });
    const button = row.getByRole("button", { name: "Delete FIG-2" });
    const [line, code, press] = await Promise.all([row, row.locator("code"), button].map((one) => one.boundingBox()));
    assert.ok(line && code && press);
    assert.ok(press.y < code.y + code.height && code.y < press.y + press.height);
    assert.ok(line.height < press.height * 1.5, `${line.height} px`);
    await axe(page);
    await button.tap();
    await row.waitFor({ state: "detached" });
    await person.close();
  });
});
