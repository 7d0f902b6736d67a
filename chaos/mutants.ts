import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import { edgeMutants } from "./edge-mutants.ts";
import { ledgerMutants } from "./ledger-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { copyOfRepository, runCheck, unmutated } from "./scratch.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const mutants = [...ledgerMutants, ...edgeMutants].filter(({ name }) => name.includes(values.only));
const scratch = copyOfRepository();

console.log("Without a mutant every check passes?");
const failing = unmutated(
  scratch,
  mutants.map(({ check }) => check),
);
if (failing.length > 0) {
  console.error(`These do not, so nothing could be said of mutants:\n${failing.join("\n")}`);
  process.exit(1);
}

const rows: string[] = [];
const survivors: string[] = [];
for (const mutant of mutants) {
  const started = performance.now();
  const symptom = apply(mutant, () => runCheck(scratch, mutant.check));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${symptom ? "caught  " : "SURVIVED"} ${mutant.name} (${seconds} s)`);
  if (!symptom) survivors.push(mutant.name);
  const { check } = mutant;
  const by = "chaos" in check ? `\`npm run chaos -- ${check.chaos.join(" ")}\`` : `\`${check.file}\``;
  rows.push(`| ${mutant.name} | ${mutant.file} | ${mutant.breaks} | ${by}: ${symptom ?? "**nothing**"} |`);
}
console.log(`${mutants.length - survivors.length} of ${mutants.length} caught`);
if (values.only === "" && survivors.length === 0) writeTable();
process.exit(survivors.length === 0 ? 0 : 1);

/** Runs `check` while the mutant is in its file. @throws when the place it changes is not there, or not the only one. */
function apply<T>({ name, file, from, to }: Mutant, check: () => T): T {
  const path = join(scratch, file);
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${name}: not found once in ${file}: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return check();
  } finally {
    writeFileSync(path, text);
  }
}

function writeTable() {
  mkdirSync(join(root, "docs"), { recursive: true });
  const text = `# Mutants

Bugs made on purpose, one at a time, in a copy of the repository (\`npm run mutants\` does it again and writes this table), and the check that failed
because of each. Every check passes without a mutant; a mutant that nothing catches, or whose place in the source is gone, fails the run.

| mutant | in | what it breaks | what caught it |
|---|---|---|---|
${rows.join("\n")}
`;
  writeFileSync(join(root, "docs/mutants.md"), text);
}
