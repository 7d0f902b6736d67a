import type { Round } from "./rounds.ts";

/** What a case measured: its figures, and how they stand to their floors. */
export type Row = {
  name: string;
  figures: Record<string, number>;
  /** The ratios that were promised, with the bound that each is held against. */
  targets: Target[];
};
export type Target = { what: string; ratio: number; bound: number; at: "least" | "most" };

export const isMet = ({ ratio, bound, at }: Target) => (at === "least" ? ratio >= bound : ratio <= bound);

export function median(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** The median of a figure over the rounds. */
export const over = (rounds: Round[], figure: keyof Round) => median(rounds.map((round) => round[figure]));

/** The median of the rounds' own ratios: what disturbs the machine for a while disturbs both sides of a round. */
export const ratio = (ours: Round[], floor: Round[], figure: keyof Round) =>
  median(ours.map((round, i) => round[figure] / (floor[i]?.[figure] ?? Number.NaN)));

const round = (value: number) => Number(value.toPrecision(3));

const figuresOf = ({ figures }: Row) => Object.entries(figures).map(([figure, value]) => `${figure} ${round(value)}`);
const verdict = (target: Target) =>
  `${isMet(target) ? "met" : "MISSED"}: ${target.what} ${round(target.ratio)} (at ${target.at} ${target.bound})`;

export function printRow(row: Row) {
  console.log(`${row.name}\n    ${figuresOf(row).join("   ")}`);
  for (const target of row.targets) console.log(`    ${verdict(target)}`);
}

/** Rows as a table of a page. */
export const asMarkdown = (rows: Row[]) =>
  [
    "| case | measured | target |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row.name} | ${figuresOf(row).join("; ")} | ${row.targets.map(verdict).join("; ")} |`),
  ].join("\n");

/** What was promised of rows, and what became of it. */
export const asVerdicts = (rows: Row[]) => {
  const lines = rows.flatMap(({ name, targets }) =>
    targets.map((t) => {
      const wanted = `at ${t.at} ${t.bound}`;
      return `| ${name} | ${t.what} | ${t.ratio.toFixed(2)} | ${isMet(t) ? wanted : `${wanted}: **missed**`} |`;
    }),
  );
  return ["| case | ratio of | measured | wanted |", "|---|---|---:|---|", ...lines].join("\n");
};
