import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fill } from "./page.ts";
import { asMarkdown, isMet, type Row } from "./report.ts";

const file = join(import.meta.dirname, "results/latest.json");

type Results = { machine: string; rows: Row[] };

const read = (): Row[] => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results).rows : []);

/** Written whole or not at all: whoever interrupts the run leaves what was measured before. */
function write(machine: string, rows: Row[]) {
  const made = `${file}.new`;
  writeFileSync(made, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  renameSync(made, file);
  const setting = `${machine}. Beside each figure when it was taken (UTC), and the machine's load a moment before.`;
  fill("docs/benchmarks.md", "results", `${setting}\n\n${asMarkdown(rows)}`);
}

/** The last run of every case, kept in the order of `parts`, on disk and in the page after each. */
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
    /** Puts a row in the place of the same case's older one. */
    put: (row: Row) => {
      rows = rows.filter(
        ({ part, what, at_once }) => [part, what, at_once].join() !== [row.part, row.what, row.at_once].join(),
      );
      rows.push(row);
      save();
    },
    /** Drops what a whole part measured no more: cases that are gone. */
    dropOlder: (part: string, since: string) => {
      rows = rows.filter((row) => row.part !== part || row.taken >= since);
      save();
    },
    /** Of the rows since then: what they were to reach and did not. */
    missed: (since: string) =>
      rows.filter(({ taken }) => taken >= since).flatMap((row) => row.comparisons.filter((one) => !isMet(one))).length,
  };
}
