import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { costTable, measuredCosts } from "../../bench/costs.ts";
import { root } from "../../scripts/root.ts";

it("docs/costs.md prices match the tests' measurements", () => {
  const page = readFileSync(join(root, "docs/costs.md"), "utf8");
  const table = costTable(measuredCosts());
  assert.ok(page.includes(table), `node bench/costs.ts makes it:\n${table}`);
});
