import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/root.ts";

test("every Durable Object is created within the installation's jurisdiction", () => {
  const addressing = globSync("src/**/*.{ts,tsx}", { cwd: root })
    .map((file) => ({ file, source: readFileSync(join(root, file), "utf8") }))
    .filter(({ source }) => /\.(getByName|idFromName|newUniqueId|idFromString)\(/.test(source));
  assert.ok(addressing.length > 0);
  assert.deepEqual(
    addressing.filter(({ source }) => !source.includes("inJurisdiction(")).map(({ file }) => file),
    [],
    "src/lib/jurisdiction.ts",
  );
});
