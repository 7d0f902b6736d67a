import { sql } from "drizzle-orm";
import type { Db, Statement } from "../../lib/db";
import type { Side } from "./happening";

/** The maximum time between two events of one payment. */
const APART_MAX_MS = 3 * 3_600_000;

export const halfOf = (side: Side, hash: string) => `${side} ${hash}`;

const otherSide: Record<Side, Side> = { session: "invoice", invoice: "session" };
function otherOf(half: string) {
  const [side, hash = ""] = half.split(" ");
  return halfOf(otherSide[side as Side], hash);
}

/** Records that an input sends events that link the IDs of one payment. */
export const noteLinks = (db: Db, inputId: number, { act }: { act: string | null }): Statement =>
  db.run(
    sql`UPDATE inputs SET has_links = 1 WHERE id = ${inputId} AND ${act === "link" ? 1 : 0} AND has_links IS NULL`,
  );

/** Whether no event of a payment's half has found the other half. */
const isAlone = (x: string) =>
  sql.raw(`NOT EXISTS (SELECT 1 FROM input_events y WHERE y.input_id = ${x}.input_id AND y.half = ${x}.half AND y.sale_id = ${x}.sale_id
    AND y.other_half IS NOT NULL)`);

type Row = { id: number; input_id: number; sale_id: string | null; half: string };

/**
 * Finds the other half of a payment: the closest in time among those not yet matched. Each is matched once, even with
 * concurrent searches. The third statement returns it.
 */
export const findHalf = (db: Db, { id, input_id, sale_id, half }: Row) =>
  [
    db.run(sql`UPDATE input_events SET other_half = ${sale_id} WHERE id = (
      SELECT c.id FROM input_events r CROSS JOIN inputs i ON i.id = r.input_id AND i.has_links IS NULL
        CROSS JOIN input_events c ON c.input_id = r.input_id AND c.half = ${otherOf(half)} AND abs(c.half_at - r.half_at) <= ${APART_MAX_MS}
      WHERE r.id = ${id} AND ${isAlone("r")} AND ${isAlone("c")} ORDER BY abs(c.half_at - r.half_at), c.id LIMIT 1)`),
    db.run(sql`UPDATE input_events SET other_half = (SELECT c.sale_id FROM input_events c
      WHERE c.input_id = ${input_id} AND c.half = ${otherOf(half)} AND c.other_half = ${sale_id}) WHERE id = ${id} AND other_half IS NULL`),
    db.all<{ other_half: string | null }>(sql`SELECT other_half FROM input_events WHERE id = ${id}`),
  ] as const;
