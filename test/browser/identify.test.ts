import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { openWorld, shoot, visit, type World } from "./support/world.ts";

type Identity = { external_id: string; email: string; name: string; hash: string };
type Referrals = {
  q: { push(call: unknown[]): void };
  referrer(campaign?: number): string;
  mount(place: string, settings: object): Element;
  destroy(place?: string): void;
  join(person?: object): void;
  consent(): void;
};
declare const referrals: Referrals;

describe("the page's API", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const inFrame = (page: Page) => page.frameLocator("iframe");
  const link = (page: Page) => inFrame(page).locator("[data-link]");
  const seenLink = async (page: Page) => {
    await inFrame(page).locator("[data-step=share]").waitFor();
    return link(page).inputValue();
  };

  async function campaignWithSecret() {
    const { id } = await world.newCampaign({ reward_type: 3, coupons: [] });
    const { secret } = await world.product.api.post<{ secret: string }>(`/campaigns/${id}/identity-secret`, {});
    const identity = (email = `grace-${randomUUID().slice(0, 6)}@example.com`): Identity => {
      const time = Math.floor(Date.now() / 1000);
      const mac = createHmac("sha256", secret).update([id, time, "crm-7", email].join("\n")).digest("hex");
      return { external_id: "crm-7", email, name: "Grace", hash: `${time}.${mac}` };
    };
    return { id, identity };
  }
  const script = (id: number, more = "") =>
    `<script src="${world.product.url}/widget.js?campaign=${id}" ${more}></script>`;
  const early = (...calls: unknown[][]) =>
    `<script>window.told = []; window.referrals = { q: [["on", "signup", (e) => told.push(e.share_url)]] };
     referrals.q.push(...${JSON.stringify(calls)});</script>`;

  it("shows signed-in customers their own link without typing, and stores nobody", async () => {
    const { id, identity } = await campaignWithSecret();
    const grace = identity();
    const body = `${early(["identify", grace])}${script(id, 'data-mode="embed"')}`;
    const person = await world.browser.person();
    const { page, problems } = await visit(person, world.host.page("/signed", { body }));
    const url = await seenLink(page);
    assert.match(url, new RegExp(`^${world.product.url}/t/`));
    await page.waitForFunction(() => (window as unknown as { told: string[] }).told.length > 0);
    await shoot(page, "identify-share");
    await page.reload();
    assert.equal(await seenLink(page), url);
    assert.deepEqual(await page.evaluate(() => (window as unknown as { told: string[] }).told), []);
    const { participants } = await world.product.api.get<{ participants: { email: string; external_id: string }[] }>(
      `/participants?campaign_id=${id}`,
    );
    assert.deepEqual(
      participants.map(({ email, external_id }) => [email, external_id]),
      [[grace.email, "crm-7"]],
    );

    // The customer signs out at the host's site: the next page has no identity.
    await page.goto(world.host.page("/signed-out", { body: script(id, 'data-mode="embed"') }));
    await inFrame(page).locator("[data-ready][data-step=form]").waitFor();
    assert.deepEqual(problems, []);

    // A wrong hash: the plain form, and a warning.
    const forged = { ...grace, email: "victim@example.com" };
    await page.goto(
      world.host.page("/forged", { body: `${early(["identify", forged])}${script(id, 'data-mode="embed"')}` }),
    );
    await page.waitForEvent("console", (message) => /identify\(\) was refused: bad_identity/.test(message.text()));
    await inFrame(page).locator("[data-ready][data-step=form]").waitFor();
    await person.close();
  });

  it("sends and opens nothing before the visitor's consent", async () => {
    const { id, identity } = await campaignWithSecret();
    const body = `${early(["identify", identity()])}${script(id, 'data-mode="embed" data-consent')}`;
    const person = await world.browser.person();
    const asked: string[] = [];
    person.on("request", (request) => void asked.push(new URL(request.url()).pathname));
    const { page } = await visit(person, world.host.page("/consent", { body }));
    await inFrame(page).locator("[data-ready][data-step=form]").waitFor();
    const email = inFrame(page).locator("input[name=email]");
    await page.waitForFunction(() => true);
    assert.match(await email.inputValue(), /grace/);
    assert.ok(!asked.includes("/api/widget/identify"));
    await page.evaluate(() => referrals.consent());
    await seenLink(page);
    assert.ok(asked.includes("/api/widget/identify"));
    await person.close();
  });

  it("mounts, destroys, joins, and returns the code that brought the visitor", async () => {
    const { id } = await campaignWithSecret();
    const ada = await world.product.api.post<{ id: number; referral_code: string }>("/signups", {
      campaign_id: id,
      email: `ada-${randomUUID()}@example.com`,
      name: "Ada",
    });
    const body = `<div id="place"></div><script src="${world.product.url}/widget.js"></script>`;
    const person = await world.browser.person();
    const url = world.host.page("/api", { body });
    const { page, problems } = await visit(person, `${url}?ref=${ada.referral_code}`);
    assert.equal(await page.evaluate(() => referrals.referrer()), "");
    for (const _ of [1, 2]) {
      await page.evaluate((campaign) => void referrals.mount("#place", { campaign, mode: "embed" }), id);
      await inFrame(page).locator("[data-ready]").waitFor();
      assert.equal(await page.locator("iframe").count(), 1);
      assert.equal(await page.evaluate((campaign) => referrals.referrer(campaign), id), ada.referral_code);
      await page.evaluate(() => referrals.destroy("#place"));
      await page.waitForFunction(() => !document.querySelector("referrals-widget"));
    }
    await page.evaluate((campaign) => void referrals.mount("#place", { campaign, mode: "embed" }), id);
    const email = `linus-${randomUUID()}@example.com`;
    await page.evaluate((email) => referrals.join({ email, name: "Linus" }), email);
    await seenLink(page);
    const { participants } = await world.product.api.get<{ participants: { email: string; invited_by: number }[] }>(
      `/participants?campaign_id=${id}&email=${encodeURIComponent(email)}`,
    );
    assert.deepEqual(
      participants.map(({ invited_by }) => invited_by),
      [ada.id],
    );

    // A script's widget does not reappear either.
    await page.goto(world.host.page("/script", { body: script(id, 'data-mode="embed"') }));
    await inFrame(page).locator("[data-ready]").waitFor();
    await page.evaluate(() => referrals.destroy());
    await page.evaluate(() => document.body.append(document.createElement("p")));
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    assert.equal(await page.locator("iframe").count(), 0);
    assert.deepEqual(problems, []);
    await person.close();
  });
});
