import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { join, linkIn, MODES, openWidget, snippet } from "./support/widget.ts";
import { openWorld, shoot, visit, type World } from "./support/world.ts";

type Participant = { id: number; invited_by: number | null };

describe("the loop between two people, on a customer's website", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld({ hasClipboard: true });
  });
  after(() => world.close());

  /** A campaign whose links lead to a page of the host with its widget on it. */
  async function campaignOnHost(attributes: string) {
    const { host, newCampaign, product } = world;
    const path = `/shop-${Math.random().toString(36).slice(2)}`;
    const campaign = await newCampaign({ landing_url: `${host.origin}${path}`, reward_invited: true });
    const body = `<h1>Shop</h1><div id="referrals-widget"></div>${snippet(product.url, campaign.id, attributes)}`;
    return { campaign, url: host.page(path, { body }) };
  }

  async function participant(campaign: number, email: string) {
    const query = `campaign_id=${campaign}&email=${encodeURIComponent(email)}`;
    const { participants } = await world.product.api.get<{ participants: Participant[] }>(`/participants?${query}`);
    const [found] = participants;
    assert.ok(found, `${email} is in`);
    return found;
  }

  for (const mode of MODES)
    it(`works as ${mode}: the link is copied, the friend attributed, and both coupons appear without a reload`, async () => {
      const { campaign, url } = await campaignOnHost(`data-mode="${mode}" async`);
      const ada = await world.browser.person({ permissions: ["clipboard-read", "clipboard-write"] });
      const adas = await visit(ada, url);
      const adasFrame = await openWidget(adas.page, mode);
      await join(adasFrame, "Ada Lovelace", "ada@example.com");
      const link = await linkIn(adasFrame);
      await adasFrame.locator("[data-copy]").click();
      await shoot(adas.page, `loop-${mode}-share`);
      assert.equal(await adasFrame.locator("[data-number=referral_count]").textContent(), "0");

      const bob = await world.browser.person();
      const bobs = await visit(bob, link);
      assert.ok(bobs.page.url().startsWith(`${url}?ref=`), bobs.page.url());
      const bobsFrame = await openWidget(bobs.page, mode);
      await join(bobsFrame, "Bob Hope", "bob@example.com");
      await bobsFrame.getByText("COFFEE-").waitFor();
      await shoot(bobs.page, `loop-${mode}-friend`);

      await adasFrame.getByText("COFFEE-").waitFor();
      assert.equal(await adasFrame.locator("[data-number=referral_count]").textContent(), "1");
      await shoot(adas.page, `loop-${mode}-reward`);
      const coupons = await Promise.all(
        [adasFrame, bobsFrame].map((f) => f.locator("[data-reward=code]").textContent()),
      );
      assert.equal(new Set(coupons).size, 2);
      const inviter = await participant(campaign.id, "ada@example.com");
      assert.equal((await participant(campaign.id, "bob@example.com")).invited_by, inviter.id);
      assert.equal(await adas.page.evaluate(() => navigator.clipboard.readText()), link);
      assert.deepEqual([...adas.problems, ...bobs.problems], []);
      await Promise.all([ada.close(), bob.close()]);
    });

  it("attributes a friend who returns tomorrow without the link, but not after 30 days", async () => {
    const { campaign, url } = await campaignOnHost('data-mode="embed" async');
    const ada = await world.product.api.post<{ id: number; share_url: string }>("/signups", {
      campaign_id: campaign.id,
      email: "ada@example.com",
      name: "Ada",
    });
    const bob = await world.browser.person();
    const first = await visit(bob, ada.share_url);
    await openWidget(first.page, "embed");
    await first.page.close();

    const later = async (days: number) => {
      const page = await bob.newPage();
      await page.addInitScript((ahead) => {
        const now = Date.now;
        if (top === window) Date.now = () => now() + ahead;
      }, days * 86_400_000);
      await page.goto(url);
      return page;
    };
    const late = await later(31);
    const address = await late.locator("iframe").getAttribute("src");
    assert.equal(new URL(address ?? "").searchParams.get("ref"), "");
    await late.close();

    const again = await visit(bob, ada.share_url);
    await openWidget(again.page, "embed");
    await again.page.close();
    const tomorrow = await later(1);
    const frame = await openWidget(tomorrow, "embed");
    await join(frame, "Bob", "bob@example.com");
    await linkIn(frame);
    assert.equal((await participant(campaign.id, "bob@example.com")).invited_by, ada.id);
    await bob.close();
  });

  it("keeps a participant's own state over a reload", async () => {
    const { url } = await campaignOnHost('data-mode="embed" async');
    const ada = await world.browser.person();
    const { page, problems } = await visit(ada, url);
    const frame = await openWidget(page, "embed");
    await join(frame, "Ada", "ada@example.com");
    const link = await linkIn(frame);
    await page.reload();
    assert.equal(await linkIn(page.frameLocator("iframe")), link);
    assert.deepEqual(problems, []);
    await ada.close();
  });

  it("works where storage is blocked", async () => {
    const { campaign, url } = await campaignOnHost('data-mode="embed" async');
    const ada = await world.product.api.post<{ id: number; share_url: string }>("/signups", {
      campaign_id: campaign.id,
      email: "ada@example.com",
      name: "Ada",
    });
    const bob = await world.browser.person();
    await bob.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("Access is denied.", "SecurityError");
          },
        });
    });
    const { page, problems } = await visit(bob, ada.share_url);
    assert.ok(page.url().startsWith(url));
    const frame = await openWidget(page, "embed");
    await join(frame, "Bob", "bob@example.com");
    await linkIn(frame);
    assert.equal((await participant(campaign.id, "bob@example.com")).invited_by, ada.id);
    assert.deepEqual(problems, []);
    await bob.close();
  });

  it("works without JavaScript: the frame's form is posted, and the link comes back", async () => {
    const { host, product, newCampaign } = world;
    const campaign = await newCampaign();
    const src = `${product.url}/widget/${campaign.id}/embed`;
    const url = host.page("/no-script", {
      body: `<noscript><iframe title="Invite" src="${src}" height="900"></iframe></noscript>`,
    });
    const ada = await world.browser.person({ javaScriptEnabled: false });
    const { page, problems } = await visit(ada, url);
    const frame = page.frameLocator("iframe");
    await frame.locator("input[name=name]").fill("Ada");
    // At human speed: a form that is filled in at once counts as a bot's.
    await frame.locator("input[name=email]").pressSequentially("ada@example.com", { delay: 200 });
    await frame.locator("form[data-step-of=form] button[type=submit]").click();
    await linkIn(frame);
    await shoot(page, "no-script");
    assert.ok(await participant(campaign.id, "ada@example.com"));
    assert.deepEqual(problems, []);
    await ada.close();
  });
});
