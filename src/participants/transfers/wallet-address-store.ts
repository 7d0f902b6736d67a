import { sql } from "drizzle-orm";
import { isRewardOf } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

export const setAddress = (db: Db, campaignId: number, participantId: number, address: string): Statement =>
  db.run(sql`UPDATE participants SET wallet_address = ${address}
    WHERE id = ${participantId} AND campaign_id = ${campaignId} AND status <> 'erased'`);

/**
 * Makes the participant's transfers due immediately, unless the wallet has them. A round that has them loses its lease.
 */
export const wakeOf = (db: Db, participantId: number, now: Date) =>
  db.all<{
    id: number;
  }>(sql`UPDATE transfers SET next_attempt_at = ${now.getTime()}, hinted_until = NULL, lease = NULL, leased_until = NULL
    WHERE ${sql.raw(isRewardOf("id", String(participantId)))} AND status = 'pending' AND state = 'pending' RETURNING id`);

export const ownWallet = (db: Db, participantId: number) =>
  db.all<{ address: string | null }>(
    sql`SELECT wallet_address AS address FROM participants WHERE id = ${participantId}`,
  );
