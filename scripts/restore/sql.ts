import type { Row } from "./source.ts";

/** In bytes. D1 takes statements of up to 100 kB; this leaves room for the rest of the statement. */
const STATEMENT_BYTES = 90_000;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const bytesOf = (text: string) => Buffer.byteLength(text);

const literal = (value: Row[string] | undefined) =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? null);

/** Statements that insert rows, each small enough for D1. Texts that are too long for one are appended piece by piece. */
export function insertsOf(table: string, key: string[], rows: Row[]): string[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const into = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")}) VALUES\n`;
  const statements: string[] = [];
  let tuples: string[] = [];
  let size = 0;
  const flush = () => {
    if (tuples.length > 0) statements.push(`${into}${tuples.join(",\n")};`);
    [tuples, size] = [[], 0];
  };
  for (const row of rows) {
    const { short, rest } = shortened(row);
    const tuple = `(${columns.map((column) => literal(short[column])).join(", ")})`;
    if (size + bytesOf(tuple) > STATEMENT_BYTES) flush();
    tuples.push(tuple);
    size += bytesOf(tuple);
    if (rest.length === 0) continue;
    flush();
    const where = key.map((column) => `${quoted(column)} = ${literal(row[column])}`).join(" AND ");
    for (const [column, piece] of rest)
      statements.push(
        `UPDATE ${quoted(table)} SET ${quoted(column)} = ${quoted(column)} || ${literal(piece)} WHERE ${where};`,
      );
  }
  flush();
  return statements;
}

/** Quotes double and a character has up to four bytes, so a piece of this many characters always fits. */
const PIECE_CHARACTERS = Math.floor(STATEMENT_BYTES / 4);

/** The row with truncated texts, and the remaining pieces in order. */
function shortened(row: Row): { short: Row; rest: [column: string, piece: string][] } {
  const texts = Object.entries(row).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  if (texts.reduce((sum, [, text]) => sum + bytesOf(literal(text)), 0) <= STATEMENT_BYTES / 2)
    return { short: row, rest: [] };
  const most = Math.floor(PIECE_CHARACTERS / texts.length / 2);
  const short: Row = { ...row };
  const rest: [string, string][] = [];
  for (const [column, text] of texts) {
    if (text.length <= most) continue;
    const characters = piecesOf(text, most);
    short[column] = characters.shift() ?? "";
    for (const piece of characters) rest.push([column, piece]);
  }
  return { short, rest };
}

/** Never cuts a surrogate pair. */
function piecesOf(text: string, most: number) {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end = Math.min(text.length, at + (pieces.length === 0 ? most : PIECE_CHARACTERS));
    if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? "")) end--;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
