import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { signIn } from "./support/member.ts";
import { joined } from "./support/people.ts";
import { noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

const WIDE = "W".repeat(100);
const ARABIC = "مجموعة الأصدقاء الطويلة جدا من الرياض والقاهرة";
const DOMAIN = `${"a-very-long-name-of-a-shop".repeat(2)}.${"and-of-its-department".repeat(2)}.example.com`;
const ADDRESS = `${"quite.a.long.address.of.somebody".padEnd(64, "x")}@${"m".repeat(60)}.${"n".repeat(60)}.example.com`;
const WIDTHS = [320, 360, 768, 1280, 1920];
/** The maximum width of a cell with one long word. */
const CELL_MAX = 380;
/** Two or three words. */
const CELL_MIN = 150;

/** Words outside of their box, and cells widened by one word. */
const spilled = (page: Page) =>
  page.evaluate((max) => {
    const wrong: string[] = [];
    for (const box of document.querySelectorAll("td, th, .stat, .card, .head, .badge, .side, li")) {
      const frame = box.getBoundingClientRect();
      if (frame.width === 0) continue;
      if (box.tagName === "TD" && frame.width > max && box.closest("table")?.scrollWidth !== undefined) {
        const table = box.closest(".table");
        if (table && table.scrollWidth > table.clientWidth) wrong.push(`wide: ${box.textContent?.slice(0, 40)}`);
      }
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        if (
          !text.textContent?.trim() ||
          text.parentElement?.closest("td, th, .stat, .card, .head, .badge, .side, li") !== box
        )
          continue;
        const clips = (element: Element | null): boolean =>
          element !== null &&
          element !== box &&
          (getComputedStyle(element).overflowX !== "visible" || clips(element.parentElement));
        if (clips(text.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const line of range.getClientRects())
          if (line.width > 0 && (line.right > frame.right + 1 || line.left < frame.left - 1)) {
            wrong.push(`${box.tagName}.${box.className}: ${text.textContent.slice(0, 40)}`);
            break;
          }
      }
    }
    return wrong;
  }, CELL_MAX);

describe("names of maximum length, and right-to-left names", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it("break nothing in lists, menus, pages, and emails", async () => {
    const { api, newCampaign } = world.product;
    const wide = await newCampaign({
      brand: { url: `https://${DOMAIN}` },
      name: WIDE.repeat(2),
      campaign_entry_subject: "Welcome, {{name}}",
    });
    const arabic = await newCampaign({ name: ARABIC });
    const inviter = await joined(api, wide.id, "Plain Name");
    const somebody = (campaign_id: number, name: string, email: string) =>
      api.post<{ id: number }>("/signups", { campaign_id, name, email });
    const { id } = await somebody(wide.id, WIDE, ADDRESS);
    await api.post("/signups/referral", { referral_code: inviter.referral_code, name: WIDE, email: "w@example.com" });
    const { id: arab } = await somebody(arabic.id, ARABIC, `arab-${ADDRESS.slice(5)}`);
    await api.patch(`/participants/${id}`, { status: "blocked" });

    const { page, person } = await signIn(world, "mouse");
    const wrong: string[] = [];
    const look = async (path: string) => {
      await page.goto(world.product.url + path);
      for (const more of await page.locator("body > main > details > summary:visible").all()) await more.click();
      await noSidewaysScroll(page, WIDTHS).catch((error) => wrong.push(`${path}: ${error.message}`));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        for (const what of await spilled(page)) wrong.push(`${path} at ${width}: ${what}`);
        if (width === 360 || width === 1280)
          await shoot(page, `names${path.replaceAll("/", "_").replace(/\?.*/, "")}-${width}`, { fullPage: true });
      }
    };
    const ofCampaign = (campaign: number) =>
      [
        "",
        "/rewards",
        "/participants",
        "/contest",
        "/install",
        "/settings",
        "/coupons",
        "/import",
        "/widget",
        "/mail",
        "/lander",
      ].map((tab) => `/campaigns/${campaign}${tab}`);
    for (const path of [
      "/home",
      "/brands",
      `/brands/${wide.brand_id}`,
      `/brands/${wide.brand_id}/settings`,
      "/campaigns",
      "/campaigns/new",
      ...ofCampaign(wide.id),
      `/campaigns/${arabic.id}`,
      "/participants",
      `/participants/${id}`,
      `/participants/${inviter.id}`,
      `/participants/${arab}`,
      "/rewards",
      "/team",
      "/audit",
      "/webhooks/new",
      "/dev/mail",
    ])
      await look(path);
    assert.deepEqual(wrong, []);
    await person.close();

    const { slug } = await api.get<{ slug: string }>(`/brands/${wide.brand_id}`);
    const visitor = await world.browser.person();
    for (const path of [`/p/${slug}`, `/p/${slug}/campaign/${wide.id}`]) {
      const hosted = await visit(visitor, world.product.url + path);
      await noSidewaysScroll(hosted.page, WIDTHS);
      await shoot(hosted.page, `names-hosted${path.split("/").length}`, { fullPage: true });
    }
    await visitor.close();
  });

  it("leave filters at their width, and wrap a campaign's name by word", async () => {
    const { id } = await world.newCampaign({
      name: "Bring whom you like and take home what you like ".repeat(4).trim(),
    });
    await joined(world.product.api, id, "Plain Name");
    const { page, person } = await signIn(world, "mouse");
    const widthOf = async (path: string, selector: string) => {
      await page.goto(world.product.url + path);
      return page
        .locator(selector)
        .filter({ hasText: "whom you like" })
        .evaluate((element) => element.getBoundingClientRect().width);
    };
    for (const path of ["/participants", "/rewards"])
      assert.ok((await widthOf(path, "select[name=campaign_id]")) <= CELL_MAX, path);
    await page.setViewportSize({ width: 360, height: 800 });
    for (const path of ["/home", "/campaigns", "/participants"])
      assert.ok((await widthOf(path, 'td:has(> a[href^="/campaigns/"])')) >= CELL_MIN, path);
    await person.close();
  });
});
