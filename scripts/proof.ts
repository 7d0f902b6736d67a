import { spawnSync } from "node:child_process";
import { root } from "./root.ts";

// What needs minutes, before a release: `npm test` runs a short form of each. Stops at the first that fails.
const LONG: [string, string[], Record<string, string>?][] = [
  ["Every suite, with eight times as much of what is random", ["scripts/suites.ts"], { RUNS: "8" }],
  ["The same in workerd, from another seed", ["scripts/suites.ts", "workerd"], { RUNS: "2", SEED: "random" }],
  ["The suites in Chromium on pages four times as slow", ["scripts/suites.ts", "chromium"], { SLOWDOWN: "4" }],
  ["The widget's loop and host pages in Chromium, Firefox and WebKit", ["test/browser/engines/matrix.ts"]],
  ["The product killed again and again for five minutes", ["chaos/run.ts", "--seconds", "300", "--kills", "20"]],
  ["Every mutant, each with what must catch it", ["chaos/mutants.ts"]],
];

for (const [what, args, env] of LONG) {
  console.log(`\n${what}: ${[...Object.entries(env ?? {}).map((pair) => pair.join("=")), "node", ...args].join(" ")}`);
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (status !== 0) {
    console.error(`\nFailed: ${what}`);
    process.exit(1);
  }
}
console.log("\nAll of it holds.");
