import { median } from "../../bench/report.ts";
import { openPlaces, visitSlowly } from "./support/vitals.ts";
import { openWorld } from "./support/world.ts";

// Core Web Vitals on a slow phone, in Chromium, as a table. VISITS=9 for more visits of each page.
const VISITS = Number(process.env.VISITS ?? 3);
/** Google's thresholds for "good". */
const GOOD = { paint: 2500, reaction: 200, shift: 0.1 };

const world = await openWorld();
try {
  const lines: string[] = [];
  let isGood = true;
  for (const place of await openPlaces(world)) {
    const visits: Awaited<ReturnType<typeof visitSlowly>>[] = [];
    for (let i = 0; i < VISITS; i++) visits.push(await visitSlowly(world, place));
    const middle = (of: (visit: (typeof visits)[number]) => number) => median(visits.map(of));
    const [paint, reaction, shift] = [
      middle((one) => one.paint),
      middle((one) => one.reaction),
      Math.max(...visits.map((one) => one.shift)),
    ];
    isGood &&= paint <= GOOD.paint && reaction <= GOOD.reaction && shift <= GOOD.shift;
    lines.push(
      `| ${place.name} | ${Math.round(paint)} | ${Math.round(reaction)} | ${shift.toFixed(3)} | ${Math.round(middle((one) => one.blocking))} | ${middle((one) => one.sent.length)} | ${(middle((one) => one.bytes) / 1000).toFixed(1)} |`,
    );
  }
  console.log(
    "| | LCP, ms | INP, ms | CLS | blocked, ms | requests | kB gzipped |\n|---|---:|---:|---:|---:|---:|---:|",
  );
  console.log(lines.join("\n"));
  console.log(isGood ? "\nAll pages are good by Core Web Vitals." : "\nSome pages are not good by Core Web Vitals.");
} finally {
  await world.close();
}
