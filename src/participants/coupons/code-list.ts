import Papa from "papaparse";

/** Printable: no control or format characters, no line or paragraph separators. */
const CODE = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

export type Code = { code: string; key: string };
/** `invalid_at`: where in the list the first ones are that are no codes. */
export type CodeList = { codes: Code[]; duplicates: number; invalid: number; invalid_at: number[] };

/** A value, and the line of the file that it stands on, counted from 1. */
export type Line = { value: string; line: number };

const BREAK = /\r\n|\r|\n/;

/** One code per line. */
export const linesOfText = (text: string): Line[] =>
  text
    .split(BREAK)
    .map((value, i) => ({ value, line: i + 1 }))
    .filter(({ value }) => value.trim() !== "");

/** The first column of a CSV, without its optional header `code`. */
export function linesOfCsv(text: string): Line[] {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""));
  const lines: Line[] = [];
  let line = 1;
  for (const row of data) {
    if (row.some((cell) => cell.trim() !== "")) lines.push({ value: row[0] ?? "", line });
    // A quoted cell may have line breaks in it.
    line += row.reduce((breaks, cell) => breaks + cell.split(BREAK).length - 1, 1);
  }
  return lines[0]?.value.trim().toLowerCase() === "code" ? lines.slice(1) : lines;
}

const valuesOf = (lines: Line[]) => lines.map(({ value }) => value);
export const fromText = (text: string) => valuesOf(linesOfText(text));
export const fromCsv = (text: string) => valuesOf(linesOfCsv(text));

/** The JSON object that a text is as a whole, whatever it calls itself; else null: a code may begin with a brace, too. */
export function jsonIn(text: string): object | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const INVALID_SHOWN_MAX = 100;

/** Sorts out what is no code and what comes twice. Codes are compared without case; the first spelling stays. */
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
/** D1 takes a parameter of 2 MB; JSON in UTF-8 may need three bytes and more for a character. */
const PART_MAX_BYTES = 1_000_000;

/** Cuts a list into parts that one statement takes. */
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
