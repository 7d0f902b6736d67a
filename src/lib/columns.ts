import { type Column, type GetColumnData, type InferColumnsDataTypes, type SQL, sql } from "drizzle-orm";

type Columns = Record<string, Column>;

/** Gives a joined column its own name: D1 returns rows as objects, so columns with equal names would collide. */
export const field = <C extends Column>(column: C, name: string) =>
  // mapWith loses the column's nullability.
  sql`${column}`.mapWith(column).as(name) as SQL.Aliased<GetColumnData<C>>;

/** Like `field`, for the optional side of a left join, where every column may be null. */
export const ifAny = <C extends Column>(column: C, name: string) =>
  field(column, name) as SQL.Aliased<GetColumnData<C> | null>;

/** The selection of a query that returns rows of this type. */
export type Fields<Row> = { [N in keyof Row]: SQL.Aliased<Row[N]> };

/** `field` for each column, under its key. */
export const fields = <C extends Columns>(columns: C) => named(columns, "") as Fields<InferColumnsDataTypes<C>>;

/** `ifAny` for each column, with `prefix` before its name. */
export const ifAnyOf = <C extends Columns>(columns: C, prefix: string) =>
  named(columns, prefix) as { [N in keyof C]: SQL.Aliased<GetColumnData<C[N]> | null> };

const named = (columns: Columns, prefix: string) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, field(column, prefix + name)]));

/** A row as D1 returns it for handwritten SQL: times are milliseconds, JSON is text. */
export type Raw = Record<string, string | number | null>;

/** Parses these columns of a row as Drizzle does in its own queries. */
export const readColumns = <C extends Columns>(columns: C, raw: Raw) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, mapped(column, raw[name] ?? null)]),
  ) as InferColumnsDataTypes<C>;

const mapped = (column: Column, value: Raw[string]) => (value === null ? null : column.mapFromDriverValue(value));

/** A list of ids as one bound parameter of any length. */
export const listed = (ids: number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
