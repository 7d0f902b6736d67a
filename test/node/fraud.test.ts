import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { root } from "../../scripts/root.ts";
import { reasons } from "../../src/fraud/reasons.ts";
import "../../bench/fraud/resolve.ts";

const { play, storyOf } = await import("../../bench/fraud/play.ts");
const { reportOf } = await import("../../bench/fraud/report.ts");

/** Never used to set weights. Stories of less than a third of the size, for speed; `npm run fraud` uses full ones. */
const SEEDS = Array.from({ length: 12 }, (_, i) => 41 + i);
const SCALE = 0.3;

const codes = new Set<string>();
const played = SEEDS.map((seed) =>
  play(storyOf(seed, SCALE), (_, assessment) => {
    for (const { code } of assessment.reasons) codes.add(code);
  }),
);
const report = reportOf({ units: played.flatMap(({ units }) => units) });

describe("the fraud engine, on new stories", () => {
  it("finds at least 90% of the fraud", () => {
    assert.ok(report.recall >= 0.9, JSON.stringify(report));
    for (const [attack, recall] of Object.entries(report.attacks)) assert.ok(recall >= 0.6, `${attack}: ${recall}`);
  });

  it("holds at most 1% of honest people, and 3% of each kind", () => {
    assert.ok(report.false_positive_rate <= 0.01, JSON.stringify(report));
    for (const [kind, rate] of Object.entries(report.honest)) assert.ok(rate <= 0.03, `${kind}: ${rate}`);
  });

  it("sees every attack and every look-alike, at about one fraud in a hundred", () => {
    assert.equal(Object.keys(report.attacks).length, 21);
    assert.equal(Object.keys(report.honest).length, 13);
    const units = played.flatMap((one) => one.units);
    const share = units.filter(({ is_fraud }) => is_fraud).length / units.length;
    assert.ok(share > 0.007 && share < 0.025, String(share));
  });

  it("finds each of its reasons somewhere, except your lists", () => {
    assert.deepEqual([...codes, "on_block_list"].sort(), Object.keys(reasons).sort());
  });

  it("is deterministic, and stores at most two rows", () => {
    const again = play(storyOf(SEEDS[0] ?? 0, SCALE));
    assert.deepEqual(again.units, played[0]?.units);
    const story = storyOf(SEEDS[0] ?? 0, SCALE);
    assert.ok(again.writes <= 2 * story.length);
  });
});

it("prints the figures as JSON and nothing else", () => {
  const args = ["bench/fraud/run.ts", "--seed", "7", "--json"];
  const printed = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }));
  assert.deepEqual(Object.keys(printed), [
    "recall",
    "false_positive_rate",
    "attacks",
    "honest",
    "precision",
    "reviews_per_1000",
  ]);
  for (const rate of [printed.recall, printed.precision]) assert.ok(rate > 0 && rate <= 1);
});
