import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { CampaignLedger } from "../../src/ledger/ledger";

type Batch = D1DatabaseSession["batch"];
/** A test's proxy between a ledger and the database. */
type Fault = (batch: Batch, statements: D1PreparedStatement[]) => Promise<D1Result[]>;

/** Puts a fault between the campaign's ledger and its database until the returned function takes it away. */
export async function withFault(campaign: { id: number }, fault: Fault) {
  const stub = env.LEDGER.getByName(String(campaign.id));
  const put = (make: (db: D1Database) => D1Database) =>
    runInDurableObject(stub, (instance: CampaignLedger) => {
      // This replaces the object's own bindings; no production code is involved.
      Object.assign(instance, { env: { ...env, DB: make(env.DB) } });
    });
  await put((db) =>
    Object.assign(Object.create(db) as D1Database, {
      withSession: (constraint: string) => {
        const session = db.withSession(constraint);
        const batch: Batch = session.batch.bind(session);
        return {
          prepare: (sql: string) => session.prepare(sql),
          getBookmark: () => session.getBookmark(),
          batch: (statements: D1PreparedStatement[]) => fault(batch, statements),
        };
      },
    }),
  );
  return () => put((db) => db);
}
