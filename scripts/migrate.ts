import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { root } from "./root.ts";

const migrations = join(root, "migrations");

/**
 * Applies missing migrations to a local database, each in one transaction, and records them where `wrangler d1
 * migrations apply` does. It uses a runtime of its own, so that no request is served before they are done.
 * @throws if the database has migrations, but not the first of these
 */
export async function migrate(databaseId: string, persistencePath: string) {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "",
      cf: false,
      resourcePersistencePath: persistencePath,
      d1Databases: { DB: databaseId },
    }),
  );
  try {
    const db = await runtime.getD1Database("DB");
    const [, applied] = await db.batch<{ name: string }>([
      db.prepare(
        "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
      ),
      db.prepare("SELECT name FROM d1_migrations"),
    ]);
    const known = new Set(applied?.results.map(({ name }) => name));
    const missing = readdirSync(migrations)
      .filter((name) => name.endsWith(".sql") && !known.has(name))
      .sort();
    if (known.size > 0 && missing[0]?.startsWith("0000_"))
      throw new Error(
        `The database in ${persistencePath} is from before the migrations were restarted. Delete that folder.`,
      );
    if (missing.length === 0) return;
    const { unstable_splitSqlQuery } = await import("wrangler");
    for (const name of missing) {
      const statements = unstable_splitSqlQuery(readFileSync(join(migrations, name), "utf8"));
      await db.batch([
        ...statements.map((sql) => db.prepare(sql)),
        db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
      ]);
    }
  } finally {
    await runtime.dispose();
  }
}
