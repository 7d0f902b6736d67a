import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";
import { pairs } from "./support/short.ts";
import { join } from "./support/widget.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

const TEMPLATES = [1, 2, 3, 4, 5];
const WIDGET_LOOKS = ["card", "plain", "split", "bold"];
const PAGE_MAX_KB = 60;
const IMAGE = "https://images.example.com/background.svg";

/** Half white and half black, the hardest image for contrast. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000" viewBox="0 0 1600 1000"><rect width="1600" height="1000"/><path fill="#fff" d="M0 0h800v1000H0z"/></svg>`;

const looks = {
  default: { lander: {} },
  dark: {
    lander: { background_color: "#0b1020", font_color: "#e7ecff", header_title: "Bring the band back together" },
    widget: { button_color: "#8b7bff", background_color: "#151b31", text_color: "#e7ecff", background_type: "color" },
  },
  light: {
    lander: { background_color: "#fdf6ec", font_color: "#fbe9c8", header_title: "Give 10, <em>get 10</em>" },
    widget: { button_color: "#ffe08a", stats_on: true, stats_start_participants: 1280 },
  },
  image: {
    lander: {
      background_type: "image",
      background_image: IMAGE,
      footer_title: "See you there",
      font_family: "Georgia, serif",
    },
    widget: { allow_countdown: true, countdown_end: "2099-01-01", background_type: "transparent" },
  },
} as const;

describe("hosted pages", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  async function hosted(template_id: number, look: keyof typeof looks = "default", more: Record<string, unknown> = {}) {
    const { newCampaign, api, url } = world.product;
    const campaign = await newCampaign({
      brand: { socials: [{ social: "instagram", profile_url: "https://instagram.com/acme" }] },
      ...more,
    });
    const { lander, widget }: { lander: object; widget?: object } = looks[look];
    await api.put(`/campaigns/${campaign.id}/lander`, { template_id, ...lander });
    if (widget) await api.put(`/campaigns/${campaign.id}/widget`, widget);
    const { brand } = await api.get<{ brand: { slug: string } }>(`/lander?campaign_id=${campaign.id}`);
    return { campaign, brand: `${url}/p/${brand.slug}`, url: `${url}/p/${brand.slug}/campaign/${campaign.id}` };
  }

  /** No packet leaves this machine: images come from here. */
  async function person(options: Parameters<World["browser"]["person"]>[0] = {}): Promise<BrowserContext> {
    const context = await world.browser.person(options);
    await context.route("https://images.example.com/**", (route) =>
      route.fulfill({ contentType: "image/svg+xml", body: DRAWING }),
    );
    return context;
  }

  it("remembers who referred the visitor, like the widget on a website", async () => {
    const { campaign, url } = await hosted(1);
    const { api } = world.product;
    const sharer = { campaign_id: campaign.id, email: "sharer@example.com", name: "Sharer" };
    const { id, referral_code } = await api.post<{ id: number; referral_code: string }>("/signups", sharer);
    const bob = await person();
    const refAt = async (query: string) => {
      const { page } = await visit(bob, url + query);
      await page.waitForSelector("[data-ready]");
      const ref = await page.locator("input[name=ref]").inputValue();
      await page.close();
      return ref;
    };
    assert.equal(await refAt("?ref=newsletter"), "");
    assert.equal(await refAt(`?ref=${referral_code}.`), referral_code);
    assert.equal(await refAt(""), referral_code);
    assert.equal(await refAt("?ref=producthunt"), referral_code);
    assert.equal(await refAt(`?ref=${referral_code.slice(0, -2)}AA`), referral_code);
    const { page } = await visit(bob, url);
    await join(page, "Bob Hope", "bob-returns@example.com");
    await page.locator("[data-link]").waitFor();
    const query = `/participants?campaign_id=${campaign.id}&email=bob-returns@example.com`;
    const { participants } = await api.get<{ participants: { invited_by: number }[] }>(query);
    assert.equal(participants[0]?.invited_by, id);
    await bob.close();
  });

  for (const [template, look] of pairs(TEMPLATES, Object.keys(looks) as (keyof typeof looks)[]))
    it(`template ${template} is readable, fits every screen, and keeps its policy, in the style ${look}`, async () => {
      const { url } = await hosted(template, look);
      const { page, problems } = await visit(await person(), url);
      await page.locator("[data-panel][data-ready]").waitFor();
      await axe(page);
      await noSidewaysScroll(page);
      await shoot(page, `hosted-${template}-${look}`, { fullPage: true });
      await page.setViewportSize({ width: 390, height: 844 });
      await shoot(page, `hosted-${template}-${look}-phone`, { fullPage: true });
      assert.deepEqual(problems, []);
      await page.context().close();
    });

  it("keep space between the lines of an Arabic title, and show an owner's English from left to right", async () => {
    const { url, campaign } = await hosted(1);
    const own = { header_description: "Roasted on Tuesdays." };
    await world.product.api.put(`/campaigns/${campaign.id}/widget`, { language: "ar" });
    for (const template_id of TEMPLATES) {
      await world.product.api.put(`/campaigns/${campaign.id}/lander`, { template_id, ...own });
      const { page } = await visit(await person(), url);
      const seen = await page.evaluate(() => {
        const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
        const { lineHeight, fontSize, textAlign } = styleOf(".title");
        const lede = document.createTreeWalker(document.querySelector(".lede") as Element, NodeFilter.SHOW_TEXT);
        const text = lede.nextNode() as Text;
        const left = (at: number) => {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          return range.getBoundingClientRect().left;
        };
        return {
          hasRoom: Number.parseFloat(lineHeight) >= 1.25 * Number.parseFloat(fontSize),
          // With `start`, the title would be on the side of its own language.
          isInLine: styleOf(".invitation").textAlign === textAlign && textAlign !== "start",
          endsRight: left(text.length - 1) > left(0),
        };
      });
      assert.deepEqual({ template_id, ...seen }, { template_id, hasRoom: true, isInLine: true, endsRight: true });
      await page.context().close();
    }
  });

  /** Everything cut off by the panel's card: the edges of its body and its contents. */
  const cutOff = (page: Page) =>
    page.evaluate(() => {
      const card = document.querySelector(".panel-card")?.getBoundingClientRect();
      const inside = [...document.querySelectorAll(".panel-body, .panel-body :not(.panel-sr)")].filter(
        (element) => element.checkVisibility() && !element.closest(".trap"),
      );
      return inside.flatMap((element) => {
        const { top, left, right, bottom } = element.getBoundingClientRect();
        const isInside = card && top >= card.top && left >= card.left && right <= card.right && bottom <= card.bottom;
        return isInside ? [] : [element.className];
      });
    });

  for (const [template, look] of pairs(TEMPLATES, WIDGET_LOOKS))
    it(`show a ${look} widget completely in template ${template}, on desktops and phones`, async () => {
      const { url, campaign } = await hosted(template);
      const template_id = WIDGET_LOOKS.indexOf(look) + 1;
      await world.product.api.put(`/campaigns/${campaign.id}/widget`, { template_id });
      const { page } = await visit(await person(), url);
      await page.locator(`.look-${look}[data-ready]`).waitFor();
      for (const width of [1280, 768, 390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        await shoot(page, `hosted-${template}-widget-${look}-${width}`, { fullPage: true });
        assert.deepEqual(await cutOff(page), [], `${width} pixels`);
      }
      await page.context().close();
    });

  it("a brand's page is readable and fits every screen", async () => {
    const { brand } = await hosted(1, "light");
    const { page, problems } = await visit(await person(), brand);
    await axe(page);
    await noSidewaysScroll(page);
    await page.getByRole("link", { name: "Bring a friend" }).click();
    await page.locator("[data-panel][data-ready]").waitFor();
    assert.deepEqual(problems, []);
  });

  it("a missing page shows that it is missing", async () => {
    const { page } = await visit(await person({ locale: "de-DE" }), `${world.product.url}/p/nobody`);
    await page.getByRole("heading", { name: "Seite nicht gefunden" }).waitFor();
    await axe(page);
    await noSidewaysScroll(page);
  });

  it("long words and maximum-length settings do not break the layout", async () => {
    const long = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(3);
    for (const template of TEMPLATES) {
      const { campaign, url } = await hosted(template);
      const lander = {
        header_title: long,
        header_description: long,
        footer_title: long,
        footer_description: long,
        button_text: long,
      };
      await world.product.api.put(`/campaigns/${campaign.id}/lander`, lander);
      const { page } = await visit(await person(), url);
      await noSidewaysScroll(page);
      await page.context().close();
    }
  });

  it("right-to-left pages fit, too", async () => {
    for (const template of TEMPLATES) {
      const { campaign, url } = await hosted(template);
      await world.product.api.put(`/campaigns/${campaign.id}/widget`, { language: "ar" });
      const { page } = await visit(await person(), url);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), "rtl");
      await axe(page);
      await noSidewaysScroll(page);
      await page.context().close();
    }
  });

  it(`a page needs one request, and weighs at most ${PAGE_MAX_KB} kB without its images`, async () => {
    for (const template of TEMPLATES) {
      const { url } = await hosted(template);
      const context = await person();
      const bodies = new Map<string, number>();
      const page = await context.newPage();
      page.on("response", async (response) => {
        const path = new URL(response.url()).pathname;
        if (!/^image\//.test(response.headers()["content-type"] ?? "")) bodies.set(path, 0);
      });
      await page.goto(url);
      await page.locator("[data-panel][data-ready]").waitFor();
      for (const path of bodies.keys()) {
        const answer = await fetch(new URL(path, url), { method: path.startsWith("/api") ? "POST" : "GET" });
        bodies.set(path, gzipSync(Buffer.from(await answer.arrayBuffer())).byteLength);
      }
      const kb = [...bodies.values()].reduce((sum, size) => sum + size, 0) / 1000;
      assert.ok(kb <= PAGE_MAX_KB, `${kb} kB: ${JSON.stringify([...bodies])}`);
      assert.deepEqual(
        [...bodies.keys()].filter((path) => !path.startsWith("/api")).sort(),
        ["/frame.js", new URL(url).pathname].sort(),
      );
      await context.close();
    }
  });

  it("work by keyboard: from the first Tab to the link", async () => {
    const { url } = await hosted(3);
    const { page } = await visit(await person(), url);
    await page.locator("[data-panel][data-ready]").waitFor();
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.className);
    for (let i = 0; i < 10 && (await focused()) !== "name"; i++) await page.keyboard.press("Tab");
    await page.keyboard.type("Ada Lovelace");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "email");
    await page.keyboard.type("ada@example.com");
    // A form that is sent at once counts as a program's.
    await page.waitForTimeout(1_600);
    await page.keyboard.press("Enter");
    await page.locator('[data-panel][data-step="share"]').waitFor();
    assert.match(await page.locator("[data-step-of=share] input").first().inputValue(), /\/t\//);
    await axe(page);
    await noSidewaysScroll(page);
    await shoot(page, "hosted-3-share", { fullPage: true });
  });

  for (const javaScriptEnabled of [true, false])
    it(`complete the loop ${javaScriptEnabled ? "with" : "without"} JavaScript: a friend comes by the link and is credited`, async () => {
      const { campaign, url } = await hosted(2, "default", { reward_invited: true });
      const link = await joined(await person({ javaScriptEnabled }), url, "ada@example.com");
      assert.match(link, /\/t\//);
      const friend = await person({ javaScriptEnabled });
      const page = await friend.newPage();
      await page.goto(link);
      assert.equal(page.url().split("?")[0], url);
      await joined(friend, page.url(), "bob@example.com");
      const { participants } = await world.product.api.get<{ participants: Person[] }>(
        `/participants?campaign_id=${campaign.id}`,
      );
      const [bob, ada] = participants;
      assert.equal(bob?.invited_by, ada?.id);
      assert.equal(ada?.referral_count, 1);
    });

  /** Signs a person up on the page. @returns their link */
  async function joined(who: BrowserContext, url: string, email: string) {
    const { page } = await visit(who, url);
    await page.locator("input[name=name]").fill("Somebody");
    await page.locator("input[name=email]").fill(email);
    await page.waitForTimeout(1_600);
    await page.locator(".panel-form button").click();
    await page.locator('[data-panel][data-step="share"]').waitFor();
    return page.locator("[data-step-of=share] input").first().inputValue();
  }
});

type Person = { id: number; invited_by: number | null; referral_count: number };
