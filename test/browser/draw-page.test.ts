import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Page, Route } from "playwright-core";
import { proof as arabic } from "../../src/texts/ar/proof.ts";
import { axe, noSidewaysScroll, openWorld, shoot, visit, type World } from "./support/world.ts";

const DAY_MS = 86_400_000;

describe("the page of a contest's draw", { timeout: 3_600_000 }, () => {
  let world: World;
  let url: string;
  before(async () => {
    world = await openWorld();
    const { api, newCampaign } = world.product;
    const { id } = await newCampaign({ coupons: [] });
    const contest = `/campaigns/${id}/contest`;
    await api.put(contest, {
      contest_name: "Summer giveaway",
      start_date: new Date(Date.now() - DAY_MS).toISOString(),
      end_date: new Date(Date.now() + DAY_MS).toISOString(),
      max_winners: 3,
    });
    for (let n = 0; n < 8; n++)
      await api.post("/signups", { campaign_id: id, email: `person-${n}@example.com`, name: `Person ${n}` });
    await api.put(contest, { end_date: new Date().toISOString() });
    url = `${world.product.url}/contest/${id}`;
    while (!(await api.get<{ drawn_at: string | null }>(contest)).drawn_at) await setTimeout(200);
  });
  after(() => world.close());

  const verdictOf = async (page: Page) => {
    // The text of a draw in progress ends with dots in every language.
    const verdict = page.locator("[data-verdict]:not(:has-text('…'))");
    await verdict.waitFor();
    return (await verdict.textContent()) ?? "";
  };

  it("repeats the draw in the visitor's browser, shows each step, and finds the same winners", async () => {
    const { page, problems } = await visit(await world.browser.person(), url);
    assert.match(await verdictOf(page), /It matches/);
    assert.equal(await page.locator("[data-steps] li").count(), 5 + 3 + 3 + 1);
    assert.equal(await page.locator("[data-steps] .bad").count(), 0);
    await axe(page);
    await noSidewaysScroll(page);
    await shoot(page, "contest-draw", { fullPage: true });
    assert.deepEqual(problems, []);
  });

  const changes: [string, (list: string) => string][] = [
    ["an extra entry", (list) => list.replace(/:(\d+)\n/, (_, n) => `:${Number(n) + 1}\n`)],
    ["one entrant less", (list) => list.split("\n").slice(1).join("\n")],
    ["one entrant more", (list) => `${list}999999999:1\n`],
    ["no entrants", () => ""],
  ];
  for (const [name, change] of changes)
    it(`reports a mismatch for a list with ${name}`, async () => {
      const person = await world.browser.person();
      await person.route("**/api/v1/contests/*/entrants?number=*", async (route: Route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: change(await answer.text()) });
      });
      const { page } = await visit(person, url);
      assert.match(await verdictOf(page), /does not match/);
      assert.ok((await page.locator("[data-steps] .bad").count()) > 0);
    });

  it("reports that nothing was checked if no list is available", async () => {
    const person = await world.browser.person();
    await person.route("**/api/v1/contests/*/entrants?number=*", (route: Route) => route.abort());
    const { page } = await visit(person, url);
    assert.match(await verdictOf(page), /nothing was checked/);
  });

  it("leads to the list of the brand's draws, which reads well in every language", async () => {
    const { page } = await visit(await world.browser.person(), url);
    await page.getByRole("link", { name: /^Past draws by/ }).click();
    await page.getByRole("link", { name: "Summer giveaway" }).waitFor();
    const draws = page.url();
    for (const locale of ["en", "de", "fr", "es", "pt"]) {
      const { page: listed, problems } = await visit(await world.browser.person({ locale }), draws);
      await axe(listed);
      await noSidewaysScroll(listed);
      await shoot(listed, `draws-${locale}`, { fullPage: true });
      assert.deepEqual(problems, []);
    }
  });

  it("is in Arabic from right to left, including its script's text", async () => {
    const { page, problems } = await visit(await world.browser.person({ locale: "ar" }), url);
    assert.equal(await verdictOf(page), arabic().proof_matches_notes);
    assert.match((await page.locator("[data-steps]").textContent()) ?? "", new RegExp(arabic().check_seed));
    await axe(page);
    await noSidewaysScroll(page);
    await shoot(page, "contest-arabic", { fullPage: true });
    assert.deepEqual(problems, []);
  });

  it("notes, once the contest was removed, that it was", async () => {
    const { page } = await visit(await world.browser.person(), url);
    await verdictOf(page);
    await world.product.api.delete(`/campaigns/${url.split("/").at(-1)}/contest`);
    await page.reload();
    assert.match(await verdictOf(page), /It matches.*read the notes/);
    assert.match((await page.locator("[data-steps]").textContent()) ?? "", /The organizer removed this contest/);
    await axe(page);
    await shoot(page, "contest-removed", { fullPage: true });
  });

  it("shows everything without scripts, and claims no check", async () => {
    const { page } = await visit(await world.browser.person({ javaScriptEnabled: false }), url);
    assert.equal(await page.getByRole("list", { name: "Winners" }).getByRole("listitem").count(), 3);
    assert.equal(await page.locator("[data-verify]").isVisible(), false);
    assert.match((await page.locator("main").textContent()) ?? "", /Commitment/);
  });
});
