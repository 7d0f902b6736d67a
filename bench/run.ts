import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startLoader } from "./load.ts";
import { isMet, printRow, type Row } from "./report.ts";
import { benchSignups } from "./signups.ts";

const blocks = { signups: benchSignups };

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(blocks).join() },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
  },
});
const options = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
const rows: Row[] = [];
const loader = startLoader();
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  platform: `${platform()} ${arch()}`,
  node: process.version,
};
console.log(
  `${machine.cores} × ${machine.cpu}, load before ${loadavg()[0]?.toFixed(1)}; ${options.rounds} rounds of ${options.seconds} s`,
);

for (const [name, bench] of Object.entries(blocks))
  if (values.only.split(",").includes(name))
    await bench(loader, options, (row) => {
      rows.push(row);
      printRow(row);
    });

loader.stop();
const results = join(import.meta.dirname, "results");
mkdirSync(results, { recursive: true });
const taken = new Date().toISOString();
const text = JSON.stringify({ taken, machine, options, rows }, null, 2);
for (const file of [`${taken.slice(0, 10)}.json`, "latest.json"]) writeFileSync(join(results, file), text);
const missed = rows.flatMap((row) => row.targets).filter((target) => !isMet(target)).length;
console.log(`${missed} targets missed.`);
process.exit(0);
