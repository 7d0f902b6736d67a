import Papa from "papaparse";

/** Printable: no control or format characters, no line or paragraph separators. */
const CODE = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

export type Code = { code: string; key: string };
export type CodeList = { codes: Code[]; duplicates: number; invalid: number };

/** One code per line. */
export const fromText = (text: string) => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");

/** The first column of a CSV, without its optional header `code`. */
export function fromCsv(text: string) {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy" });
  const column = data.map((row) => row[0] ?? "");
  return column[0]?.trim().toLowerCase() === "code" ? column.slice(1) : column;
}

/** Sorts out what is no code and what comes twice. Codes are compared without case; the first spelling stays. */
export function codeList(values: unknown[]): CodeList {
  const codes = new Map<string, Code>();
  let invalid = 0;
  let duplicates = 0;
  for (const value of values) {
    const code = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
    const key = code.toLowerCase();
    if (!CODE.test(code)) invalid++;
    else if (codes.has(key)) duplicates++;
    else codes.set(key, { code, key });
  }
  return { codes: [...codes.values()], duplicates, invalid };
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
