import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { isLost } from "./lost.ts";
import { root } from "./root.ts";

const migrations = join(root, "migrations");

/**
 * Runs statements in one transaction. It uses requests, because Miniflare's `getD1Database` stops this thread,
 * and with it the handling of signals, until the runtime answers.
 */
const RUNNER = `export default {
  async fetch(request, { DB }) {
    const statements = await request.json();
    const answers = await DB.batch(statements.map(({ sql, values }) => DB.prepare(sql).bind(...values)));
    return Response.json(answers.map(({ results }) => results));
  },
};`;

type Statement = { sql: string; values: string[] };

const statement = (sql: string, ...values: string[]): Statement => ({ sql, values });

/**
 * Applies missing migrations to a local database, each in one transaction, and records them where `wrangler d1
 * migrations apply` does. It uses a runtime of its own, so no request is served before they are done.
 * @throws if the database has migrations, but not the first of these
 */
export async function migrate(databaseId: string, persistencePath: string) {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: RUNNER,
      cf: false,
      resourcePersistencePath: persistencePath,
      d1Databases: { DB: databaseId },
    }),
  );
  const run: Run = async (statements) => {
    const body = JSON.stringify(statements);
    const response = await runtime.dispatchFetch("http://migrations", { method: "POST", body });
    return (await response.json()) as Record<string, unknown>[][];
  };
  try {
    const known = await applied(run);
    const missing = readdirSync(migrations)
      .filter((name) => name.endsWith(".sql") && !known.has(name))
      .sort();
    if (known.size > 0 && missing[0]?.startsWith("0000_"))
      throw new Error(
        `The database in ${persistencePath} is from before the migrations were restarted. Delete that folder.`,
      );
    if (missing.length === 0) return;
    for (const name of missing) {
      const statements = statementsIn(readFileSync(join(migrations, name), "utf8"));
      const apply = () =>
        run([
          ...statements.map((sql) => statement(sql)),
          statement("INSERT INTO d1_migrations (name) VALUES (?)", name),
        ]);
      try {
        await apply();
      } catch (error) {
        // The runtime closes a connection that was idle, perhaps just when a request goes out.
        if (!isLost(error)) throw error;
        if (!(await applied(run)).has(name)) await apply();
      }
    }
  } finally {
    await runtime.dispose();
  }
}

/** As wrangler splits it, which takes most of a second to load. */
export const statementsIn = (migration: string) => migration.split("--> statement-breakpoint").map((one) => one.trim());

type Run = (statements: Statement[]) => Promise<Record<string, unknown>[][]>;

/** The names of the applied migrations. */
async function applied(run: Run) {
  const ask = () =>
    run([
      statement(
        "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
      ),
      statement("SELECT name FROM d1_migrations"),
    ]);
  const [, rows = []] = await ask().catch((error) => {
    if (!isLost(error)) throw error;
    return ask();
  });
  return new Set(rows.map(({ name }) => name));
}
