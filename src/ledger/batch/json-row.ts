import { type Column, getTableName } from "drizzle-orm";
import { chunks } from "../../lib/chunks";
import type { Raw } from "../../lib/columns";

/** D1 functions take up to 32 arguments, and each pair needs two: a name and a value. */
const PAIRS_MAX = 16;

/**
 * Selects expressions by name as one row, for `readObjects`. D1 returns a few JSON objects faster than as many columns.
 */
export function selectObjects(expressions: Record<string, string>): string {
  const pairs = Object.entries(expressions).map(([name, expression]) => `'${name}', ${expression}`);
  return chunks(pairs, PAIRS_MAX)
    .map((part, n) => `json_object(${part.join(", ")}) AS part${n}`)
    .join(",\n  ");
}

export const readObjects = (row: Raw): Raw =>
  Object.assign({}, ...Object.values(row).map((object) => JSON.parse(String(object))));

/** Columns as named expressions, given the aliases of their tables. */
export const columnsOf = (aliases: Record<string, string>, columns: Record<string, Column>) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, `${aliases[getTableName(column.table)]}.${column.name}`]),
  );
