import { arch, cpus, loadavg, platform } from "node:os";
import { parseArgs } from "node:util";
import { benchConversions } from "./conversions.ts";
import { benchCopies } from "./copies.ts";
import { benchCoupons } from "./coupons.ts";
import { benchFanout } from "./fanout.ts";
import { startLoader } from "./load.ts";
import { printRow } from "./report.ts";
import { openResults } from "./results.ts";
import { benchSignups } from "./signups.ts";
import { benchSizes } from "./sizes.ts";

const parts = {
  signups: benchSignups,
  conversions: benchConversions,
  copies: benchCopies,
  sizes: benchSizes,
  coupons: benchCoupons,
  fanout: benchFanout,
};
const CONNECTIONS = "1,16,64,256";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(parts).join() },
    case: { type: "string", default: "" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    connections: { type: "string", default: CONNECTIONS },
  },
});
const asked = values.only.split(",");
for (const name of asked)
  if (!(name in parts)) throw new Error(`There is no part "${name}". Choose from ${Object.keys(parts)}.`);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const options = {
  rounds,
  seconds,
  connections: values.connections.split(",").map(Number),
  wants: (what: string) => what.includes(values.case),
};
const isWhole = values.case === "" && values.connections === CONNECTIONS;
const machine = `${cpus().length} × ${cpus()[0]?.model}, ${platform()} ${arch()}, Node ${process.version}`;
// Exits in a way that runs the cleanup handlers.
process.on("SIGINT", () => process.exit(130));
console.log(`${machine}; ${rounds} rounds of ${seconds} s`);

const results = openResults(machine, Object.keys(parts));
const failed: string[] = [];
const began = new Date().toISOString();
for (const [part, bench] of Object.entries(parts)) {
  if (!asked.includes(part)) continue;
  const since = new Date().toISOString();
  let [load = 0] = loadavg();
  console.log(`\n${part} (the machine's load before: ${load.toFixed(1)})`);
  const loader = startLoader();
  try {
    await bench(loader, options, (measured) => {
      printRow(measured);
      results.put({ ...measured, part, taken: new Date().toISOString(), load, rounds, seconds });
      load = loadavg()[0] ?? 0;
    });
    if (isWhole) results.dropOlder(part, since);
  } catch (error) {
    console.error(error);
    failed.push(part);
  }
  loader.stop();
}

const missed = results.missed(began);
console.log(`\n${missed} targets missed.${failed.length > 0 ? ` These parts failed: ${failed}.` : ""}`);
process.exit(failed.length > 0 || missed > 0 ? 1 : 0);
