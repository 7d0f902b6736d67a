import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Download, Page } from "playwright-core";

/** The file that a press of something sends, with its rows by the names of their columns. */
export async function downloaded(page: Page, press: () => Promise<void>) {
  const coming = page.waitForEvent("download");
  await press();
  return rowsOf(await coming);
}

async function rowsOf(download: Download) {
  assert.equal(await download.failure(), null);
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(text.startsWith("\uFEFF"), "a spreadsheet takes it for UTF-8");
  const { data, errors } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true });
  assert.deepEqual(errors, []);
  return { name: download.suggestedFilename(), rows: data };
}
