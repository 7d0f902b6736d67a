import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/root.ts";
import { HOST_PAGES, LOOP, serveHostPages, titleOf, verdictOf } from "../support/host-pages.ts";
import { openProduct } from "../support/product.ts";
import { openChromium } from "./chromium.ts";
import { type Engine, MissingEngine } from "./engine.ts";
import { openFirefox } from "./firefox.ts";
import { playLoop } from "./loop.ts";
import { filmStrip } from "./strip.ts";
import { openWebkit } from "./webkit.ts";

// The loop of two friends, and the widget on every host page, in three engines. Fails if anything is broken, or an engine
// is missing: `node test/browser/engines/matrix.ts [--write] [engine,engine] [page,page]`. `--write` saves the result to
// docs/browsers.md. SHOTS=folder saves screenshots of the loop, and a film strip of them.
const ENGINES = { chromium: openChromium, firefox: openFirefox, webkit: openWebkit };
const PAPER = join(root, "docs/browsers.md");

const isWriting = process.argv.includes("--write");
if (isWriting && process.argv.length > 3) throw new Error("--write needs all engines and pages.");
const [engineNames, pageNames] = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const openers = Object.entries(ENGINES).filter(([name]) => engineNames?.split(",").includes(name) ?? true);
const pages = pageNames?.split(",") ?? HOST_PAGES;

const product = await openProduct();
const campaigns = await Promise.all([1, 2].map(() => product.newCampaign()));
const host = await serveHostPages(
  product.url,
  campaigns.map(({ id }) => id),
);
const missing: string[] = [];
const columns = (await Promise.all(openers.map(column))).filter((one) => one !== null);
await filmStrip(columns.map(({ shots }) => shots));
host.close();
await product.stop();

/** The result of one engine. Null if it is missing. */
async function column([name, open]: (typeof openers)[number]) {
  const engine = await open().catch((error) => {
    if (!(error instanceof MissingEngine)) throw error;
    missing.push(`${name} was not tried. ${error.message}`);
  });
  if (!engine) return null;
  const shots: string[] = [];
  const said = new Map([[LOOP, await tried(engine, LOOP, () => loop(engine, shots))]]);
  for (const page of pages) said.set(titleOf(page), await tried(engine, page, () => verdict(engine, page)));
  await engine.close();
  return { title: `${engine.name} ${engine.version}`, said, shots };
}

async function loop(engine: Engine, shots: string[]) {
  const { id } = await product.newCampaign({ reward_invited: true });
  const landing_url = `${host.url("plain-embed")}?campaign=${id}`;
  await product.api.put(`/campaigns/${id}`, { landing_url });
  shots.push(...(await playLoop(engine, landing_url)));
  return "OK";
}

async function verdict(engine: Engine, page: string) {
  const tab = await engine.visitor();
  try {
    return await verdictOf(tab, host.url(page));
  } finally {
    await tab.close();
  }
}

/** Runs it and prints the result. A failed driver gets a second chance, a page that shows BROKEN does not. */
async function tried(engine: Engine, what: string, work: () => Promise<string>) {
  const said = await work()
    .catch(work)
    .catch((error) => `BROKEN ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  console.log(`${engine.name.padEnd(8)}  ${what.padEnd(24)}  ${said}`);
  return said;
}

const rows = [LOOP, ...pages.map(titleOf)];
const cells = (row: string) => columns.map(({ said }) => said.get(row)?.split(" ")[0]?.toLowerCase() ?? "");
const line = (...all: string[]) => `| ${all.join(" | ")} |`;
const table = [
  line("host page", ...columns.map(({ title }) => title)),
  line("---", ...columns.map(() => "---")),
  ...rows.map((row) => line(row, ...cells(row))),
].join("\n");
console.log(`\n${table}\n`);
if (isWriting) {
  const paper = readFileSync(PAPER, "utf8");
  writeFileSync(PAPER, paper.replace(/^\| host page [\s\S]*?\n(?=\n|$)/m, `${table}\n`));
}
const broken = rows.flatMap(cells).filter((cell) => cell !== "ok").length;
for (const sentence of missing) console.error(sentence);
if (broken > 0) console.error(`${broken} of ${rows.length * columns.length} are broken.`);
process.exit(broken > 0 || missing.length > 0 ? 1 : 0);
