import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { startLocal } from "../../scripts/local.ts";
import { openBrowser, shoot, visit } from "./support/browser.ts";
import { axe, noSidewaysScroll } from "./support/looks.ts";

const TOKEN = "operator";
const HOUR = 3_600_000;

describe("the operator's pages during many problems", { timeout: 3_600_000 }, () => {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-operator-"));
  let product: Awaited<ReturnType<typeof startLocal>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  before(async () => {
    const vars = { OPERATOR_TOKEN: TOKEN, JWT_SECRET: "a", CODE_SECRET: "b", SEAL_SECRET: "c", BACKUP_DAYS: "14" };
    const options = { port: 0, stateDir, logs: false, vars };
    const once = await startLocal({ ...options, crons: ["* * * * * *"] });
    const bucket = await once.runtime.getR2Bucket("BACKUPS");
    while (
      !(await bucket.head("state.json")) ||
      !(await (await bucket.get("state.json"))?.text())?.includes("finished_at")
    )
      await setTimeout(200);
    await once.stop();
    [product, browser] = await Promise.all([startLocal({ ...options, crons: [] }), openBrowser()]);
    const db = await product.runtime.getD1Database("DB");
    const now = Date.now();
    const mail =
      "INSERT INTO mails (cause, kind, member_id, origin, status, error, date_added, next_attempt_at) VALUES";
    const failed = (code: string, n: number) =>
      Array.from(
        { length: n },
        (_, i) => `${mail} ('${code}:${i}', 'entry', 1, 'x', 'failed', '${code}', ${now - i * HOUR}, NULL)`,
      );
    for (const sql of [
      ...failed("E_SENDER_NOT_VERIFIED", 30),
      ...failed("timeout", 3),
      `${mail} ('w', 'entry', 1, 'x', 'pending', NULL, ${now - HOUR}, ${now - HOUR})`,
      `INSERT INTO outbox_holds (outbox, reason, since, set_by) VALUES ('deliveries', 'restored', ${now - HOUR / 2}, 'x'), ('mails', 'restored', ${now - HOUR / 2}, 'x')`,
      `INSERT INTO outbox_holds (outbox, reason, since, until, set_by) VALUES ('mails', 'E_DAILY_LIMIT_EXCEEDED', ${now - HOUR}, ${now + 5 * HOUR}, 'the provider')`,
      `UPDATE database_mark SET restored_to = ${now - 9 * HOUR}, noticed_at = ${now - HOUR / 2}`,
      `INSERT INTO dead_letters (outbox, ids, date) VALUES ('deliveries', '[101,102,103,104,105,106]', ${now - HOUR}), (NULL, '[]', ${now - 2 * HOUR})`,
      `INSERT INTO alerts (name, detail, raised_at, seen_at, told_at) VALUES ('outbox_held', 'deliveries: restored, mails: restored.', ${now - HOUR}, ${now}, ${now - HOUR}),
        ('mails_failing', '30 of 33 emails in the last hour failed, most with E_SENDER_NOT_VERIFIED.', ${now - HOUR}, ${now}, NULL)`,
      `INSERT INTO alerts (name, detail, raised_at, seen_at, resolved_at, told_at) VALUES ('backup_late', 'There is no backup yet.', ${now - 90 * HOUR}, ${now - 80 * HOUR}, ${now - 79 * HOUR}, ${now - 90 * HOUR})`,
    ])
      await db.prepare(sql).run();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("explain the problem and the remedy, on any screen, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const person = await browser.person({ colorScheme });
      const { page, problems } = await visit(person, `${product.url}/operator/sign-in`);
      await page.getByLabel("Token").fill(TOKEN);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Health" }).waitFor();
      for (const path of ["", "/sending", "/alerts", "/members"]) {
        await page.goto(`${product.url}/operator${path}`);
        await axe(page);
        await noSidewaysScroll(page);
        await shoot(page, `operator${path.replace("/", "-")}-${colorScheme}`, { fullPage: true });
        await page.setViewportSize({ width: 390, height: 800 });
        await shoot(page, `operator${path.replace("/", "-")}-${colorScheme}-phone`, { fullPage: true });
        await page.setViewportSize({ width: 1280, height: 800 });
      }
      assert.deepEqual(problems, []);
      await person.close();
    }
  });

  it("send failed emails again and end a hold, without scripts", async () => {
    const person = await browser.person({ javaScriptEnabled: false });
    const { page } = await visit(person, `${product.url}/operator/sign-in`);
    await page.getByLabel("Token").fill(TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Sending" }).click();
    const row = page.getByRole("row", { name: "timeout" });
    await row.locator("summary").click();
    await row.getByRole("button", { name: "Yes, send again" }).click();
    await page.getByText("Resending.").waitFor();
    assert.equal(await page.getByRole("row", { name: "timeout" }).count(), 0);
    const held = page.getByRole("region", { name: "Webhook deliveries: restored" });
    await held.getByRole("button", { name: "Skip" }).click();
    await page.getByText("Skipped.").waitFor();
    await held.locator("summary").click();
    await held.getByRole("button", { name: "Yes, send" }).click();
    await page.getByText("Released.").waitFor();
    assert.equal(await held.count(), 0);
  });
});
