import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { allMutants, rowOf } from "../../chaos/all-mutants.ts";
import { root } from "../../scripts/root.ts";

const textOf = (file: string) => readFileSync(join(root, file), "utf8");

/** The titles in a test's file, with the parameters of `it.each` and templates left open. */
function endings(file: string) {
  const literals = [...textOf(file).matchAll(/"([^"\n]+)"|`([^`\n]+)`/g)].map(
    ([, quoted, template]) => quoted ?? template ?? "",
  );
  return literals.flatMap((text) => {
    const parts = text.split(/%[a-z]|\$\{[^}]*\}/);
    return parts.join("").trim().includes(" ") ? [new RegExp(`${parts.map(RegExp.escape).join(".*")}$`)] : [];
  });
}

describe("the bugs of `npm run mutants`", () => {
  it("each have one place in the source, and an existing check", () => {
    for (const { name, file, from, to, check } of allMutants) {
      assert.equal(textOf(file).split(from).length, 2, `${name}: ${file}`);
      assert.notEqual(from, to, name);
      if ("file" in check) assert.ok(existsSync(join(root, check.file)), `${name}: ${check.file}`);
    }
  });

  it("match the rows of the table, each caught", () => {
    const rows = textOf("docs/mutants.md")
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(1);
    assert.deepEqual(rows.map((row) => row.slice(0, row.lastIndexOf(" | `"))).sort(), allMutants.map(rowOf).sort());
    for (const row of rows) assert.doesNotMatch(row, /\*\*nothing\*\*/);
  });

  it("are caught by tests that still have these titles", () => {
    const table = textOf("docs/mutants.md").split("\n");
    const stale = allMutants.filter((mutant) => {
      const { check } = mutant;
      if ("chaos" in check) return false;
      const row = table.find((line) => line.startsWith(`${rowOf(mutant)} | `)) ?? "";
      const [, file = "", title = ""] = / \| `([^`]+)`: “(.+)” \|$/.exec(row) ?? [];
      return file !== check.file || !title.includes(check.test) || !endings(file).some((ending) => ending.test(title));
    });
    assert.deepEqual(
      stale.map(({ name }) => name),
      [],
    );
  });
});
