import Papa from "papaparse";
import { csvText, unguarded } from "../../lib/csv";
import { invalid } from "../../lib/errors";
import { BYTES_MAX, columns, LINES_MAX, ROWS_MAX, type SentRow } from "./import-schema";

type Column = keyof typeof columns;
const NAMES = Object.keys(columns) as Column[];

/** Decodes a file: as UTF-8, or, if it is not valid UTF-8, as Windows-1252. @throws 400 above 5 MB */
export function decoded(bytes: ArrayBuffer): string {
  if (bytes.byteLength > BYTES_MAX) throw invalid("file", "The file is larger than 5 MB.");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * Reads the rows of a CSV by the column names in its first line. @throws 400 if there is no email column, or there are
 * too many rows or none
 */
export function rowsOf(csv: string): SentRow[] {
  if (csv.length > BYTES_MAX) throw invalid("text", "The text is larger than 5 MB.");
  const all = linesOf(csv);
  const [{ cells: head } = { cells: [] }, ...rest] = all;
  const places = placesIn(head);
  const lines = places.email < 0 && head.some((cell) => cell.includes("@")) ? all : rest;
  // Without a header, the first column holds emails and the second one names.
  if (lines === all) Object.assign(places, { email: 0, name: head.length > 1 ? 1 : -1 });
  if (places.email < 0) throw invalid("", "The first line must contain the column names, including `email`.");
  if (lines.length === 0) throw invalid("", "The file contains no rows.");
  if (lines.length > ROWS_MAX) throw invalid("", "The file has more than 10,000 rows. Split it into several files.");
  return lines.map(({ line, cells }) => {
    const cell = (column: Column) => unguarded((cells[places[column]] ?? "").trim()).slice(0, 2000);
    return [
      line,
      cell("email"),
      cell("name"),
      cell("external_id"),
      cell("referral_code"),
      cell("invited_by"),
      cell("date"),
    ];
  });
}

type Line = { line: number; cells: string[] };

/** The rows of a CSV, each with the line number on which it begins: quoted cells can span lines. */
function linesOf(csv: string): Line[] {
  const lines: Line[] = [];
  let line = 1;
  Papa.parse<string[]>(csv.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"), {
    newline: "\n",
    step: ({ data: cells }, parser) => {
      if (cells.some((cell) => cell.trim() !== "")) lines.push({ line, cells });
      line += cells.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 1);
      if (lines.length > ROWS_MAX + 1 || line > LINES_MAX) parser.abort();
    },
  });
  if (line > LINES_MAX) throw invalid("", "The file has more than 100,000 lines. Remove the empty ones.");
  return lines;
}

/** The index of each column, -1 if it is missing. */
function placesIn(head: string[]): Record<Column, number> {
  const said = head.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_"),
  );
  const place = (column: Column) => {
    const names: readonly string[] = columns[column].names;
    return said.findIndex((name) => names.includes(name));
  };
  return Object.fromEntries(NAMES.map((column) => [column, place(column)])) as Record<Column, number>;
}

export const toLines = (rows: SentRow[]) => rows.map((row) => JSON.stringify(row)).join("\n");

export const resultCsv = (results: { line: number; email: string; said: string }[]) =>
  csvText([["line", "email", "result"], ...results.map(({ line, email, said }) => [line, email, said])]);
