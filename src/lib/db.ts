import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { within } from "./deadline";
import { AppError } from "./errors";

export type { BatchResponse };

/** A query or write that has not run yet. D1 has no BEGIN: what must happen together goes to one `db.batch`. */
export type Statement = BatchItem<"sqlite">;

/** What D1 did for a request, from its own `meta`. */
export type Meter = { d1_calls: number; rows_read: number; rows_written: number };
export const newMeter = (): Meter => ({ d1_calls: 0, rows_read: 0, rows_written: 0 });

/**
 * The database as use cases see it: `batch` is the only door, so every round trip is counted and one is enough for many statements.
 * Selects over joins alias their columns: D1 answers rows as objects, in which two columns of one name are one (drizzle-orm #6038).
 */
export type Db = Omit<DrizzleD1Database, "transaction" | "run" | "get" | "all" | "values"> &
  Pick<DrizzleD1Database, "all" | "run"> & {
    meter: Meter;
    /** Where the session stands: a read that starts there sees everything written so far. */
    bookmark: () => string | null;
    /** Takes over the account of a commit that a ledger made for this request. */
    adopt: (bookmark: string | null, meter: Meter) => void;
  };

/** D1 has been seen to hang for a minute: nobody waits that long for an answer. What was asked may take effect all the same. */
const DEADLINE_MS = 10_000;
const hangs = () => new AppError("overloaded", "The database does not answer. Please try again.");

/**
 * Opens the database for one request. `consistency` is `first-primary`, `first-unconstrained` (the nearest replica) or a bookmark
 * that an earlier answer gave.
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
  // drizzle calls nothing of a D1Database but prepare and batch.
  const db = drizzle(client as D1Database);
  /** Drizzle's raw statements lack the prepared one that its `batch` binds parameters to (drizzle-orm #2277). */
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

/** Commits statements as one transaction, together with what rides along with this request's effect. The results are the statements' own, in order. */
export const commit = <U extends Statement, const T extends readonly [U, ...U[]]>(
  ctx: { db: Db; effects: Statement[] },
  ...statements: T
): Promise<BatchResponse<T>> => {
  const all: readonly [Statement, ...Statement[]] = [statements[0], ...statements.slice(1), ...ctx.effects];
  // The results of `effects` come last and nobody asks for them.
  return ctx.db.batch(all) as unknown as Promise<BatchResponse<T>>;
};

/** Adds what D1 says that these statements read and wrote. */
export function addMeta(meter: Meter, results: D1Result[]) {
  for (const { meta } of results) {
    meter.rows_read += meta.rows_read;
    meter.rows_written += meta.rows_written;
  }
}

/** Whether a write broke the unique index over these columns (`table.column, table.column`). Drizzle wraps a single query's error, not a batch's. */
export const breaksUnique = (error: unknown, columns: string) => breaks(error, `UNIQUE constraint failed: ${columns}`);

/** Whether a write left a column (`table.column`) without the value it must have. */
export const breaksNotNull = (error: unknown, column: string) => breaks(error, `NOT NULL constraint failed: ${column}`);

/** Whether a write broke the named CHECK of a table. */
export const breaksCheck = (error: unknown, name: string) => breaks(error, `CHECK constraint failed: ${name}`);

const breaks = (error: unknown, text: string) =>
  error instanceof Error && [error, error.cause].some((e) => String(e).includes(text));

const ALIVE_AGAIN = /Network connection lost|object to be reset|code was updated|transient issue/;

/** Errors of D1 after which a statement that may be repeated should be: it may or may not have committed. */
export const mayHaveCommitted = (error: unknown) =>
  error instanceof Error && [error, error.cause].some((e) => ALIVE_AGAIN.test(String(e)));

/** Errors of D1 that say nothing about the statement: asking again later may well work. */
export const isPassing = (error: unknown) =>
  mayHaveCommitted(error) ||
  (error instanceof Error && [error, error.cause].some((e) => /overloaded|exceeded/i.test(String(e))));
