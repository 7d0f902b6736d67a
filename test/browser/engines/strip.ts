import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openBrowser } from "../support/browser.ts";

/** One image of all screenshots, with a row for each engine. */
export async function filmStrip(rows: string[][]) {
  const [first] = rows.flat();
  if (!first) return;
  const source = (path: string) => `data:image/png;base64,${readFileSync(path, "base64")}`;
  const row = (paths: string[]) =>
    `<div>${paths.map((path) => `<img src="${source(path)}" width="480">`).join("")}</div>`;
  const browser = await openBrowser(true);
  const person = await browser.person({
    viewport: { width: 480 * Math.max(...rows.map((all) => all.length)), height: 100 },
  });
  const page = await person.newPage();
  await page.setContent(`<style>body{margin:0}div{display:flex}</style>${rows.map(row).join("")}`);
  await page.screenshot({ path: join(dirname(first), "strip.png"), fullPage: true });
  await browser.close();
}
