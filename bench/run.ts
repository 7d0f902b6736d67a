import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchCoupons } from "./coupons.ts";
import { benchFanout } from "./fanout.ts";
import { startLoader } from "./load.ts";
import { fill } from "./page.ts";
import { benchCopies, benchSizes } from "./reads.ts";
import { asMarkdown, asVerdicts, isMet, printRow, type Row } from "./report.ts";
import type { Options } from "./rounds.ts";
import { benchSignups } from "./signups.ts";

const blocks = {
  signups: benchSignups,
  copies: benchCopies,
  sizes: benchSizes,
  coupons: benchCoupons,
  fanout: benchFanout,
};

type Result = Options & { taken: string; machine: string; load: number; rows: Row[] };

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(blocks).join() },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    connections: { type: "string", default: "1,16,64,256" },
  },
});
const options = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: values.connections.split(",").map(Number),
};
const machine = `${cpus().length} × ${cpus()[0]?.model}, ${platform()} ${arch()}, Node ${process.version}`;
console.log(`${machine}; ${options.rounds} rounds of ${options.seconds} s`);

const folder = join(import.meta.dirname, "results");
const latest = join(folder, "latest.json");
/** Blocks that are not asked for keep their latest results. */
const results: Record<string, Result> = existsSync(latest) ? JSON.parse(readFileSync(latest, "utf8")) : {};
const loader = startLoader();
for (const [name, bench] of Object.entries(blocks)) {
  if (!values.only.split(",").includes(name)) continue;
  const rows: Row[] = [];
  const [load = 0] = loadavg();
  console.log(`\n${name} (the machine's load before: ${load.toFixed(1)})`);
  await bench(loader, options, (row) => {
    rows.push(row);
    printRow(row);
  });
  results[name] = { taken: new Date().toISOString(), machine, load, ...options, rows };
}
loader.stop();

mkdirSync(folder, { recursive: true });
const text = `${JSON.stringify(results, null, 2)}\n`;
for (const file of [latest, join(folder, `${new Date().toISOString().slice(0, 10)}.json`)]) writeFileSync(file, text);
const tables = Object.entries(results).map(
  ([name, { taken, machine, load, rounds, seconds, rows }]) =>
    `**${name}**, ${taken.slice(0, 16)}Z: ${machine}; ${rounds} rounds of ${seconds} s, load ${load.toFixed(1)} before.\n\n${asMarkdown(rows)}`,
);
const verdicts = asVerdicts(Object.values(results).flatMap(({ rows }) => rows));
fill("docs/benchmarks.md", "results", [verdicts, ...tables].join("\n\n"));
const missed = Object.values(results).flatMap(({ rows }) =>
  rows.flatMap(({ targets }) => targets.filter((t) => !isMet(t))),
);
console.log(`\n${missed.length} targets missed.`);
process.exit(0);
