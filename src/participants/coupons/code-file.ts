import { unguarded } from "../../lib/csv";
import { invalid } from "../../lib/errors";
import { linesOf, mayBeTable, type Row, tableOf } from "../../lib/files/table";
import { areAllCodes, codeColumn, isOneOfSeveral } from "./code-column";
import { CODES_MAX } from "./coupon-schema";

/** A code as it was sent, with its line number in the text, counted from 1. */
export type Line = { value: string; line: number };

/**
 * The codes of a list. `columns` are the names of its columns, `column` the index of the one that holds the codes.
 * `skipped` are the lines of the header and of the notes above it; `mended` those with a stray quotation mark.
 */
export type CodeFile = { lines: Line[]; column: number; columns: string[]; skipped: number[]; mended: number[] };

const lineOf = ({ line }: Row) => line;

/** The codes of a table. `chosen` is the index of a column that a person chose. @throws 400 if `tableOf` does */
export function codesOfCsv(text: string, chosen?: number): CodeFile {
  const { file, isTable, rows } = tableOfCodes(text, chosen);
  return chosen === undefined && !isTable && areAllCodes(rows) ? codesOfText(text) : file;
}

function tableOfCodes(text: string, chosen?: number) {
  const { rows: all, mended } = tableOf(text);
  const { column, columns, rows, notes, header } = codeColumn(all, chosen);
  const lines = rows.map(({ line, cells }) => ({ value: plain(cells[column] ?? ""), line }));
  const file: CodeFile = {
    lines,
    column,
    columns,
    skipped: [...notes, ...(header ? [header] : [])].map(lineOf),
    mended,
  };
  const isNamed = (header?.cells.filter((cell) => cell.trim() !== "").length ?? 0) > 1;
  return { file, rows, isTable: isNamed || (!header && isOneOfSeveral(rows)) };
}

/** What stands between the separators that people put between codes. */
const CODES = /[^,;\t|、，；]+/g;
/** What lists have in front of their lines. */
const BULLET = /^\s{0,20}(?:[-–—•*·]|\d{1,6}[.)])\s{1,20}/;
/** A pair of quotation marks around a code. */
const QUOTED = /^(?:"(.*)"|'(.*)'|“(.*)”|„(.*)[“”]|«(.*)»|`(.*)`)$/s;
const inner = (text: string) =>
  QUOTED.exec(text)
    ?.slice(1)
    .find((part) => part !== undefined) ?? text;

/** A code without what spreadsheets, lists, and programs put around it. */
const plain = (text: string) => unguarded(inner(text.trim()));

/**
 * The codes of a text that somebody pasted or uploaded: a table if it has a column of codes by name, else any number of
 * codes per line.
 * @throws 400 above 100,000 codes
 */
export function codesOfText(text: string, chosen?: number): CodeFile {
  const json = jsonOfCodes(text);
  if (json) return { ...NO_TABLE.file, lines: json.map((value) => ({ value, line: 1 })) };
  const all = linesOf(text);
  // Thousands of codes on one line are no table.
  const { file: table, isTable } = mayBeTable(all) ? tableOfCodes(text, chosen) : NO_TABLE;
  if (isTable || (chosen !== undefined && table.columns.length > 0)) return table;
  const skipped = new Set(table.skipped);
  const lines: Line[] = [];
  for (const [i, line] of all.entries())
    for (const [value] of skipped.has(i + 1) ? [] : line.replace(BULLET, "").matchAll(CODES)) {
      if (value.trim() === "") continue;
      if (lines.length === CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
      lines.push({ value: plain(value), line: i + 1 });
    }
  return { lines, column: 0, columns: [], skipped: table.skipped, mended: [] };
}

const NO_TABLE = {
  file: { lines: [], column: 0, columns: [], skipped: [], mended: [] } as CodeFile,
  isTable: false,
  rows: [],
};

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

/** The codes of a JSON array of texts, alone or as `codes`. Null for anything else. */
function jsonOfCodes(text: string): string[] | null {
  const json = jsonIn(text);
  const list = typeof json === "object" && json !== null && "codes" in json ? json.codes : json;
  return Array.isArray(list) && list.every((each) => typeof each === "string") ? list : null;
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
