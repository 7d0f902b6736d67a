import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { recordWays, type Way, waitsTable } from "../../bench/ways.ts";
import { root } from "../../scripts/root.ts";

describe("latency", () => {
  let ways: Way[];
  before(async () => {
    ways = await recordWays();
  });
  const waitsFor = (name: string) => ways.find((way) => way.name === name)?.hops.map(({ by, to }) => `${by} → ${to}`);

  it("docs/latency.md lists each response's hops", () => {
    const table = waitsTable(ways);
    assert.ok(
      readFileSync(join(root, "docs/latency.md"), "utf8").includes(table),
      `node bench/latency.ts makes it:\n${table}`,
    );
  });

  it("a warm signup makes one long-distance trip, and the ledger writes once", () => {
    for (const name of ["signup by key, warm", "signup by widget, warm"])
      assert.deepEqual(waitsFor(name), ["worker → limit", "worker → ledger", "ledger → primary"], name);
  });

  it("a lander's JSON leaves the data center only without a copy, and the isolate only with an old copy", () => {
    assert.deepEqual(waitsFor("lander, cold, not cached")?.slice(-1), ["worker → replica"]);
    assert.deepEqual(waitsFor("lander, from the edge cache"), ["worker → limit", "worker → cache"]);
    assert.deepEqual(waitsFor("lander, at hand"), ["worker → limit"]);
  });
});
