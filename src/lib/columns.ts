import { type Column, type GetColumnData, type InferColumnsDataTypes, type SQL, sql } from "drizzle-orm";

type Columns = Record<string, Column>;

/** A join's column under a name of its own: D1 answers rows as objects, in which equal names collide. */
export const field = <C extends Column>(column: C, name: string) =>
  // mapWith forgets that a column may be null.
  sql`${column}`.mapWith(column).as(name) as SQL.Aliased<GetColumnData<C>>;

/** The same of a left join, where all columns of a row that is not there are null. */
export const ifAny = <C extends Column>(column: C, name: string) =>
  field(column, name) as SQL.Aliased<GetColumnData<C> | null>;

/** What queries select to answer such rows. */
export type Fields<Row> = { [N in keyof Row]: SQL.Aliased<Row[N]> };

/** `field` for each of these columns, under the names they have here. */
export const fields = <C extends Columns>(columns: C) => named(columns, "") as Fields<InferColumnsDataTypes<C>>;

/** `ifAny` for each of these columns, with `prefix` before their names. */
export const ifAnyOf = <C extends Columns>(columns: C, prefix: string) =>
  named(columns, prefix) as { [N in keyof C]: SQL.Aliased<GetColumnData<C[N]> | null> };

const named = (columns: Columns, prefix: string) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, field(column, prefix + name)]));

/** A row that D1 answers to SQL written by hand: times are milliseconds, JSON is text. */
export type Raw = Record<string, string | number | null>;

/** Reads these columns of a row as Drizzle reads them in its own queries. */
export const readColumns = <C extends Columns>(columns: C, raw: Raw) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, mapped(column, raw[name] ?? null)]),
  ) as InferColumnsDataTypes<C>;

const mapped = (column: Column, value: Raw[string]) => (value === null ? null : column.mapFromDriverValue(value));

/** Ids as one parameter, however many they are. */
export const listed = (ids: number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
