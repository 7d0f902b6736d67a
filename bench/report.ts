import type { Round } from "./rounds.ts";

/** A case's measurements: all figures, and comparisons of the important ones with their floors. */
export type Measured = {
  what: string;
  /** The number of concurrent connections. */
  at_once: number;
  figures: Record<string, number>;
  comparisons: Comparison[];
};
/** A figure compared with a floor's. `wanted` is the promised ratio. Without a floor, only the figure counts. */
export type Comparison = {
  figure: string;
  ours: number;
  floor?: { name: string; value: number; ratio: number };
  wanted?: { bound: number; at: "least" | "most" };
};
export type Row = Measured & { part: string; taken: string; load: number; rounds: number; seconds: number };

export const isMet = ({ floor, wanted }: Comparison) =>
  !floor || !wanted || (wanted.at === "least" ? floor.ratio >= wanted.bound : floor.ratio <= wanted.bound);

export function median(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** Rounds that have this figure and maybe others. */
type With<F extends string> = Record<NoInfer<F>, number>[];

export const over = <F extends string>(rounds: With<F>, figure: F) => median(rounds.map((round) => round[figure]));

/** The median of the ratios per round, because a temporary disturbance of the machine affects both sides of a round. */
const ratio = <F extends string>(ours: With<F>, floor: With<F>, figure: F) =>
  median(ours.map((round, i) => round[figure] / (floor[i]?.[figure] ?? Number.NaN)));

const called = { rps: "per second", p50: "p50 ms", p95: "p95 ms" } as const;

/** Our figure compared with the floor's, over the same rounds. */
export const compared = <F extends keyof typeof called>(
  figure: F,
  ours: With<F>,
  name: string,
  floor: With<F>,
  wanted?: Comparison["wanted"],
): Comparison => ({
  figure: called[figure],
  ours: over(ours, figure),
  floor: { name, value: over(floor, figure), ratio: ratio(ours, floor, figure) },
  ...(wanted && { wanted }),
});

/** The figures of rounds of load. `of` is a prefix for a floor's figures. */
export const figuresOf = (rounds: Round[], of = "") => ({
  [`${of}per second`]: over(rounds, "rps"),
  [`${of}p50 ms`]: over(rounds, "p50"),
  [`${of}p95 ms`]: over(rounds, "p95"),
  [`${of}p99 ms`]: over(rounds, "p99"),
  [`${of}CPU ms`]: over(rounds, "cpu"),
});

const short = (value: number) => Number(value.toPrecision(3)).toLocaleString("en").replaceAll(",", " ");

const wantedOf = (comparison: Comparison) => {
  if (!comparison.wanted) return "";
  const { bound, at } = comparison.wanted;
  return `at ${at} ${bound}${isMet(comparison) ? "" : ": **missed**"}`;
};

export function printRow({ what, at_once, figures, comparisons }: Measured) {
  const all = Object.entries(figures).map(([figure, value]) => `${figure} ${short(value)}`);
  console.log(`${what}, ${at_once} at once\n    ${all.join("   ")}`);
  for (const comparison of comparisons)
    if (comparison.floor) {
      const { name, ratio } = comparison.floor;
      console.log(`    ${comparison.figure} to ${name}: ${ratio.toFixed(2)} ${wantedOf(comparison)}`);
    }
}

export const asMarkdown = (rows: Row[]) =>
  [
    "| what | at once | this | beside | its floor | ratio | wanted | taken, load |",
    "|---|---:|---:|---|---:|---:|---|---|",
    ...rows.flatMap(({ what, at_once, comparisons, taken, load }) =>
      comparisons.map((comparison) => {
        const { figure, ours, floor } = comparison;
        const beside = floor ? [floor.name, short(floor.value), floor.ratio.toFixed(2)] : ["", "", ""];
        const when = `${taken.slice(5, 16).replace("T", " ")}, ${load.toFixed(1)}`;
        return `| ${[`${what}, ${figure}`, at_once, short(ours), ...beside, wantedOf(comparison), when].join(" | ")} |`;
      }),
    ),
  ].join("\n");
