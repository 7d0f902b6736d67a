import { invalid } from "../../lib/errors";
import { linesOf, type Row, tableOf } from "../../lib/files/table";
import { codeColumn } from "./code-column";
import { CODES_MAX } from "./coupon-schema";

/** A code as it was sent, with its line number in the text, counted from 1. */
export type Line = { value: string; line: number };

/**
 * The codes of a list. `columns` are the names of its columns, `column` the index of the one that holds the codes.
 * `skipped` are the lines of the header and of the notes above it; `mended` those with a stray quotation mark.
 */
export type CodeFile = { lines: Line[]; column: number; columns: string[]; skipped: number[]; mended: number[] };

/** A header, the notes above it, and empty lines come on top of the codes. */
const LINES_MAX = 4 * CODES_MAX;

const lineOf = ({ line }: Row) => line;

/** The codes of a table. `chosen` is the index of a column that a person chose. @throws 400 above 400,000 lines */
export const codesOfCsv = (text: string, chosen?: number): CodeFile => tableOfCodes(text, chosen).file;

function tableOfCodes(text: string, chosen?: number) {
  if (linesOf(text).length > LINES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  const { rows: all, mended } = tableOf(text);
  const { column, columns, rows, notes, header } = codeColumn(all, chosen);
  const lines = rows.map(({ line, cells }) => ({ value: cells[column] ?? "", line }));
  const file: CodeFile = {
    lines,
    column,
    columns,
    skipped: [...notes, ...(header ? [header] : [])].map(lineOf),
    mended,
  };
  return { file, isNamed: (header?.cells.filter((cell) => cell.trim() !== "").length ?? 0) > 1 };
}

/** What people put between codes on a line. */
const BETWEEN = /[,;\t]/;

/**
 * The codes of a text that somebody pasted or uploaded: a table if it has a column of codes by name, else any number of
 * codes per line.
 */
export function codesOfText(text: string, chosen?: number): CodeFile {
  const { file: table, isNamed } = tableOfCodes(text, chosen);
  if (isNamed || chosen !== undefined) return table;
  const skipped = new Set(table.skipped);
  const lines = linesOf(text).flatMap((value, i) =>
    skipped.has(i + 1) ? [] : value.split(BETWEEN).map((part) => ({ value: part, line: i + 1 })),
  );
  return {
    lines: lines.filter(({ value }) => value.trim() !== ""),
    column: 0,
    columns: [],
    skipped: table.skipped,
    mended: [],
  };
}

/** Whether a file is a table by its name or type. */
export const isTableFile = ({ name, type }: File) =>
  /\.(csv|tsv)$/i.test(name) || type === "text/csv" || type === "text/tab-separated-values";

/**
 * What an API call sends as text: codes, one per line, or a JSON object. Text that is a JSON string is that string, and a
 * JSON array holds codes.
 */
export function sentAsText(text: string): unknown[] | object {
  const json = jsonIn(text);
  if (typeof json === "object" && json !== null) return json;
  return codesOfLines(typeof json === "string" ? json : text);
}

const codesOfLines = (text: string) => linesOf(text).filter((line) => line.trim() !== "");

/** A code can begin with a brace or a quotation mark, too, so text that does not parse is no JSON. */
function jsonIn(text: string): unknown {
  if (!/^\s*[{["]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
