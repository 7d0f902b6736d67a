import type { Round } from "./rounds.ts";

/** What a case measured: all its figures, and how those that count stand to their floors. */
export type Measured = {
  what: string;
  /** Connections that asked at the same time. */
  at_once: number;
  figures: Record<string, number>;
  comparisons: Comparison[];
};
/** A figure beside the same of a floor; `wanted` where it was promised. Without a floor it stands for itself. */
export type Comparison = {
  figure: string;
  ours: number;
  floor?: { name: string; value: number; ratio: number };
  wanted?: { bound: number; at: "least" | "most" };
};
/** A case's last run. */
export type Row = Measured & { part: string; taken: string; load: number; rounds: number; seconds: number };

export const isMet = ({ floor, wanted }: Comparison) =>
  !floor || !wanted || (wanted.at === "least" ? floor.ratio >= wanted.bound : floor.ratio <= wanted.bound);

export function median(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** Rounds that have such a figure, whatever else they have. */
type With<F extends string> = Record<NoInfer<F>, number>[];

/** The median of a figure over the rounds. */
export const over = <F extends string>(rounds: With<F>, figure: F) => median(rounds.map((round) => round[figure]));

/** The median of the rounds' own ratios: what disturbs the machine for a while disturbs both sides of a round. */
const ratio = <F extends string>(ours: With<F>, floor: With<F>, figure: F) =>
  median(ours.map((round, i) => round[figure] / (floor[i]?.[figure] ?? Number.NaN)));

const called = { rps: "per second", p50: "p50 ms", p95: "p95 ms" } as const;

/** A figure of ours beside the floor's, over the same rounds. */
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

/** What is known of rounds of load; `of` names whose they are where they are not the product's. */
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

/** All comparisons as a table of a page. */
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
