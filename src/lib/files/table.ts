import Papa from "papaparse";
import { invalid } from "../errors";
import { delimiterOf } from "./delimiter";
import { jsonTable } from "./json-table";
import { doubleQuoted, unwrapped } from "./wrapped-lines";

/** A row with the file's line where it starts, counted from 1. */
export type Row = { line: number; cells: string[] };

/**
 * A list's rows, without empty ones. `mended`: lines with an unclosed quotation mark, which were read as plain text.
 */
export type Table = { rows: Row[]; mended: number[] };

/** 100,000 rows, plus a header, notes above it, and empty lines. */
const LINES_MAX = 400_000;
/** Characters. A line of nothing but delimiters would create millions of cells. */
const LINE_MAX = 100_000;
/** No list made by a person has more columns. */
const COLUMNS_MAX = 500;

/** A quoted cell may span this many lines. Beyond that, somebody forgot to close the quotation mark. */
const LINES_PER_CELL = 100;

/**
 * Searching for the end of a quoted cell in vain costs time. After this many tries, quotation marks are read as plain
 * text.
 */
const TRIES = 1_000;

/** Excel's optional first line, which names the delimiter. */
const SEP = /^"?sep=(.)"?$/i;

const BREAK = /\r\n|\r|\n/g;
/** Line breaks in text from documents or web pages. */
const OTHER_BREAK = /[\u2028\u2029\u0085\v]/g;

/** The lines of a text. @throws 400 above 400,000 lines */
export function linesOf(text: string): string[] {
  let breaks = 0;
  const between = /[\r\n]/.test(text) ? BREAK : OTHER_BREAK;
  for (const _ of text.matchAll(between))
    if (++breaks > LINES_MAX) throw invalid("", "The file has more than 400,000 lines. Remove the empty ones.");
  return text.replace(/^\uFEFF/, "").split(between);
}

const isLong = (line: string) => line.length > LINE_MAX;

/** Whether these lines are short enough for a table and have few enough columns. */
export function mayBeTable(lines: string[]): boolean {
  if (lines.some(isLong)) return false;
  const delimiter = delimiterOf(lines.slice(0, 200));
  return lines.every((line) => line.split(delimiter).length <= COLUMNS_MAX);
}

/**
 * Reads delimited text or a JSON list of objects. The delimiter is the one that fits most of the first lines. A stray
 * quotation mark affects only its own row.
 * @throws 400 above 400,000 lines, 100,000 characters in a line, or 500 columns
 */
export function tableOf(text: string): Table {
  const entries = jsonTable(text);
  if (entries) return { rows: entries, mended: [] };
  const lines = doubleQuoted(unwrapped(linesOf(text)));
  const long = lines.findIndex(isLong);
  if (long >= 0)
    throw invalid("", `Line ${long + 1} has more than 100,000 characters. Shorten it or remove its column.`);
  const sep = SEP.exec(lines[0]?.trim() ?? "")?.[1];
  const first = sep === undefined ? 0 : 1;
  const delimiter = sep ?? delimiterOf(lines.slice(0, 200));
  const read = readerOf(delimiter, lines.slice(first, first + 200));
  const rows: Row[] = [];
  const mended: number[] = [];
  for (let at = first; at < lines.length; ) {
    const { cells, taken, isMended } = read(lines, at);
    if (cells.length > COLUMNS_MAX) throw invalid("", `Line ${at + 1} has more than ${COLUMNS_MAX} columns.`);
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ line: at + 1, cells });
    if (isMended) mended.push(at + 1);
    at += taken;
  }
  return { rows, mended };
}

type Read = { cells: string[]; taken: number; isMended: boolean };

function readerOf(delimiter: string, sample: string[]) {
  const parse = (text: string) => Papa.parse<string[]>(text, { delimiter, newline: "\n" });
  const plain = (line: string) => line.split(delimiter);
  const cellsOf = (line: string) => parse(line).data[0] ?? [];
  const width = mode(sample.filter((line) => line.trim() !== "").map((line) => cellsOf(line).length));
  const emailAt = sample.map((line) => cellsOf(line).findIndex((cell) => cell.includes("@"))).find((at) => at >= 0);

  /** Whether a line inside a quoted cell is its own row, which an unclosed quotation mark would swallow. */
  const isRow = (line: string) => {
    const cells = cellsOf(line);
    return cells.length === width && (emailAt === undefined ? width > 1 : cells[emailAt]?.includes("@") === true);
  };

  let tries = TRIES;

  /** The line after a row that starts with an open quoted cell, if its quotation marks close in time. */
  const endOf = (lines: string[], at: number) => {
    if (tries-- <= 0) return undefined;
    let quotes = quotesIn(lines[at]);
    let length = lines[at]?.length ?? 0;
    for (let next = at + 1; next < Math.min(lines.length, at + LINES_PER_CELL); next++) {
      if (isRow(lines[next] ?? "")) return undefined;
      length += lines[next]?.length ?? 0;
      if (length > LINE_MAX) return undefined;
      quotes += quotesIn(lines[next]);
      if (quotes % 2 === 0) return next + 1;
    }
    return undefined;
  };

  return (lines: string[], at: number): Read => {
    const line = lines[at] ?? "";
    if (!line.includes('"')) return { cells: plain(line), taken: 1, isMended: false };
    const alone = whole(parse(line));
    if (alone) return { cells: alone, taken: 1, isMended: false };
    const end = endOf(lines, at);
    const cells = end && whole(parse(lines.slice(at, end).join("\n")));
    if (cells) {
      tries++;
      return { cells, taken: end - at, isMended: false };
    }
    return { cells: plain(line).map((cell) => cell.replace(LONE_QUOTE, "")), taken: 1, isMended: true };
  };
}

const LONE_QUOTE = /^"|"$/g;
const quotesIn = (line = "") => line.split('"').length - 1;

/** The only row, if all its quoted cells are closed. */
const whole = ({ data, errors }: Papa.ParseResult<string[]>) =>
  data.length === 1 && !errors.some(({ code }) => code === "MissingQuotes") ? data[0] : undefined;

function mode(numbers: number[]) {
  const tally = new Map<number, number>();
  for (const n of numbers) tally.set(n, (tally.get(n) ?? 0) + 1);
  return [...tally].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [1, 0])[0];
}
