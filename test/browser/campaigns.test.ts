import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { send, unexpected, visited } from "./support/editor.ts";
import { type Desk, signIn, tabTo, WAYS, type Way } from "./support/member.ts";
import type { Campaign } from "./support/product.ts";
import { snippet } from "./support/widget.ts";
import { axe, openWorld, shoot, visit, type World } from "./support/world.ts";

const KINDS = { mouse: "Refer a friend", keyboard: "Waitlist", plain: "Giveaway" } as const;
const TYPES = { mouse: 1, keyboard: 2, plain: 3 };
const PLATFORMS = ["Plain HTML", "WordPress", "Shopify", "Webflow", "React", "Google Tag Manager"];
/** A normal user agent: a headless one would count as a program. */
const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
/** Counts appear after a moment. */
const LOOKS_MAX = 600;
/** A port without a listener. */
const DOWN = "http://localhost:9/";
const UNREACHED = "The website could not be reached.";

type Made = Campaign & { publish: string; num_signups: number; type_id: number; widget: Record<string, unknown> };
type Stats = Record<`total_${"participants" | "referrals" | "clicks" | "impressions" | "rewards_given"}`, number>;

describe("a campaign in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld({ hasClipboard: true });
  });
  after(() => world.close());

  /** One of the descriptions, by its start. */
  async function pickOne({ page, press }: Desk, way: Way, words: string) {
    const wanted = page.getByRole("radio", { name: new RegExp(`^${words}`) });
    if (way !== "keyboard") await press(wanted);
    else {
      await tabTo(page, page.locator(".wizard-kinds input:checked"));
      for (let n = 0; n < 3 && !(await wanted.isChecked()); n++) await page.keyboard.press("ArrowDown");
    }
    assert.ok(await wanted.isChecked());
  }

  for (const way of WAYS) {
    it(`is created step by step, back and forth, without losing input, by ${way}`, async () => {
      const brand = `wizard-${way}.example.com`;
      const desk = await signIn(world, way, "/campaigns/new");
      const { page, fill, choose, pick, press } = desk;
      const shown = page.frameLocator('iframe[title="Preview of the widget"]');
      const seen = async (words: string) => {
        if (way === "plain") await press(page.getByRole("button", { name: "Refresh preview" }));
        await shown.getByText(words).first().waitFor();
      };
      const brands = page.getByLabel("Brand");
      await pickOne(desk, way, KINDS[way]);
      if ((await brands.count()) > 0) await choose(brands, "Another website…");
      await fill(page.getByLabel(/website$/i), brand);
      await shoot(page, `wizard-1-${way}`);
      await send(desk, "Continue");
      await fill(page.getByLabel("How many friends?"), "2");
      await pick(page.getByRole("group", { name: "Reward type" }), "Message");
      await fill(page.getByLabel("Message text"), "A tin of beans is yours.");
      await seen("A tin of beans is yours.");
      await shoot(page, `wizard-2-${way}`);
      await send(desk, "Continue");
      await fill(page.getByLabel("Title", { exact: true }), `Beans for two, ${way}`);
      await seen(`Beans for two, ${way}`);
      await shoot(page, `wizard-3-${way}`);
      await send(desk, "Continue");
      await fill(page.getByLabel("Name"), `Beans ${way}`);
      await pickOne(desk, way, "Public");
      await shoot(page, `wizard-4-${way}`);

      for (let step = 4; step > 1; step--) await send(desk, "Back");
      assert.ok(await page.getByRole("radio", { name: new RegExp(`^${KINDS[way]}`) }).isChecked());
      assert.equal(await page.getByLabel(/website$/i).inputValue(), brand);
      await send(desk, "Continue");
      assert.equal(await page.getByLabel("How many friends?").inputValue(), "2");
      assert.equal(await page.getByLabel("Message text").inputValue(), "A tin of beans is yours.");
      await send(desk, "Continue");
      assert.equal(await page.getByLabel("Title", { exact: true }).inputValue(), `Beans for two, ${way}`);
      await send(desk, "Continue");
      assert.equal(await page.getByLabel("Name").inputValue(), `Beans ${way}`);
      assert.ok(await page.getByRole("radio", { name: /^Public/ }).isChecked());
      await send(desk, "Go live");
      await page.waitForURL(/\/campaigns\/\d+\/install/);
      await page.getByText("Campaign created.").waitFor();

      const id = Number(/campaigns\/(\d+)/.exec(page.url())?.[1]);
      const made = await world.product.api.get<Made>(`/campaigns/${id}`);
      assert.deepEqual(
        [made.name, made.publish, made.num_signups, made.type_id, made.widget.header_title],
        [`Beans ${way}`, "public", 2, TYPES[way], `Beans for two, ${way}`],
      );
      const path = `/p/${brand.replaceAll(".", "-")}/campaign/${id}`;
      const words = await visited(world, path, (one) => one.locator("body").textContent());
      assert.match(String(words), new RegExp(`Beans for two, ${way}`));
      assert.deepEqual(desk.problems, []);
      await desk.person.close();
    });

    it(`is installed on a site and found there, by ${way}`, async () => {
      const campaign = await world.newCampaign();
      const desk = await signIn(world, way, `/campaigns/${campaign.id}/install`, {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const { page, fill, press } = desk;
      const code = page.locator(".install-snippet code");
      for (const platform of PLATFORMS) {
        const link = page.getByRole("link", { name: platform, exact: true });
        await Promise.all([page.waitForEvent("load"), press(link)]);
        assert.equal(await link.getAttribute("aria-current"), "page");
        const pasted = String(await code.textContent());
        assert.match(pasted, /\/widget\.js\b/);
        assert.match(pasted, new RegExp(`\\bcampaign="?${campaign.id}\\b`));
        const copy = page.getByRole("button", { name: "Copy snippet" });
        if (way === "plain") assert.equal(await copy.count(), 0);
        else {
          await Promise.all([page.getByRole("button", { name: "Copied" }).waitFor(), press(copy)]);
          assert.equal(await page.evaluate(() => navigator.clipboard.readText()), pasted);
        }
      }
      await shoot(page, `install-${way}`, { fullPage: true });

      const { host, product } = world;
      for (const [url, told] of [
        [host.page(`/with-${way}`, { body: snippet(product.url, campaign.id) }), "The widget is on the page."],
        [host.page(`/without-${way}`, { body: "<h1>Shop</h1>" }), "The snippet is not on the page"],
        [`${host.origin}/missing-${way}`, "The website returned 404."],
        [DOWN, UNREACHED],
      ] as const) {
        // The product waits at most five seconds for a page: on a busy machine, try again.
        do {
          await fill(page.getByLabel("Page with the widget"), url);
          await send(desk, "Check my page");
        } while (url !== DOWN && (await page.getByText(UNREACHED).isVisible()));
        await page.getByText(told).waitFor();
      }
      if (way === "keyboard") await axe(page);
      await shoot(page, `install-down-${way}`, { fullPage: true });
      assert.deepEqual(unexpected(desk.problems), []);
      await desk.person.close();
    });

    it(`shows its numbers, becomes private, and is deleted, by ${way}`, async () => {
      const { product } = world;
      const campaign = await world.newCampaign({
        reward_invited: true,
        landing_url: world.host.page("/landing", { body: "<h1>Shop</h1>" }),
      });
      const { api } = product;
      const ada = await api.post<{ id: number; referral_code: string; share_url: string }>("/signups", {
        campaign_id: campaign.id,
        email: "ada@example.com",
        name: "Ada Lovelace",
      });
      await api.post("/signups/referral", {
        referral_code: ada.referral_code,
        email: "grace@example.com",
        name: "Grace Hopper",
      });
      const stats = () => api.get<Stats>(`/campaigns/${campaign.id}/stats`);
      const friend = await world.browser.person({ userAgent: CHROME });
      await visit(friend, ada.share_url);
      await friend.close();
      await fetch(`${product.url}/api/widget/impression`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ campaign_id: campaign.id }),
      });
      for (let looks = 0; looks < LOOKS_MAX; looks++) {
        const { total_clicks, total_impressions } = await stats();
        if (total_clicks === 1 && total_impressions === 1) break;
        await setTimeout(50);
      }

      const desk = await signIn(world, way, `/campaigns/${campaign.id}`);
      const { page, press, choose } = desk;
      const now = await stats();
      const step = async (label: string) => {
        const row = page.locator(".bars li", { has: page.locator("b", { hasText: new RegExp(`^${label}$`) }) });
        return Number.parseInt(String(await row.locator(".bars-value").textContent()), 10);
      };
      assert.deepEqual(
        [
          await step("Participants"),
          await step("Sharers"),
          await step("Referred a visitor"),
          await step("Referrers"),
          await step("Rewarded"),
        ],
        [2, 1, 1, 1, 1],
      );
      assert.deepEqual(
        [now.total_impressions, now.total_clicks, now.total_participants, now.total_referrals, now.total_rewards_given],
        [1, 1, 2, 1, 2],
      );
      const first = page.getByRole("region", { name: "Top referrers" }).locator("tbody tr").first();
      assert.match(String(await first.textContent()), /Ada Lovelace\s*1/);
      for (const told of [
        "Ada Lovelace joined",
        "Grace Hopper joined through a friend",
        "Ada Lovelace received a reward",
      ])
        await page.locator(".happenings li", { hasText: told }).first().waitFor();
      if (way === "keyboard") await axe(page);
      await shoot(page, `campaign-${way}`, { fullPage: true });

      await Promise.all([page.waitForURL("**/settings"), press(page.getByRole("link", { name: "Settings" }))]);
      await choose(page.locator("[name=publish]"), "Private: the widget on your own website");
      await send(desk, "Save");
      await page.getByText("Saved.").waitFor();
      assert.equal((await api.get<Made>(`/campaigns/${campaign.id}`)).publish, "private");
      await shoot(page, `campaign-settings-${way}`, { fullPage: true });
      await press(page.locator("summary", { hasText: "Delete" }));
      await send(desk, "Yes, delete");
      await page.getByText("Deleted.").waitFor();
      await assert.rejects(api.get(`/campaigns/${campaign.id}`), /404/);
      assert.deepEqual(unexpected(desk.problems), []);
      await desk.person.close();
    });
  }
});
