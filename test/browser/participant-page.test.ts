import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { downloaded } from "./support/csv.ts";
import { signIn, WAYS } from "./support/member.ts";
import { joined, type Person } from "./support/people.ts";
import { axe, noSidewaysScroll, openWorld, shoot, type World } from "./support/world.ts";

describe("a participant's page, and imported participants", { timeout: 3_600_000 }, () => {
  let world: World;
  const receiver = createServer((_, response) => response.writeHead(204).end());
  before(async () => {
    world = await openWorld();
    await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
    const { port } = receiver.address() as AddressInfo;
    await world.product.api.post("/webhooks", { link: `http://127.0.0.1:${port}/in` });
  });
  after(async () => {
    await world.close();
    receiver.closeAllConnections();
    receiver.close();
  });

  const people = (campaign: number) =>
    world.product.api.all<Person>(`/participants?campaign_id=${campaign}`, "participants");

  for (const way of WAYS) {
    it(`shows the API's data about a participant, who is then blocked, activated, and erased, by ${way}`, async () => {
      const { api, newCampaign } = world.product;
      const { id } = await newCampaign({ name: `Chain by ${way}` });
      const first = await joined(api, id, `First ${way}`);
      const middle = await joined(api, id, `Middle ${way}`, first);
      const last = await joined(api, id, `Last ${way}`, middle);
      await fetch(middle.share_url, { redirect: "manual", headers: { "User-Agent": "Mozilla/5.0 Chrome/153.0" } });
      // The link does not wait for its click to be counted.
      const clicks = async () => (await api.get<Person>(`/participants/${middle.id}`)).click_count;
      while ((await clicks()) === 0) await setTimeout(50);
      const { page, person, ...desk } = await signIn(world, way, `/campaigns/${id}/participants`);
      await desk.press(page.getByRole("link", { name: middle.name }));
      await page.waitForURL(`**/participants/${middle.id}`);

      const details = await api.get<{
        referral_count: number;
        click_count: number;
        share_count: number;
        rewards: { coupon: string }[];
      }>(`/participants/${middle.id}`);
      const numbers = await page.locator(".stat").allTextContents();
      assert.deepEqual(numbers.slice(0, 4), [
        `Referrals${details.referral_count}`,
        `Clicks${details.click_count}`,
        `Channels${details.share_count}`,
        `Rewards${details.rewards.length}`,
      ]);
      assert.deepEqual(await page.locator(".tree a").allTextContents(), [first.name, last.name]);
      const timeline = (await page.locator(".timeline li").allTextContents()).map((line) => line.replace(/\s+/g, " "));
      for (const what of ["Signed up", `Referred by ${first.name}`, `Referred ${last.name}`, "Earned a coupon reward"])
        assert.ok(
          timeline.some((line) => line.includes(what)),
          `${what} in ${timeline.join(" · ")}`,
        );
      const [reward] = details.rewards;
      await page
        .getByLabel("Rewards")
        .getByText(reward?.coupon ?? "no reward")
        .waitFor();
      await page.getByText("Direct link").or(page.getByText("direct")).first().waitFor();
      await page.locator(".sent a").first().waitFor();
      if (way !== "plain") {
        await axe(page);
        await noSidewaysScroll(page);
      }
      await shoot(page, `person-${way}`, { fullPage: true });

      await desk.press(page.getByRole("button", { name: "Block", exact: true }));
      await page.getByText("Blocked. No rewards").waitFor();
      assert.equal((await api.get<Person>(`/participants/${middle.id}`)).status, "blocked");
      await desk.press(page.getByRole("button", { name: "Activate", exact: true }));
      await page.getByText("Activated.").waitFor();
      assert.equal((await api.get<Person>(`/participants/${middle.id}`)).status, "active");
      await desk.fill(page.getByLabel("Metadata"), '{"shop": "north"}');
      await desk.press(page.getByRole("button", { name: "Save" }));
      await page.getByText("Saved.").waitFor();
      assert.deepEqual((await api.get<{ metadata: object }>(`/participants/${middle.id}`)).metadata, { shop: "north" });

      await desk.press(page.locator("summary", { hasText: "Erase participant" }));
      await desk.press(page.locator("details[open] button[type=submit]"));
      await page.getByText("Erased.").waitFor();
      await assert.rejects(api.get(`/participants/${middle.id}`), /404/);
      assert.equal((await desk.goTo(`/participants/${middle.id}`))?.status(), 404);
      await desk.goTo(`/participants?q=${encodeURIComponent(middle.email)}`);
      await page.getByText("No matches").waitFor();
      for (const path of [`/campaigns/${id}/participants`, `/participants/${first.id}`, `/participants/${last.id}`]) {
        await desk.goTo(path);
        assert.doesNotMatch(await page.content(), new RegExp(`${middle.name}|${middle.email}`), path);
      }
      await desk.goTo(`/rewards?campaign_id=${id}`);
      await page.getByText(`Erased (no. ${middle.id})`).waitFor();
      assert.deepEqual(
        (await people(id)).map(({ email }) => email),
        [last.email, first.email],
      );
      await person.close();
    });

    it(`are imported after a preview of each row, by ${way}`, async () => {
      const { api, newCampaign } = world.product;
      const { id } = await newCampaign({ name: `Import by ${way}`, coupons: [] });
      const known = await joined(api, id, `Known ${way}`);
      const address = (name: string) => `${name}.${way}@example.com`;
      const file = [
        "Email,Name,Invited by",
        `${address("ann")},Ann,`,
        `${address("bob")},"Hope, Bob",${address("ann")}`,
        "not an address,Nobody,",
        `${known.email},Known,`,
        `${address("ann").toUpperCase()},Ann once more,`,
        `${address("eve")},Eve,stranger@example.com`,
        `${address("kim")},Kim,${known.email}`,
      ].join("\r\n");
      const { page, person, ...desk } = await signIn(world, way, `/campaigns/${id}/import`);
      await desk.press(page.getByRole("button", { name: "Preview import" }));
      await page.getByText("Choose a file or paste rows below.").first().waitFor();
      await desk.chooseFile(page.getByLabel("CSV file"), "people.csv", file);
      await desk.press(page.getByRole("button", { name: "Preview import" }));
      await page.getByText("Nothing has been imported yet.").waitFor();
      assert.equal((await people(id)).length, 1);
      const rows = await page.locator("tbody tr").allTextContents();
      for (const [line, said] of [
        ["4", "email"],
        ["5", "already a participant"],
        ["6", "same email as a row above"],
        ["7", "the referrer is neither"],
      ] as const)
        assert.ok(
          rows.some((text) => text.startsWith(line) && text.includes(said)),
          `line ${line}: ${said} in ${rows.join(" · ")}`,
        );
      await shoot(page, `import-rehearsed-${way}`, { fullPage: true });
      const check = await downloaded(page, () =>
        desk.press(page.getByRole("button", { name: "Download the results" })),
      );
      assert.equal(check.rows.length, 7);
      assert.equal((await people(id)).length, 1);

      await desk.press(page.getByRole("button", { name: "Import 4 participants" }));
      await page.getByRole("heading", { name: "Imported" }).waitFor();
      await shoot(page, `import-done-${way}`, { fullPage: true });
      const results = page
        .getByRole("link", { name: "Download the results" })
        .or(page.getByRole("button", { name: "Download the results" }))
        .filter({ visible: true });
      const done = await downloaded(page, () => desk.press(results));
      assert.deepEqual(
        done.rows.map(({ line, email }) => [line, email?.toLowerCase()]),
        check.rows.map(({ line, email }) => [line, email?.toLowerCase()]),
      );
      assert.equal(done.rows.filter(({ result }) => result?.startsWith("added")).length, 4);
      const now = await people(id);
      const named = (name: string) => now.find(({ email }) => email === address(name));
      assert.equal(now.length, 5);
      assert.equal(named("bob")?.invited_by, named("ann")?.id);
      assert.equal(named("bob")?.name, "Hope, Bob");
      assert.equal(named("kim")?.invited_by, known.id);
      await desk.press(page.getByRole("link", { name: "Participants" }).filter({ visible: true }).last());
      await page.getByText("5 total").waitFor();
      await person.close();
    });
  }
});
