import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fill } from "./page.ts";
import { asMarkdown, isMet, type Row } from "./report.ts";

const file = join(import.meta.dirname, "results/latest.json");

type Results = { machine: string; rows: Row[] };

const read = (): Row[] => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results).rows : []);

/** Replaces the file at once, so an interrupted run keeps the previous results. */
function write(machine: string, rows: Row[]) {
  const made = `${file}.new`;
  writeFileSync(made, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  renameSync(made, file);
  const setting = `${machine}. The last column shows when each figure was taken (UTC), and the machine's load just before.`;
  fill("docs/benchmarks.md", "results", `${setting}\n\n${asMarkdown(rows)}`);
}

/** Each case's last run, in the order of `parts`, saved to disk and to the page after each change. */
export function openResults(machine: string, parts: string[]) {
  let rows = read();
  const names = [...new Set(rows.map(({ what }) => what))];
  const placeOf = (name: string) => {
    if (!names.includes(name)) names.push(name);
    return names.indexOf(name);
  };
  const save = () => {
    rows.sort(
      (a, b) =>
        parts.indexOf(a.part) - parts.indexOf(b.part) || placeOf(a.what) - placeOf(b.what) || a.at_once - b.at_once,
    );
    write(machine, rows);
  };
  return {
    /** Replaces the same case's older row. */
    put: (row: Row) => {
      rows = rows.filter(
        ({ part, what, at_once }) => [part, what, at_once].join() !== [row.part, row.what, row.at_once].join(),
      );
      rows.push(row);
      save();
    },
    /** After a part ran completely, drops its older rows: cases that no longer exist. */
    dropOlder: (part: string, since: string) => {
      rows = rows.filter((row) => row.part !== part || row.taken >= since);
      save();
    },
    /** The number of promises that rows since then have missed. */
    missed: (since: string) =>
      rows.filter(({ taken }) => taken >= since).flatMap((row) => row.comparisons.filter((one) => !isMet(one))).length,
  };
}
