import { type Column, getTableName } from "drizzle-orm";
import { chunks } from "../lib/chunks";
import type { Raw } from "../lib/columns";

/** A function of D1 takes 32 arguments: a name and a value each. */
const PAIRS_MAX = 16;

/**
 * Expressions by their names, to be selected as one row that `readObjects` reads. D1 answers some JSON objects sooner than as many
 * columns.
 */
export function selectObjects(expressions: Record<string, string>): string {
  const pairs = Object.entries(expressions).map(([name, expression]) => `'${name}', ${expression}`);
  return chunks(pairs, PAIRS_MAX)
    .map((part, n) => `json_object(${part.join(", ")}) AS part${n}`)
    .join(",\n  ");
}

/** The row that `selectObjects` was asked for. */
export const readObjects = (row: Raw): Raw =>
  Object.assign({}, ...Object.values(row).map((object) => JSON.parse(String(object))));

/** Columns as such expressions, by what a statement calls their tables. */
export const columnsOf = (aliases: Record<string, string>, columns: Record<string, Column>) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, `${aliases[getTableName(column.table)]}.${column.name}`]),
  );
