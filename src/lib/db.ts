import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { again } from "./again";
import { d1FailureOf, silence } from "./d1-failure";
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
    /** The size of the whole database in bytes, from the latest answer. Null before the first one. */
    size: () => number | null;
    /** Adopts the bookmark and meter of a commit that a ledger made for this request. */
    adopt: (bookmark: string | null, meter: Meter) => void;
  };

/** D1 has been silent for up to a minute before, so we stop waiting earlier. */
const DEADLINE_MS = 10_000;
const TRIES = 3;

/**
 * Opens the database for one request. `consistency` is `first-primary`, `first-unconstrained` (the nearest replica), or
 * the bookmark of an earlier response.
 *
 * A replica may lag behind or fail. If it does not have the first thing that a request looks up, we ask the primary,
 * once per request. A link, key, or page created a moment ago then works immediately, even for callers without a
 * bookmark.
 */
export function openDb(d1: D1Database, consistency: D1SessionConstraint | D1SessionBookmark, meter = newMeter()): Db {
  let session = d1.withSession(consistency);
  let mayLag = consistency === "first-unconstrained";
  let size: number | null = null;
  const ask = async <T>(statements: D1PreparedStatement[]) => {
    meter.d1_calls++;
    const results = await within(DEADLINE_MS, session.batch<T>(statements), silence);
    addMeta(meter, results);
    size = results.at(-1)?.meta.size_after ?? size;
    return results;
  };
  const turnToPrimary = () => {
    mayLag = false;
    session = d1.withSession("first-primary");
  };
  const batch: D1DatabaseSession["batch"] = async <T>(statements: D1PreparedStatement[]) => {
    const results = await ask<T>(statements).catch((error) => {
      // The replica may have failed, so the next attempt skips it.
      turnToPrimary();
      throw error;
    });
    if (!mayLag || !isMissing(results)) return results;
    turnToPrimary();
    return ask<T>(statements);
  };
  const client = { prepare: (query: string) => session.prepare(query), batch };
  // Drizzle calls only `prepare` and `batch` of a D1Database.
  const db = drizzle(client as D1Database);
  /** Drizzle's raw statements lack the prepared statement that its `batch` binds parameters to (drizzle-orm #2277). */
  const bindable = <S extends { getQuery(): { sql: string } }>(raw: S): S =>
    Object.assign(raw, { stmt: session.prepare(raw.getQuery().sql) });
  const [run, all, once] = [db.run.bind(db), db.all.bind(db), db.batch.bind(db)];
  let adopted: string | null = null;
  return Object.assign(db, {
    run: ((query) => bindable(run(query))) as typeof db.run,
    all: ((query) => bindable(all(query))) as typeof db.all,
    batch: ((statements) =>
      again(() => once(statements), {
        tries: TRIES,
        forMs: DEADLINE_MS,
        isWorth: (error) => isRepeatable(error, statements),
      })) as typeof db.batch,
    meter,
    bookmark: () => adopted ?? session.getBookmark(),
    size: () => size,
    adopt: (bookmark: string | null, work: Meter) => {
      adopted = bookmark;
      meter.d1_calls += work.d1_calls;
      meter.rows_read += work.rows_read;
      meter.rows_written += work.rows_written;
    },
  });
}

/** The primary, for a read that decides about a link and may depend on a recent change. */
export const primaryOf = ({ env, db }: { env: { DB: D1Database }; db: Db }) =>
  openDb(env.DB, "first-primary", db.meter);

/** Whether a replica found nothing for the first statement, which looks up the request's subject. */
const isMissing = ([first]: D1Result[]) => first?.meta.served_by_primary === false && first.results.length === 0;

/**
 * Reads can always be repeated; writes only if nothing was committed. After a timeout there is no time left to repeat.
 */
function isRepeatable(error: unknown, statements: readonly Statement[]) {
  if (error instanceof AppError) return false;
  const failure = d1FailureOf(error);
  return failure === "locked" || (failure === "lost" && statements.every(isRead));
}

/** Builders and raw statements expose their SQL in different ways. */
type Told = { toSQL(): { sql: string } } | { getQuery(): { sql: string } };

function isRead(statement: Statement) {
  const told = statement as unknown as Told;
  const { sql } = "toSQL" in told ? told.toSQL() : told.getQuery();
  return /^\s*(select|with)\b/i.test(sql) && !/\b(insert|update|delete|replace)\b/i.test(sql);
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
