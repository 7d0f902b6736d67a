import { type Column, type GetColumnData, type SQL, sql } from "drizzle-orm";

/** A join's column under a name of its own: D1 answers rows as objects, in which equal names collide. */
export const field = <C extends Column>(column: C, name: string) =>
  // mapWith forgets that a column may be null.
  sql`${column}`.mapWith(column).as(name) as SQL.Aliased<GetColumnData<C>>;

/** The same of a left join, where all columns of a row that is not there are null. */
export const ifAny = <C extends Column>(column: C, name: string) =>
  field(column, name) as SQL.Aliased<GetColumnData<C> | null>;

/** Ids as one parameter, however many they are. */
export const listed = (ids: number[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
