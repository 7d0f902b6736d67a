import type { Row } from "./table";

/** A header may have notes above it: the name of the report, its date. */
const LOOKED_AT_ROWS = 20;

/** A column name for comparing: lower case, without accents, and with one space between words. */
export const columnName = (cell: string) =>
  cell
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * The first of the first rows in which `isHeader` finds a column's name, and the rows below it. The rows above it are
 * notes.
 */
export function underHeader(rows: Row[], isHeader: (names: string[]) => boolean) {
  const at = rows.slice(0, LOOKED_AT_ROWS).findIndex(({ cells }) => isHeader(cells.map(columnName)));
  return at < 0
    ? { header: null, notes: [], rows }
    : { header: rows[at] ?? null, notes: rows.slice(0, at), rows: rows.slice(at + 1) };
}
