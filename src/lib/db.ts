import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { within } from "./deadline";
import { AppError } from "./errors";

export type { BatchResponse };

/**
 * A query or write that has not run yet. D1 has no BEGIN: statements that must succeed together go into one `db.batch`.
 */
export type Statement = BatchItem<"sqlite">;

/** What D1 did for a request, from the `meta` of its results. */
export type Meter = { d1_calls: number; rows_read: number; rows_written: number };
export const newMeter = (): Meter => ({ d1_calls: 0, rows_read: 0, rows_written: 0 });

/**
 * The database as use cases see it. Everything runs through `batch`, so each round trip is counted and can carry many
 * statements. Selects over joins must alias their columns: D1 returns rows as objects, so columns with equal names
 * collide (drizzle-orm #6038).
 */
export type Db = Omit<DrizzleD1Database, "transaction" | "run" | "get" | "all" | "values"> &
  Pick<DrizzleD1Database, "all" | "run"> & {
    meter: Meter;
    /** The session's position. A read that starts from it sees everything written so far. */
    bookmark: () => string | null;
    /** Takes over the bookmark and the meter of a commit that a ledger made for this request. */
    adopt: (bookmark: string | null, meter: Meter) => void;
  };

/** D1 has been seen to hang for a minute, so we stop waiting earlier. The statements may still take effect. */
const DEADLINE_MS = 10_000;
const hangs = () => new AppError("overloaded", "The database is not responding. Try again.");

/**
 * Opens the database for one request. `consistency` is `first-primary`, `first-unconstrained` (the nearest replica) or
 * the bookmark of an earlier response.
 */
export function openDb(d1: D1Database, consistency: D1SessionConstraint | D1SessionBookmark, meter = newMeter()): Db {
  const session = d1.withSession(consistency);
  const batch: D1DatabaseSession["batch"] = async <T>(statements: D1PreparedStatement[]) => {
    meter.d1_calls++;
    const results = await within(DEADLINE_MS, session.batch<T>(statements), hangs);
    addMeta(meter, results);
    return results;
  };
  const client = { prepare: (query: string) => session.prepare(query), batch };
  // Drizzle calls only `prepare` and `batch` of a D1Database.
  const db = drizzle(client as D1Database);
  /** Drizzle's raw statements lack the prepared statement that its `batch` binds parameters to (drizzle-orm #2277). */
  const bindable = <S extends { getQuery(): { sql: string } }>(raw: S): S =>
    Object.assign(raw, { stmt: session.prepare(raw.getQuery().sql) });
  const [run, all] = [db.run.bind(db), db.all.bind(db)];
  let adopted: string | null = null;
  return Object.assign(db, {
    run: ((query) => bindable(run(query))) as typeof db.run,
    all: ((query) => bindable(all(query))) as typeof db.all,
    meter,
    bookmark: () => adopted ?? session.getBookmark(),
    adopt: (bookmark: string | null, work: Meter) => {
      adopted = bookmark;
      meter.d1_calls += work.d1_calls;
      meter.rows_read += work.rows_read;
      meter.rows_written += work.rows_written;
    },
  });
}

/**
 * Commits statements in one transaction, together with this request's `effects`. Returns the results of the given
 * statements, in order.
 */
export const commit = <U extends Statement, const T extends readonly [U, ...U[]]>(
  ctx: { db: Db; effects: Statement[] },
  ...statements: T
): Promise<BatchResponse<T>> => {
  const all: readonly [Statement, ...Statement[]] = [statements[0], ...statements.slice(1), ...ctx.effects];
  // The results of `effects` come last and are not used.
  return ctx.db.batch(all) as unknown as Promise<BatchResponse<T>>;
};

/** Adds the rows that D1 read and wrote for these results. */
export function addMeta(meter: Meter, results: D1Result[]) {
  for (const { meta } of results) {
    meter.rows_read += meta.rows_read;
    meter.rows_written += meta.rows_written;
  }
}

/**
 * Whether a write broke the unique index over these columns (`table.column, table.column`). Drizzle wraps the error of
 * a single query, but not of a batch.
 */
export const breaksUnique = (error: unknown, columns: string) => breaks(error, `UNIQUE constraint failed: ${columns}`);

/** Whether a write left a NOT NULL column (`table.column`) empty. */
export const breaksNotNull = (error: unknown, column: string) => breaks(error, `NOT NULL constraint failed: ${column}`);

/** Whether a write broke the named CHECK of a table. */
export const breaksCheck = (error: unknown, name: string) => breaks(error, `CHECK constraint failed: ${name}`);

const breaks = (error: unknown, text: string) =>
  error instanceof Error && [error, error.cause].some((e) => String(e).includes(text));

const ALIVE_AGAIN = /Network connection lost|object to be reset|code was updated|transient issue/;

/** Whether D1 failed in a way that leaves open whether the statement committed. Repeat it if it is idempotent. */
export const mayHaveCommitted = (error: unknown) =>
  error instanceof Error && [error, error.cause].some((e) => ALIVE_AGAIN.test(String(e)));

/** Whether D1's error is temporary and unrelated to the statement, so that a later try may succeed. */
export const isPassing = (error: unknown) =>
  mayHaveCommitted(error) ||
  (error instanceof Error && [error, error.cause].some((e) => /overloaded|exceeded/i.test(String(e))));
