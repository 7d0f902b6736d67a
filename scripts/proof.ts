import { parseArgs } from "node:util";
import { runSteps, type Step, tableOf } from "./steps.ts";

// Checks that take minutes, for a release; `npm test` runs a short form of each. A failed step does not stop the others.
// Arguments choose steps: `npm run proof -- chaos mutants`.
const STEPS: Step[] = [
  { name: "check", what: "Style, types, licenses", command: "npm", args: ["run", "check"] },
  {
    name: "suites",
    what: "Every suite, with eight times as many random cases",
    args: ["scripts/suites.ts"],
    env: { RUNS: "8" },
  },
  {
    name: "seed",
    what: "The workerd suites again, with another seed",
    args: ["scripts/suites.ts", "workerd"],
    env: { RUNS: "2", SEED: "random" },
  },
  {
    name: "slow",
    what: "The Chromium suites on pages slowed down four times",
    args: ["scripts/suites.ts", "chromium"],
    env: { SLOWDOWN: "4" },
  },
  {
    name: "engines",
    what: "The widget's loop and host pages in Chromium, Firefox and WebKit",
    args: ["test/browser/engines/matrix.ts"],
  },
  {
    name: "vitals",
    what: "Core Web Vitals on a slow phone, as a table",
    args: ["test/browser/vitals.ts"],
  },
  {
    name: "film",
    what: "From the front page to live in two minutes of a user's time",
    args: ["test/browser/film.ts"],
  },
  {
    name: "import",
    what: "An import of 100,000 rows in a browser, and its undo",
    args: ["test/browser/large-import.ts"],
  },
  {
    name: "samples",
    what: "The guides' samples in every installed language",
    args: ["--test", "test/node/verification.test.ts", "test/node/identity-code.test.ts"],
    env: { SAMPLES: "all" },
  },
  { name: "runtimes", what: "The SDK in Deno and Bun", args: ["scripts/sdk-runtimes.ts"] },
  { name: "zapier", what: "The Zapier app in Zapier's own core", args: ["scripts/zapier-core.ts"] },
  { name: "n8n", what: "The n8n nodes in n8n's own compiler and linter", args: ["scripts/n8n-lint.ts"] },
  {
    name: "chaos",
    what: "The product killed again and again for five minutes",
    args: ["chaos/run.ts", "--seconds", "300", "--kills", "20"],
  },
  {
    name: "tokens",
    what: "1,000 token rewards on a chain, with the runtime killed at every step",
    args: ["--test", "test/node/tokens.test.ts"],
    env: { RUNS: "8" },
  },
  { name: "mutants", what: "Every mutant, each with the check that must catch it", args: ["chaos/mutants.ts"] },
];

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) throw new Error(`Unknown steps: ${unknown}. Choose from ${STEPS.map(({ name }) => name)}.`);
const named = STEPS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const ran = runSteps(named);
console.log(`\n${tableOf(ran)}`);
const failed = ran.filter(({ result }) => result !== "passed");
console.log(failed.length === 0 ? "\nAll steps passed." : `\nFailed: ${failed.map(({ name }) => name).join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);
