import { env } from "cloudflare:workers";
import { asc, eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { time } from "../../drizzle/schema/columns";
import { settle } from "../../src/outbox/outbox-store";
import { ended, retried } from "../../src/outbox/outcome";
import type { Outbox } from "../../src/outbox/queue";
import { newRound, record } from "../../src/outbox/round";
import type { Use } from "../../src/outbox/use";

const table = sqliteTable("parcels", {
  id: integer().primaryKey(),
  status: text({ enum: ["pending", "sending", "sent", "failed"] })
    .notNull()
    .default("pending"),
  attempts: integer().notNull().default(0),
  next_attempt_at: time(),
  hinted_until: time(),
  leased_until: time(),
  lease: text(),
  date_added: time().notNull(),
});

/** The smallest use of the outbox: parcels to a carrier, who accepts those that `takes` allows. */
export async function parcels(queue: Queue, takes: (id: number) => boolean) {
  await env.DB.exec(
    "CREATE TABLE IF NOT EXISTS parcels (id INTEGER PRIMARY KEY, status TEXT NOT NULL DEFAULT 'pending', attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER, hinted_until INTEGER, leased_until INTEGER, lease TEXT, date_added INTEGER NOT NULL)",
  );
  await env.DB.exec("DELETE FROM parcels");
  await env.DB.exec("DELETE FROM outbox_holds");
  const sent: number[] = [];
  const outbox: Outbox = {
    name: "parcels",
    title: "Parcels",
    table,
    age: { column: table.date_added, at: (moment) => moment.getTime() },
    queue: () => queue,
    ids: "parcel_ids",
    idsPerMessage: 10,
    leaseMs: 60_000,
  };
  const send = (id: number) => {
    if (takes(id)) sent.push(id);
    return takes(id);
  };
  const use: Use = {
    outbox,
    rowsPerRound: 2,
    roundsPerBatch: 2,
    round: async (ctx, ids) => {
      const { lease, take } = newRound(ctx, outbox, ids);
      const leased = ctx.db.select().from(table).where(eq(table.lease, lease)).orderBy(asc(table.id));
      const [, rows] = await ctx.db.batch([take, leased]);
      const outcomes = rows.map(({ id, attempts }) => ({
        id,
        attempts: attempts + 1,
        ...(send(id) ? ended("sent") : retried([5_000, 300_000], attempts + 1, ctx.now())),
      }));
      const own = { read: sql`value ->> 'attempts' AS attempts`, set: sql`attempts = o.attempts` };
      await record(ctx, outbox, outcomes, () => [settle(ctx.db, outbox, outcomes, lease, own)]);
    },
    giveUp: (db, now) =>
      db.run(sql`UPDATE parcels SET status = 'failed' WHERE status = 'sending' AND leased_until <= ${now.getTime()}`),
  };
  return {
    use,
    sent,
    add: async (ids: number[], status = "pending") => {
      const insert = env.DB.prepare(
        "INSERT INTO parcels (id, status, next_attempt_at, leased_until, date_added) VALUES (?1, ?2, ?3, ?3, ?3)",
      );
      await env.DB.batch(ids.map((id) => insert.bind(id, status, Date.now())));
    },
    rows: async () =>
      (await env.DB.prepare("SELECT id, status, attempts FROM parcels ORDER BY id").all<Record<string, unknown>>())
        .results,
  };
}
