import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/root.ts";
import { allMutants, rowOf } from "./all-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { copyOfRepository, runCheck, unmutated } from "./scratch.ts";

const { values } = parseArgs({
  options: {
    /** Runs the mutants whose names contain one of these. */
    only: { type: "string", multiple: true, default: [""] },
    /** Runs every third of them, for example, from the second on: `2/3`. */
    part: { type: "string", default: "1/1" },
  },
});
const [nth = 1, parts = 1] = values.part.split("/").map(Number);
const mutants = allMutants
  .filter(({ name }) => values.only.some((part) => name.includes(part)))
  .filter((_, i) => i % parts === nth - 1);
if (mutants.length === 0) giveUp("No mutant is in this part, and has a name with", [values.part, ...values.only]);
const table = join(root, "docs/mutants.md");
const scratch = copyOfRepository();

const lost = mutants.filter((mutant) => !hasItsPlace(mutant)).map(({ name, file }) => `${name}: ${file}`);
if (lost.length > 0) giveUp("The source no longer has the places that these mutants change", lost);
console.log("Checking that every check passes without a mutant.");
const checks = mutants.map(({ check }) => check);
const failing = unmutated(scratch, checks);
if (failing.length > 0) giveUp("These checks fail without a mutant, so they prove nothing", failing);

const rows = new Map<string, string>();
const survivors: string[] = [];
for (const mutant of mutants) {
  const started = performance.now();
  const symptom = apply(mutant, () => runCheck(scratch, mutant.check));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${symptom ? "caught  " : "SURVIVED"} ${mutant.name} (${seconds} s)${symptom ? `: ${symptom}` : ""}`);
  if (!symptom) survivors.push(mutant.name);
  const { check } = mutant;
  const by = "chaos" in check ? `\`npm run chaos -- ${check.chaos.join(" ")}\`` : `\`${check.file}\``;
  rows.set(rowOf(mutant), `${rowOf(mutant)} | ${by}: ${symptom ?? "**nothing**"} |`);
  writeTable();
}
console.log(`${mutants.length - survivors.length} of ${mutants.length} caught`);
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

/** Written after each mutant, so an interrupted run keeps its results. Mutants that did not run keep their rows. */
function writeTable() {
  const before = readFileSync(table, "utf8").split("\n");
  const lines = allMutants.flatMap((mutant) => {
    const own = rowOf(mutant);
    return rows.get(own) ?? before.find((line) => line.startsWith(`${own} | \``)) ?? [];
  });
  const text = `# Mutants

Each mutant is a deliberate bug in a copy of the repository, tried on its own. The last column is the check that it made fail. \`npm run mutants\`
runs all of them, or with \`--only <part of a name>\` or \`--part 1/3\` some, and writes their rows. All checks pass without a mutant. The run fails if no check catches a mutant, or if its place in the
source no longer exists.

| mutant | file | promise that it breaks | caught by |
|---|---|---|---|
${lines.join("\n")}
`;
  writeFileSync(table, text);
}
