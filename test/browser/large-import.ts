import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { signIn } from "./support/member.ts";
import { openWorld } from "./support/world.ts";

// Imports a file of 100,000 rows through the dashboard, in Chromium, like a user: chooses it, checks the mapping and
// the preview, starts it, watches the progress bar, and undoes it. ROWS=2000 for a short one.
const ROWS = Number(process.env.ROWS ?? 100_000);
/** For the longest step, the import itself, on a slow machine. */
const PATIENCE_MS = 3 * 3_600_000;
/** Skipped rows: no email, a duplicate email, and no consent. */
const FAULTY = 3;
const NUMBER = new Intl.NumberFormat("en");

const email = (n: number) => `person.${n}@large.example`;
/** Every tenth was invited by the one before. */
const rowOf = (n: number) => `${email(n)};Person;Nö ${n};${n % 10 === 0 && n > 0 ? email(n - 1) : ""};yes`;
const file = [
  "E-Mail;Vorname;Nachname;Geworben von;Newsletter",
  ...Array.from({ length: ROWS - FAULTY }, (_, n) => rowOf(n)),
  "no email;No;One;;yes",
  rowOf(1),
  "never@large.example;Never;Asked;;no",
].join("\r\n");

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);
const world = await openWorld();
try {
  const { id } = await world.newCampaign({ coupons: [] });
  const { page, person } = await signIn(world, "mouse", `/campaigns/${id}/import`);
  page.setDefaultTimeout(PATIENCE_MS);
  page.setDefaultNavigationTimeout(PATIENCE_MS);
  const people = async () =>
    (await world.product.api.get<{ total_participants: number }>(`/campaigns/${id}/stats`)).total_participants;

  let began = performance.now();
  const buffer = Buffer.from(file);
  await page.getByLabel("CSV file").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Preview import" }).click();
  await page.getByText("Nothing has been imported yet.").waitFor();
  console.log(`${NUMBER.format(ROWS)} rows, ${(buffer.length / 1e6).toFixed(1)} MB: preview after ${seconds(began)} s`);
  const roles = await page
    .locator("select[name^='role.']")
    .evaluateAll((all) => all.map((each) => (each as HTMLSelectElement).value));
  assert.deepEqual(roles, ["email", "first_name", "last_name", "invited_by", "consent"]);
  const adding = NUMBER.format(ROWS - FAULTY);
  await page.locator(".import-counts").getByText("will be added").waitFor();
  assert.equal(await people(), 0);

  began = performance.now();
  await page.getByRole("button", { name: `Import ${adding} participants` }).click();
  const progress = page.locator("[data-import-progress] progress");
  const seen = new Set<number>();
  await progress.waitFor();
  const said = page.locator("[data-import-said]");
  for (let words = ""; !words.startsWith("Done."); words = (await said.textContent()) ?? "") {
    assert.ok(!words.includes("lost"), words);
    seen.add(await progress.evaluate((bar) => (bar as HTMLProgressElement).value));
    await page.waitForFunction((last) => document.querySelector("[data-import-said]")?.textContent !== last, words, {
      polling: 100,
    });
  }
  const took = Number(seconds(began));
  console.log(`imported in ${took} s: ${Math.round(ROWS / took)} rows a second`);
  const steps = [...seen];
  assert.ok(steps.length > Math.min(20, ROWS / 1000), `the bar moved ${steps.length} times`);
  assert.deepEqual(
    steps,
    steps.toSorted((a, b) => a - b),
    "the bar only moves on",
  );
  const counts = await said.textContent();
  assert.equal(
    counts,
    `Done. ${adding} added · 1 invalid · 1 already a participant · 1 skipped: they did not agree to be emailed.`,
  );
  assert.equal(await people(), ROWS - FAULTY);

  began = performance.now();
  await page.goto(`${world.product.url}/campaigns/${id}/import`);
  await page.getByText("Undo import", { exact: true }).click();
  await page.getByRole("button", { name: "Yes, undo import" }).click();
  for (let left = Number.NaN; left !== 0; left = await people())
    await new Promise((resolve) => setTimeout(resolve, 200));
  console.log(`undone in ${seconds(began)} s`);
  await person.close();
} finally {
  await world.close();
}
