import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import Papa from "papaparse";
import type { Download, Page } from "playwright-core";

/** The file downloaded by a click, with its rows by column name. */
export async function downloaded(page: Page, press: () => Promise<void>) {
  const coming = page.waitForEvent("download");
  await press();
  return rowsOf(await coming);
}

async function rowsOf(download: Download) {
  assert.equal(await download.failure(), null);
  const content = (await buffer(await download.createReadStream())).toString();
  assert.ok(content.startsWith("\uFEFF"), "a spreadsheet takes it for UTF-8");
  const { data, errors } = Papa.parse<Record<string, string>>(content.slice(1), { header: true, skipEmptyLines: true });
  assert.deepEqual(errors, []);
  return { name: download.suggestedFilename(), rows: data };
}
