import { parseArgs } from "node:util";
import "./resolve.ts";

/** The reported seeds. Weights were set with others, from 1001 on. */
const REPORTED = Array.from({ length: 10 }, (_, i) => i + 1);

const { values } = parseArgs({
  options: {
    seed: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    why: { type: "boolean", default: false },
    proofs: { type: "boolean", default: false },
  },
});
const { play, storyOf } = await import("./play.ts");
const { proofsOf } = await import("./proofs.ts");
const { reportOf } = await import("./report.ts");

const seeds = (values.seed ?? REPORTED.map(String)).map(Number);
if (seeds.some((seed) => !Number.isSafeInteger(seed) || seed < 0))
  throw new Error("A seed must be a whole number, 0 or more.");
const why = new Map<string, number>();
const runs = seeds.map((seed) =>
  play(storyOf(seed), (one, { reasons, is_suspect }) => {
    if (!is_suspect) return;
    const key = `${one.kind}${"is_fraud" in one && one.is_fraud ? "!" : ""}: ${reasons
      .slice(0, 4)
      .map(({ code, weight }) => `${code} ${weight.toFixed(2)}`)
      .join(", ")}`;
    why.set(key, (why.get(key) ?? 0) + 1);
  }),
);
const units = runs.flatMap((run) => run.units);
const report = reportOf({ units });

if (values.json) console.log(JSON.stringify(report));
else {
  const percent = (n: number) => `${(100 * n).toFixed(2)}%`;
  const sizes = new Map(
    [...Map.groupBy(units, ({ kind, is_fraud }) => `${kind}${is_fraud ? "!" : ""}`)].map(([kind, own]) => [kind, own]),
  );
  const decisions = runs.reduce((sum, run) => sum + run.decisions, 0);
  console.log(`| attack | decided | found | held at once |\n|---|---|---|---|`);
  for (const [kind, found] of Object.entries(report.attacks)) {
    const own = sizes.get(`${kind}!`) ?? [];
    console.log(
      `| ${kind} | ${own.length} | ${percent(found)} | ${percent(own.filter(({ is_held }) => is_held).length / own.length)} |`,
    );
  }
  console.log(`\n| honest | decided | held wrongly |\n|---|---|---|`);
  for (const [kind, found] of Object.entries(report.honest))
    console.log(`| ${kind} | ${sizes.get(kind)?.length} | ${percent(found)} |`);
  console.log(`\nSeeds ${seeds.join(", ")}: ${units.length} referrals and sales, ${percent(units.filter(({ is_fraud }) => is_fraud).length / units.length)} of them fraud.
Recall ${percent(report.recall)}, false positives ${percent(report.false_positive_rate)}, precision ${percent(report.precision)}, reviews per 1,000: ${report.reviews_per_1000}.
${(runs.reduce((sum, run) => sum + run.micros, 0) / decisions).toFixed(0)} microseconds per decision.`);
}
if (values.why)
  for (const [key, n] of [...why]
    .sort((a, b) => b[1] - a[1])
    .filter(([key]) => !key.includes("!:"))
    .slice(0, 60))
    console.log(n, key);
if (values.proofs) console.table(proofsOf({ units }));
