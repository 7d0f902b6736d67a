import Papa from "papaparse";

/** Printable: no control or format characters, no line or paragraph separators. */
const CODE = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

type Code = { code: string; key: string };
/** `invalid_at`: the indexes of the first invalid values. */
type CodeList = { codes: Code[]; duplicates: number; invalid: number; invalid_at: number[] };

/** A value with its line number in the file, counted from 1. */
export type Line = { value: string; line: number };

const BREAK = /\r\n|\r|\n/;

export const linesOfText = (text: string): Line[] =>
  text
    .split(BREAK)
    .map((value, i) => ({ value, line: i + 1 }))
    .filter(({ value }) => value.trim() !== "");

/** The first column of a CSV, without the optional header `code`. */
export function linesOfCsv(text: string): Line[] {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""));
  const lines: Line[] = [];
  let line = 1;
  for (const row of data) {
    if (row.some((cell) => cell.trim() !== "")) lines.push({ value: row[0] ?? "", line });
    // A quoted cell can contain line breaks.
    line += row.reduce((breaks, cell) => breaks + cell.split(BREAK).length - 1, 1);
  }
  return lines[0]?.value.trim().toLowerCase() === "code" ? lines.slice(1) : lines;
}

const valuesOf = (lines: Line[]) => lines.map(({ value }) => value);
export const fromText = (text: string) => valuesOf(linesOfText(text));
export const fromCsv = (text: string) => valuesOf(linesOfCsv(text));

/**
 * The JSON object if the text is one as a whole, whatever its content type. Otherwise null: a code can also begin with
 * a brace.
 */
export function jsonIn(text: string): object | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const INVALID_SHOWN_MAX = 100;

/**
 * Separates valid codes from invalid values and duplicates. Codes are compared case-insensitively; the first spelling
 * is kept.
 */
export function codeList(values: unknown[]): CodeList {
  const codes = new Map<string, Code>();
  const invalid_at: number[] = [];
  let invalid = 0;
  let duplicates = 0;
  for (const [at, value] of values.entries()) {
    const code = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
    const key = code.toLowerCase();
    if (!CODE.test(code)) {
      invalid++;
      if (invalid_at.length < INVALID_SHOWN_MAX) invalid_at.push(at);
    } else if (codes.has(key)) duplicates++;
    else codes.set(key, { code, key });
  }
  return { codes: [...codes.values()], duplicates, invalid, invalid_at };
}

const PART_MAX_CODES = 5_000;
/** D1 accepts parameters of up to 2 MB. In UTF-8, a character can take three bytes or more. */
const PART_MAX_BYTES = 1_000_000;

/** Splits a list into parts that fit into one statement. */
export function inParts(codes: Code[]): Code[][] {
  const parts: Code[][] = [];
  let part: Code[] = [];
  let bytes = 0;
  for (const code of codes) {
    const size = 30 + (code.code.length + code.key.length) * 4;
    if (part.length >= PART_MAX_CODES || bytes + size > PART_MAX_BYTES) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(code);
    bytes += size;
  }
  return part.length > 0 ? [...parts, part] : parts;
}
