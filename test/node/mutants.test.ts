import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { conversionMutants } from "../../chaos/conversion-mutants.ts";
import { edgeMutants } from "../../chaos/edge-mutants.ts";
import { ledgerMutants } from "../../chaos/ledger-mutants.ts";
import { root } from "../../scripts/root.ts";

const mutants = [...ledgerMutants, ...conversionMutants, ...edgeMutants];
const textOf = (file: string) => readFileSync(join(root, file), "utf8");
/** Rows of the table, without what happened to catch each. */
const rowOf = ({ name, file, breaks }: (typeof mutants)[number]) => `| ${name} | ${file} | ${breaks}`;

describe("the bugs that `npm run mutants` makes", () => {
  it("each have their one place in the source, and a check that is there", () => {
    for (const { name, file, from, to, check } of mutants) {
      assert.equal(textOf(file).split(from).length, 2, `${name}: ${file}`);
      assert.notEqual(from, to, name);
      if ("file" in check) assert.ok(existsSync(join(root, check.file)), `${name}: ${check.file}`);
    }
  });

  it("are the ones of the table that it wrote, where each was caught", () => {
    const rows = textOf("docs/mutants.md")
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(1);
    assert.deepEqual(rows.map((row) => row.slice(0, row.lastIndexOf(" | `"))).sort(), mutants.map(rowOf).sort());
    for (const row of rows) assert.doesNotMatch(row, /\*\*nothing\*\*/);
  });
});
