import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { signIn, WAYS, type Way } from "./support/member.ts";
import { joined, joinedWithFriends } from "./support/people.ts";
import { axe, noSidewaysScroll, openWorld, shoot, type World } from "./support/world.ts";

type Contest = { end_date: string; drawn_at: string | null; winners: { participant_id: number; entries: number }[] };

const MINUTE_MS = 60_000;
const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16);

describe("a contest in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  const campaigns = new Map<Way, number>();
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  for (const way of WAYS)
    it(`is created, monitored, changed, and ended, by ${way}`, async () => {
      const { id } = await world.newCampaign({ name: `Giveaway by ${way}`, coupons: [] });
      campaigns.set(way, id);
      const { api } = world.product;
      const { page, person, ...desk } = await signIn(world, way, `/campaigns/${id}/contest`);
      await desk.fill(page.getByLabel("Name"), "Summer giveaway");
      await desk.fill(page.getByLabel("Prize"), "A bicycle");
      await desk.setTime(page.getByLabel("Starts (UTC)"), minute(Date.now() - 60 * MINUTE_MS));
      await desk.setTime(page.getByLabel("Ends (UTC)"), minute(Date.now() - 120 * MINUTE_MS));
      await desk.fill(page.getByLabel("Winners", { exact: true }), "2");
      await desk.press(page.getByRole("button", { name: "Create contest" }));
      await page.getByText("must be after").first().waitFor();
      assert.equal(await page.getByLabel("Prize").inputValue(), "A bicycle");
      await desk.setTime(page.getByLabel("Ends (UTC)"), minute(Date.now() + 60 * MINUTE_MS));
      await desk.press(page.getByRole("button", { name: "Create contest" }));
      await page.getByText("Saved.").waitFor();
      await page.getByText("Running", { exact: true }).waitFor();
      assert.equal(await page.getByLabel("Starts (UTC)").count(), 0);

      const best = await joinedWithFriends(api, id, `Best ${way}`, 2);
      const second = await joinedWithFriends(api, id, `Second ${way}`, 1);
      await joined(api, id, `Alone ${way}`);
      await desk.goTo(`/campaigns/${id}/contest`);
      const standings = await page.getByLabel("Most entries so far").locator("tbody tr").allTextContents();
      assert.deepEqual(
        standings.map((row) => row.replace(/\s+/g, "")),
        [best, second].map(({ name, email }, i) => `${name.replace(" ", "")}${email}${3 - i}`),
      );
      await shoot(page, `giveaway-running-${way}`, { fullPage: true });
      const sooner = minute(Date.now() + 30 * MINUTE_MS);
      await desk.setTime(page.getByLabel("Ends (UTC)"), sooner);
      await desk.press(page.getByRole("button", { name: "Save", exact: true }));
      await page.getByText("Saved.").waitFor();
      const { end_date } = await api.get<Contest>(`/campaigns/${id}/contest`);
      assert.equal(end_date.slice(0, 16), sooner);
      await api.put(`/campaigns/${id}/contest`, { end_date: new Date().toISOString() });
      await person.close();
    });

  for (const way of WAYS)
    it(`shows the same winners as the API, with links to each and to the proof, by ${way}`, async () => {
      const id = campaigns.get(way);
      const drawn = async () => world.product.api.get<Contest>(`/campaigns/${id}/contest`);
      let contest = await drawn();
      while (!contest.drawn_at) {
        await setTimeout(200);
        contest = await drawn();
      }
      const { page, person, ...desk } = await signIn(world, way, `/campaigns/${id}/contest`);
      assert.deepEqual(await page.locator(".stat").allTextContents(), ["Entrants6", "Entries9", "Winners2"]);
      const rows = page.getByLabel("Winners", { exact: true }).locator("tbody tr");
      const shown = await rows.evaluateAll((all) =>
        all.map((row) => ({
          participant_id: Number(row.querySelector("a")?.getAttribute("href")?.split("/").at(-1)),
          entries: Number(row.querySelectorAll("td")[2]?.textContent),
        })),
      );
      assert.deepEqual(
        shown,
        contest.winners.map(({ participant_id, entries }) => ({ participant_id, entries })),
      );
      if (way !== "plain") {
        await axe(page);
        await noSidewaysScroll(page);
      }
      await shoot(page, `giveaway-drawn-${way}`, { fullPage: true });
      await desk.press(page.getByRole("link", { name: "Open page" }));
      await page.waitForURL(`**/contest/${id}`);
      if (way !== "plain") await page.getByText("It matches").waitFor();
      await desk.goTo(`/campaigns/${id}/contest`);
      await desk.press(page.locator("summary", { hasText: "Remove contest" }));
      await desk.press(page.locator("details[open] button[type=submit]"));
      await page.getByText("Deleted.").waitFor();
      await assert.rejects(drawn(), /404/);
      await person.close();
    });
});
