import { unguarded } from "../../lib/csv";
import { invalid } from "../../lib/errors";
import { columnName } from "../../lib/files/header";
import { jsonTable } from "../../lib/files/json-table";
import { linesOf, mayBeTable, type Row, tableOf } from "../../lib/files/table";
import { areAllCodes, codeColumn, isOneOfSeveral } from "./code-column";
import { CODES_MAX } from "./coupon-schema";
import { usedCodes } from "./used-codes";

/** A code as it was sent, with its line number in the text, starting at 1, and its last day, if its row has one. */
export type Line = { value: string; line: number; valid_until?: string };

/**
 * The codes of a list. `columns` are the names of its columns, and `column` is the index of the code column. `skipped`
 * are the lines of the header, the notes above it, and the totals. `mended` are lines with a stray quotation mark.
 * `used` are the lines of codes that `usedColumns` mark as used.
 */
export type CodeFile = {
  lines: Line[];
  column: number;
  columns: string[];
  skipped: number[];
  mended: number[];
  used: number[];
  usedColumns: string[];
};

const lineOf = ({ line }: Row) => line;

/** A person's choices: the index of the code column, and whether to import used codes too. */
type CodeChoice = { column?: number | undefined; withUsed?: boolean | undefined };

/** The codes of a table. @throws 400 if `tableOf` does */
export function codesOfCsv(text: string, choice: CodeChoice = {}): CodeFile {
  const { file, isTable, rows } = tableOfCodes(text, choice);
  return choice.column === undefined && !isTable && areAllCodes(rows) ? codesOfText(text) : file;
}

/** The header name of the column with each code's last day: `valid_until`. */
const VALIDITY = "valid until";
/** No date is longer, so truncating a longer text loses no date. */
const DAY_MAX_LENGTH = 40;

function tableOfCodes(text: string, { column: chosen, withUsed = false }: CodeChoice) {
  const { rows: all, mended } = tableOf(text);
  const { column, columns, rows: below, notes, header } = codeColumn(all, chosen);
  const rows = below.filter((row, n) => !isRule(row) && !(n === below.length - 1 && isTotal(row)));
  const { used, columns: usedColumns } = usedCodes(header, rows, column);
  const validity = header?.cells.findIndex((cell, n) => n !== column && columnName(cell) === VALIDITY) ?? -1;
  const taken = withUsed ? rows : rows.filter((row) => !used.has(row));
  const kept = new Set(rows);
  const file: CodeFile = {
    lines: taken.map(({ line, cells }) => {
      const day = plain(cells[validity] ?? "");
      return { value: plain(cells[column] ?? ""), line, ...(day && { valid_until: day.slice(0, DAY_MAX_LENGTH) }) };
    }),
    column,
    columns,
    skipped: [...notes, ...(header ? [header] : []), ...below.filter((row) => !kept.has(row))]
      .map(lineOf)
      .filter(Boolean),
    mended,
    used: [...used].map(lineOf),
    usedColumns,
  };
  // The key names of JSON objects are not on any line.
  const isNamed = header?.line === 0 || (header?.cells.filter((cell) => cell.trim() !== "").length ?? 0) > 1;
  return { file, rows, isTable: isNamed || (!header && isOneOfSeveral(rows)) };
}

/** The line below a table header in Markdown. */
const isRule = ({ cells }: Row) =>
  cells.some((cell) => /--/.test(cell)) && cells.every((cell) => /^[\s:-]*$/.test(cell));

const TOTAL =
  /^\s*(?:grand total|totale?s?|sub ?total|sum|summe|gesamt\p{L}{0,10}|insgesamt|somme|suma|soma)(?:$|\s*:|\s[\d.,\s]{0,20}\p{L}{0,20}$)/iu;

/** The total that spreadsheets and reports add below the last row. */
function isTotal({ cells }: Row) {
  const [first = "", ...others] = cells.filter((cell) => cell.trim() !== "");
  return TOTAL.test(first) && (others.length > 0 || /[\s:]/.test(first.trim()));
}

/** The text between the separators that people put between codes. */
const CODES = /[^,;\t|、，；]+/g;
/** The bullets and numbers at the start of list lines. */
const BULLET = /^\s{0,20}(?:[-–—•*·]|\d{1,6}[.)])\s{1,20}/;
/** A pair of quotation marks around a code. */
const QUOTED = /^(?:"(.*)"|'(.*)'|“(.*)”|„(.*)[“”]|«(.*)»|`(.*)`)$/s;
const inner = (text: string) =>
  QUOTED.exec(text)
    ?.slice(1)
    .find((part) => part !== undefined) ?? text;

/** A code without the characters that spreadsheets, lists, and programs put around it. */
const plain = (text: string) => unguarded(inner(text.trim()));

/**
 * The codes of a pasted or uploaded text: a table if one column's name is about codes, otherwise any number of codes
 * per line.
 * @throws 400 above 100,000 codes
 */
export function codesOfText(text: string, choice: CodeChoice = {}): CodeFile {
  const json = jsonOfCodes(text);
  if (json) return { ...NO_TABLE.file, lines: json.map((value) => ({ value, line: 1 })) };
  const all = linesOf(text);
  // Thousands of codes on one line are not a table.
  const { file: table, isTable } = mayBeTable(all) || jsonTable(text) ? tableOfCodes(text, choice) : NO_TABLE;
  if (isTable || (choice.column !== undefined && table.columns.length > 0)) return table;
  const skipped = new Set(table.skipped);
  const lines: Line[] = [];
  for (const [i, line] of all.entries())
    for (const [value] of skipped.has(i + 1) ? [] : line.replace(BULLET, "").matchAll(CODES)) {
      if (value.trim() === "") continue;
      if (lines.length === CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
      lines.push({ value: plain(value), line: i + 1 });
    }
  return { ...NO_TABLE.file, lines, skipped: table.skipped };
}

const NO_TABLE = {
  file: { lines: [], column: 0, columns: [], skipped: [], mended: [], used: [], usedColumns: [] } as CodeFile,
  isTable: false,
  rows: [],
};

/** Whether a file is a table, by its name or type. */
export const isTableFile = ({ name, type }: File) =>
  /\.(csv|tsv)$/i.test(name) || type === "text/csv" || type === "text/tab-separated-values";

/**
 * The text of an API call: codes, one per line, or a JSON object. Text that is a JSON string is read as that string,
 * and a JSON array contains codes.
 */
export function sentAsText(text: string): unknown[] | object {
  const json = jsonIn(text);
  if (typeof json === "object" && json !== null) return json;
  return codesOfLines(typeof json === "string" ? json : text);
}

/** The codes of a JSON array of texts, alone or under `codes`. Null for anything else. */
function jsonOfCodes(text: string): string[] | null {
  const json = jsonIn(text);
  const list = typeof json === "object" && json !== null && "codes" in json ? json.codes : json;
  return Array.isArray(list) && list.every((each) => typeof each === "string") ? list : null;
}

const codesOfLines = (text: string) => linesOf(text).filter((line) => line.trim() !== "");

/** A code may also begin with a brace or quotation mark, so text that does not parse is not JSON. */
function jsonIn(text: string): unknown {
  if (!/^\s*[{["]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
