import type { Row } from "./table";

/** A header may have notes above it, such as the report's name and date. */
const LOOKED_AT_ROWS = 20;

/** A column name for comparisons: lower case, without accents, and with single spaces. */
export const columnName = (cell: string) =>
  cell
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * The first row in which `isHeader` finds a column name, within the first rows, and the rows below it. The rows above
 * it are notes.
 */
export function underHeader(rows: Row[], isHeader: (names: string[]) => boolean) {
  const at = rows.slice(0, LOOKED_AT_ROWS).findIndex(({ cells }) => isHeader(cells.map(columnName)));
  return at < 0
    ? { header: null, notes: [], rows }
    : { header: rows[at] ?? null, notes: rows.slice(0, at), rows: rows.slice(at + 1) };
}
