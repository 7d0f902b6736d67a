import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import { conversionMutants } from "./conversion-mutants.ts";
import { edgeMutants } from "./edge-mutants.ts";
import { ledgerMutants } from "./ledger-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { copyOfRepository, runCheck, unmutated } from "./scratch.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const mutants = [...ledgerMutants, ...conversionMutants, ...edgeMutants].filter(({ name }) =>
  name.includes(values.only),
);
const scratch = copyOfRepository();

const lost = mutants.filter((mutant) => !hasItsPlace(mutant)).map(({ name, file }) => `${name}: ${file}`);
if (lost.length > 0) giveUp("The source no longer has the places that these mutants change", lost);
console.log("Checking that every check passes without a mutant.");
const checks = mutants.map(({ check }) => check);
const failing = unmutated(scratch, checks);
if (failing.length > 0) giveUp("These checks fail without a mutant, so they prove nothing", failing);

const rows: string[] = [];
const survivors: string[] = [];
for (const mutant of mutants) {
  const started = performance.now();
  const symptom = apply(mutant, () => runCheck(scratch, mutant.check));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${symptom ? "caught  " : "SURVIVED"} ${mutant.name} (${seconds} s)${symptom ? `: ${symptom}` : ""}`);
  if (!symptom) survivors.push(mutant.name);
  const { check } = mutant;
  const by = "chaos" in check ? `\`npm run chaos -- ${check.chaos.join(" ")}\`` : `\`${check.file}\``;
  rows.push(`| ${mutant.name} | ${mutant.file} | ${mutant.breaks} | ${by}: ${symptom ?? "**nothing**"} |`);
}
console.log(`${mutants.length - survivors.length} of ${mutants.length} caught`);
if (values.only === "" && survivors.length === 0) writeTable();
process.exit(survivors.length === 0 ? 0 : 1);

function giveUp(why: string, lines: string[]): never {
  console.error(`${why}:\n${lines.join("\n")}`);
  process.exit(1);
}

function apply<T>({ file, from, to }: Mutant, check: () => T): T {
  const path = join(scratch, file);
  const text = readFileSync(path, "utf8");
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

function hasItsPlace({ file, from }: Mutant) {
  return readFileSync(join(scratch, file), "utf8").split(from).length === 2;
}

function writeTable() {
  mkdirSync(join(root, "docs"), { recursive: true });
  const text = `# Mutants

Each mutant is a deliberate bug in a copy of the repository, tried on its own. The last column is the check that it made fail. \`npm run mutants\`
runs all of them and writes this table. All checks pass without a mutant. The run fails if no check catches a mutant, or if its place in the
source no longer exists.

| mutant | file | promise that it breaks | caught by |
|---|---|---|---|
${rows.join("\n")}
`;
  writeFileSync(join(root, "docs/mutants.md"), text);
}
