import { sql } from "drizzle-orm";
import type { Db, Statement } from "../lib/db";
import { nextSequence } from "../outbox/webhooks/event-store";
import { NEW_DELIVERY, WANTS } from "../outbox/webhooks/matching";

/** A participant's new data. Missing fields stay as they are; null clears. `metadata` is JSON. */
export type Update = {
  id: number;
  email?: string;
  name?: string | null;
  external_id?: string | null;
  metadata?: string | null;
  /** Events do not include it. `checkout_key` is its normalized form. */
  checkout_code?: string | null;
  checkout_key?: string | null;
};

const FIELDS = ["email", "name", "external_id", "metadata"] as const;

/** The fields of participant `p` that an update `j` changes, as JSON. */
const CHANGED = `(SELECT json_group_array(f.name) FROM (${FIELDS.map(
  (name) =>
    `SELECT '${name}' AS name, json_type(j.value, '$.${name}') IS NOT NULL AND p.${name} IS NOT j.value ->> '${name}' AS differs`,
).join(" UNION ALL ")}) f WHERE f.differs)`;

/**
 * The `participant.updated` events of the member's participants. Belongs in the transaction that updates them, before
 * the update. Keeps the previous data for earlier events. The third statement adds the deliveries and returns their
 * IDs.
 */
export const updateEvents = (db: Db, memberId: number, updates: Update[], event: string, now: Date) => {
  const at = now.getTime();
  const people = sql`json_each(${JSON.stringify(updates)}) j
    CROSS JOIN participants p ON p.id = j.value ->> 'id' AND p.member_id = ${memberId} AND p.status <> 'erased'`;
  const own = sql`CROSS JOIN events e ON e.campaign_id = p.campaign_id AND e.id = ${event} || '_u' || p.id`;
  const insertEvents: Statement =
    db.run(sql`INSERT INTO events (campaign_id, id, type, participant_id, data, date, member_id, sequence)
    SELECT c.campaign_id, ${event} || '_u' || c.id, 'participant.updated', c.id, json_object('changed', json(c.changed)), ${at}, ${memberId},
      ${nextSequence(memberId)} - 1 + row_number() OVER ()
    FROM (SELECT p.campaign_id, p.id, ${sql.raw(CHANGED)} AS changed FROM ${people}) c WHERE c.changed <> '[]' ON CONFLICT DO NOTHING`);
  const keepVersions: Statement =
    db.run(sql`INSERT INTO participant_versions (participant_id, until, email, name, external_id, metadata, date)
    SELECT p.id, e.sequence, p.email, p.name, p.external_id, p.metadata, ${at} FROM ${people} ${own} WHERE true ON CONFLICT DO NOTHING`);
  const deliveries = db.all<{ id: number }>(sql`INSERT INTO deliveries ${sql.raw(NEW_DELIVERY)}
    FROM ${people} ${own} CROSS JOIN webhooks w ON w.member_id = ${memberId}
    WHERE ${sql.raw(WANTS)} ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING id`);
  return [insertEvents, keepVersions, deliveries] as const;
};
