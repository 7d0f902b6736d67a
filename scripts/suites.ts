import { globSync } from "node:fs";
import { availableParallelism, constants, setPriority } from "node:os";
import { join } from "node:path";
import { build } from "./build.ts";
import { root } from "./root.ts";
import type { FileResult } from "./suite.ts";
import { runNodeSuites } from "./suite-node.ts";
import { runWorkerdSuites } from "./suite-workerd.ts";

// Runs all suites, or the named ones: `node scripts/suites.ts workerd node chromium`. The workerd suites run in parallel with the others.
const NAMES = ["workerd", "node", "chromium"];
const SLOWEST = 10;

const named = process.argv.slice(2);
const unknown = named.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) throw new Error(`Unknown suites: ${unknown}. Choose from ${NAMES}.`);
const isWanted = (name: string) => named.length === 0 || named.includes(name);
const filesIn = (folder: string) => globSync(`${folder}/*.test.ts`, { cwd: root }).map((file) => join(root, file));

await build();
const inNode = [
  ...(isWanted("node") ? filesIn("test/node") : []),
  ...(isWanted("chromium") ? filesIn("test/browser") : []),
];
const workerd = isWanted("workerd") ? runWorkerdSuites() : [];
// The workerd suites run one after the other, so a second core does not make them faster. The others get a lower priority
// and use the rest of the processor time.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const shared = inNode.length > 0 ? await import("../test/browser/support/shared.ts") : null;
await Promise.all([shared?.shareProduct(), isWanted("chromium") && shared?.shareBrowser()]);
const [ofWorkerd, ofNode] = await Promise.all([
  workerd,
  inNode.length > 0 ? runNodeSuites(inNode, availableParallelism() + 2) : [],
]);
await shared?.globalTeardown();
const results: FileResult[] = [...ofWorkerd, ...ofNode];

const sum = (of: "passed" | "failed") => results.reduce((total, result) => total + result[of], 0);
const slowest = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
console.log(`\nThe ${slowest.length} slowest of ${results.length} files:`);
for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(8)} s  ${file}`);
const failing = results.filter(({ failed }) => failed > 0);
if (failing.length > 0) console.log(`\nFailed:\n${failing.map(({ file }) => `  ${file}`).join("\n")}`);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") > 0 ? 1 : 0);
