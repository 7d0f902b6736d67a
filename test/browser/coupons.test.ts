import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Locator, Page } from "playwright-core";
import { openLine } from "./support/line.ts";
import { signIn, WAYS, type Way } from "./support/member.ts";
import { joinedWithFriends } from "./support/people.ts";
import { axe, noSidewaysScroll, openWorld, shoot, type World } from "./support/world.ts";

type Pool = { total: number; available: number; assigned: number };

const MANY = 100_000;
/** Slow enough to see the bar, and to lose the connection midway. */
const BYTES_PER_SECOND = 400_000;
const codes = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

const SLOWEST_MS = 60_000;
/** Adds a code that expires soon, but later on a slower machine. */
async function addSoonOver(api: World["product"]["api"], campaign: number, code: string) {
  for (let ms = 500; ; ms *= 2)
    try {
      const valid_until = new Date(Date.now() + ms).toISOString();
      return await api.post(`/campaigns/${campaign}/coupons`, { codes: [code], valid_until });
    } catch (error) {
      if (ms > SLOWEST_MS) throw error;
    }
}

describe("coupons in the dashboard", { timeout: 3_600_000 }, () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const poolOf = async (campaign: number): Promise<Pool> => {
    const { total, available, assigned } = await world.product.api.get<Pool>(`/campaigns/${campaign}/coupons`);
    return { total, available, assigned };
  };

  async function atStock(way: Way, url = world.product.url) {
    const { id } = await world.newCampaign({ coupons: ["FIRST-1"] });
    const product = { ...world.product, url };
    return { id, ...(await signIn({ ...world, product }, way, `/campaigns/${id}/coupons`)) };
  }

  /** A page's numbers by label. */
  const numbersOn = async (page: Page) =>
    Object.fromEntries(
      await Promise.all(
        (await page.locator(".stat").all()).map(async (stat) => [
          await stat.locator("dt").textContent(),
          Number((await stat.locator("dd").textContent())?.replaceAll(",", "")),
        ]),
      ),
    );
  const preview = async (desk: { page: Page; press: (button: Locator) => Promise<void> }) => {
    await desk.press(desk.page.getByRole("button", { name: "Preview codes" }));
    await desk.page.getByText("Nothing has been added yet.").waitFor();
  };
  const addButton = (page: Page) => page.getByRole("button", { name: /^Add [\d,]+ codes?$/ });
  const result = (page: Page) => page.getByRole("heading", { name: "Your upload" }).waitFor();

  for (const way of WAYS) {
    it(`are pasted, with a result for each, by ${way}`, async () => {
      const { id, page, person, problems, ...desk } = await atStock(way);
      const lines = ["first-1", "NEW-1", "", "new-1", `LONG${"-".repeat(100)}`, "NEW-2", "B\u0007D"];
      await desk.fill(page.getByLabel("Paste codes"), lines.join("\n"));
      if (way !== "plain") await page.getByText("6 lines to send.").waitFor();
      await preview({ page, press: desk.press });
      await page.getByText("NEW-2").waitFor();
      assert.deepEqual(await poolOf(id), { total: 1, available: 1, assigned: 0 });
      await shoot(page, `coupons-preview-${way}`, { fullPage: true });
      await desk.press(addButton(page));
      await result(page);
      const numbers = { Added: 2, Duplicates: 2, "Invalid lines": 2, "Pending rewards fulfilled": 0 };
      assert.deepEqual(await numbersOn(page), numbers);
      await page.getByText("lines 5, 7.").waitFor();
      await shoot(page, `coupons-result-${way}`, { fullPage: true });
      await desk.press(page.getByRole("link", { name: "View codes" }));
      await page.getByText("NEW-2").waitFor();
      assert.deepEqual(await numbersOn(page), { Unused: 3, Given: 0, Total: 3 });
      assert.deepEqual(await poolOf(id), { total: 3, available: 3, assigned: 0 });
      assert.deepEqual(problems, []);
      await person.close();
    });

    it(`are uploaded as a CSV file, and fill waiting rewards, by ${way}`, async () => {
      const { id, page, person, problems, ...desk } = await atStock(way);
      await joinedWithFriends(world.product.api, id, `Ann ${way}`, 1);
      await joinedWithFriends(world.product.api, id, `Bea ${way}`, 1);
      const csv = 'code,note\r\nFILE-1,"two\nlines"\r\nFILE-2,\r\n,nothing\r\nfile-1,again\r\n';
      await desk.chooseFile(page.getByLabel("Or choose a file"), "codes.csv", csv);
      await preview({ page, press: desk.press });
      await desk.press(addButton(page));
      await result(page);
      const numbers = { Added: 2, Duplicates: 1, "Invalid lines": 1, "Pending rewards fulfilled": 1 };
      assert.deepEqual(await numbersOn(page), numbers);
      await page.getByText("line 5.").waitFor();
      await desk.press(page.getByRole("link", { name: "View codes" }));

      const given = (code: string, who: string) =>
        page.locator("tbody tr").filter({ hasText: code }).filter({ hasText: who }).filter({ hasText: "Given" });
      await given("FIRST-1", `Ann ${way}`).waitFor();
      await given("FILE-1", `Bea ${way}`).waitFor();
      assert.deepEqual(await poolOf(id), { total: 3, available: 1, assigned: 2 });
      assert.deepEqual(await numbersOn(page), { Unused: 1, Given: 2, Total: 3 });
      // Two codes were given on the campaign's first day, so the last one lasts for half a day.
      const soon = [0, 1].map((days) =>
        new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(Date.now() + days * 86_400_000),
      );
      const forecast = (await page.getByText("about 2 a day").textContent()) ?? "";
      assert.ok(
        soon.some((day) => forecast.includes(`run out on ${day}`)),
        forecast,
      );
      await desk.fill(page.getByLabel("Find a code"), "file-1");
      await desk.press(page.getByRole("button", { name: "Find" }));
      await page.waitForURL("**/coupons?code=file-1");
      await given("FILE-1", `Bea ${way}`).waitFor();
      await shoot(page, `coupons-found-${way}`, { fullPage: true });
      await desk.press(page.locator("summary", { hasText: "Delete unused codes" }));
      await desk.press(page.locator("details[open] button[type=submit]"));
      await page.getByText("Unused codes deleted.").waitFor();
      assert.deepEqual(await poolOf(id), { total: 2, available: 0, assigned: 2 });
      assert.deepEqual(problems, []);
      await person.close();
    });
  }

  it("have a last day, entered by hand or in a column of a file, and expire", async () => {
    const { id, page, person, problems, ...desk } = await atStock("mouse");
    const { api } = world.product;
    await addSoonOver(api, id, "OLD-1");
    while ((await api.get<{ expired: number }>(`/campaigns/${id}/coupons`)).expired === 0)
      await new Promise((resolve) => setTimeout(resolve, 500));
    const csv = "code,valid_until\r\nSPRING-1,2099-03-03\r\nSPRING-2,\r\nSPRING-3,tomorrow\r\n";
    await desk.chooseFile(page.getByLabel("Or choose a file"), "codes.csv", csv);
    await page.getByLabel("Valid until").fill("2099-12-24");
    await preview({ page, press: desk.press });
    await page.getByText("valid until March 3, 2099").waitFor();
    await page.getByText("line 4.").waitFor();
    await shoot(page, "coupons-last-days-preview", { fullPage: true });
    await desk.press(addButton(page));
    await result(page);
    await desk.press(page.getByRole("link", { name: "View codes" }));
    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 1280],
      ["light", 390],
      ["dark", 390],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await axe(page);
      await noSidewaysScroll(page);
      await shoot(page, `coupons-last-days-${colorScheme}-${width}`, { fullPage: true });
    }
    await page.getByText("December 24, 2099").waitFor();
    assert.deepEqual(await numbersOn(page), { Unused: 3, Given: 0, Expired: 1, Total: 4 });
    await desk.press(page.getByRole("link", { name: "Expired 1" }));
    await page.getByText("OLD-1").waitFor();
    assert.deepEqual(problems, []);
    await person.close();
  });

  it("are uploaded with a progress bar, a hundred thousand at once", async () => {
    const { id, page, person, problems, ...desk } = await atStock("mouse");
    const list = [...codes(MANY - 3, "BULK"), "bulk-0", "first-1", "x".repeat(101)];
    await desk.chooseFile(page.getByLabel("Or choose a file"), "codes.txt", list.join("\n"));
    await page.getByText("100,000 lines to send.").waitFor();
    await preview({ page, press: desk.press });
    const seen = await watchBar(page);
    await slow(page);
    await Promise.all([page.getByText("Sending…").waitFor(), desk.press(addButton(page))]);
    await shoot(page, "coupons-bar");
    await result(page);
    const values = seen();
    assert.ok(values.length >= 3, `the bar stood at ${values}`);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
    const numbers = { Added: MANY - 3, Duplicates: 2, "Invalid lines": 1, "Pending rewards fulfilled": 0 };
    assert.deepEqual(await numbersOn(page), numbers);
    await page.getByText("line 100,000.").waitFor();
    assert.equal((await poolOf(id)).total, MANY - 2);
    await axe(page);
    await noSidewaysScroll(page);
    assert.deepEqual(problems, []);
    await person.close();
  });

  it("are sent again after a lost connection, without a reload", async () => {
    const line = await openLine(world.product.url);
    const { id, page, person, ...desk } = await atStock("mouse", line.url);
    await desk.chooseFile(page.getByLabel("Or choose a file"), "codes.txt", codes(MANY, "LOST").join("\n"));
    await preview({ page, press: desk.press });
    const seen = await watchBar(page);
    // Long enough for a busy machine to cut it midway.
    const widen = await slow(page, BYTES_PER_SECOND / 8);
    await desk.press(addButton(page));
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.2);
    line.cut();
    await page.locator(".problem", { hasText: "The upload was interrupted." }).waitFor();
    assert.ok(seen().every((value) => value < 1));
    assert.deepEqual(await poolOf(id), { total: 1, available: 1, assigned: 0 });
    await shoot(page, "coupons-lost", { fullPage: true });
    line.mend();
    await widen();
    await desk.press(addButton(page));
    await result(page);
    assert.equal((await numbersOn(page)).Added, MANY);
    assert.equal((await poolOf(id)).total, MANY + 1);
    await person.close();
    line.close();
  });

  for (const way of ["mouse", "plain"] as const)
    it(`are not duplicated if the connection is lost before the response, by ${way}`, async () => {
      const { id, page, person, ...desk } = await atStock(way);
      const list = codes(7000, "DONE");
      await page.route("**/coupons/upload", async (route) => {
        await world.product.api.post(`/campaigns/${id}/coupons`, { codes: list.slice(0, 5000) });
        await route.abort("connectionreset");
      });
      const stock = page.url();
      await desk.chooseFile(page.getByLabel("Or choose a file"), "codes.txt", list.join("\n"));
      await preview({ page, press: desk.press });
      await desk.press(addButton(page));
      if (way === "mouse") await page.getByText("nothing is added twice").waitFor();
      else await page.waitForURL("chrome-error://**");
      await page.unroute("**/coupons/upload");
      if (way === "plain") {
        await page.goto(stock);
        await desk.chooseFile(page.getByLabel("Or choose a file"), "codes.txt", list.join("\n"));
        await preview({ page, press: desk.press });
      }
      await desk.press(addButton(page));
      await result(page);
      const numbers = { Added: 2000, Duplicates: 5000, "Invalid lines": 0, "Pending rewards fulfilled": 0 };
      assert.deepEqual(await numbersOn(page), numbers);
      assert.equal((await poolOf(id)).total, 7001);
      await person.close();
    });
});

/** Records the bar's value each time it moves. */
async function watchBar(page: Page) {
  const values: number[] = [];
  await page.exposeFunction("noteBar", (value: number) => void values.push(value));
  await page.locator("progress").evaluate((bar) => {
    const { noteBar } = globalThis as unknown as { noteBar(value: number): void };
    new MutationObserver(() => {
      const value = bar.getAttribute("value");
      if (value !== null) noteBar(Number(value));
    }).observe(bar, { attributeFilter: ["value"] });
  });
  return () => values;
}

/** A slow connection from the browser to the product. @returns a function that restores its speed */
async function slow(page: Page, bytesPerSecond = BYTES_PER_SECOND) {
  const debugging = await page.context().newCDPSession(page);
  const limit = (uploadThroughput: number) =>
    debugging.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await debugging.send("Network.enable");
  await limit(bytesPerSecond);
  return () => limit(-1);
}
