import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { migrate } from "../migrate.ts";

/** The bindings of the built Worker that a restore needs. */
export type Options = { d1Databases: { DB: { id: string } }; r2Buckets: { BACKUPS: { id: string } } };

/** Opens the local database and the local bucket of backups, with all migrations applied. */
export async function openLocal({ d1Databases, r2Buckets }: Options, persistencePath: string) {
  await migrate(d1Databases.DB.id, persistencePath);
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "",
      cf: false,
      resourcePersistencePath: persistencePath,
      d1Databases: { DB: d1Databases.DB.id },
      r2Buckets: { BACKUPS: r2Buckets.BACKUPS.id },
    }),
  );
  return {
    db: await runtime.getD1Database("DB"),
    bucket: await runtime.getR2Bucket("BACKUPS"),
    close: () => runtime.dispose(),
  };
}
