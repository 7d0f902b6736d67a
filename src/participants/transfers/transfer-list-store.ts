import { sql } from "drizzle-orm";
import { isKept, ownCampaign, type TransferState } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import { wake } from "../../outbox/transfers/transfer-wake-store";
import type { TransferQuery } from "./transfer-schema";

export type ListedTransfer = {
  id: number;
  campaign_id: number;
  participant_id: number;
  state: TransferState;
  reason: string | null;
  chain_id: number | null;
  token: string | null;
  symbol: string | null;
  amount: string | null;
  address: string | null;
  hash: string | null;
  block: number | null;
  date_added: number;
  date_approved: number | null;
  date_settled: number | null;
  order_key: string;
  wallet: string | null;
};

/** The API's `approved` means that the wallet has it. */
const storedState = (state: TransferQuery["state"]) => (state === "approved" ? "signing" : state);

const matching = (memberId: number, { campaign_id, state }: TransferQuery) => {
  const of =
    campaign_id === undefined
      ? sql`t.member_id = ${memberId} AND ${isKept(sql`t.campaign_id`)}`
      : sql`t.campaign_id = ${ownCampaign(memberId, campaign_id)}`;
  return state === undefined ? of : sql`${of} AND t.state = ${storedState(state)}`;
};

/** A page, newest first. */
export const transfersPage = (db: Db, memberId: number, query: TransferQuery) =>
  db.all<ListedTransfer>(sql`SELECT t.* FROM transfers t WHERE ${matching(memberId, query)}
    ORDER BY t.date_added DESC, t.id DESC LIMIT ${query.limit} OFFSET ${offset(query)}`);

export const transferCount = (db: Db, memberId: number, query: TransferQuery, max: number) =>
  db.all<{ total: number }>(
    sql`SELECT count(*) AS total FROM (SELECT 1 FROM transfers t WHERE ${matching(memberId, query)} LIMIT ${max})`,
  );

export type NamedTransfer = ListedTransfer & {
  name: string | null;
  email: string | null;
  campaign_name: string | null;
};

/** The same with participants' names, for the dashboard. */
export const namedTransfers = (db: Db, memberId: number, query: TransferQuery) =>
  db.all<NamedTransfer>(sql`SELECT t.*, p.name, p.email, c.name AS campaign_name
    FROM (SELECT * FROM transfers t WHERE ${matching(memberId, query)} ORDER BY t.date_added DESC, t.id DESC LIMIT ${query.limit} OFFSET ${offset(query)}) t
    LEFT JOIN participants p ON p.id = t.participant_id LEFT JOIN campaigns c ON c.id = t.campaign_id ORDER BY t.date_added DESC, t.id DESC`);

/** The oldest transfers that wait for an approval. */
export const toApprove = (db: Db, memberId: number, max: number) =>
  db.all<NamedTransfer>(sql`SELECT t.*, p.name, p.email, c.name AS campaign_name
    FROM (SELECT * FROM transfers t INDEXED BY transfers_to_approve WHERE t.member_id = ${memberId} AND t.reason = 'approval' AND ${isKept(sql`t.campaign_id`)}
      ORDER BY t.date_added LIMIT ${max}) t
    LEFT JOIN participants p ON p.id = t.participant_id LEFT JOIN campaigns c ON c.id = t.campaign_id ORDER BY t.date_added`);

export const transferById = (db: Db, memberId: number, id: number) =>
  db.all<ListedTransfer>(
    sql`SELECT t.* FROM transfers t WHERE t.id = ${id} AND t.member_id = ${memberId} AND ${isKept(sql`t.campaign_id`)}`,
  );

/** Approves a waiting transfer, and makes it due. Returns its ID if it did. */
export const approve = (db: Db, memberId: number, id: number, personId: number, now: Date) =>
  [
    db.all<{
      id: number;
    }>(sql`UPDATE transfers SET approved_by = ${personId}, date_approved = ${now.getTime()}, reason = NULL
      WHERE id = ${id} AND member_id = ${memberId} AND status = 'pending' AND state = 'pending' AND reason = 'approval' RETURNING id`),
    wake(db, [id], now),
  ] as const;

/**
 * Cancels a transfer that the wallet does not have (`pending`), or that the wallet reported as canceled (`signing`).
 */
export const cancel = (db: Db, memberId: number, id: number, state: TransferState, now: Date) =>
  [
    db.run(sql`UPDATE rewards SET token_state = 'cancelled', token_reason = 'cancelled' WHERE id = ${id} AND member_id = ${memberId}
      AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = ${id} AND t.member_id = ${memberId} AND t.status = 'pending' AND t.state = ${state})`),
    db.all<{
      id: number;
    }>(sql`UPDATE transfers SET status = 'done', state = 'cancelled', reason = 'cancelled', next_attempt_at = NULL, lease = NULL,
        date_settled = ${now.getTime()}
      WHERE id = ${id} AND member_id = ${memberId} AND status = 'pending' AND state = ${state} RETURNING id`),
  ] as const;

/** Restarts a failed or canceled transfer while its reward is pending. It needs a new approval. */
export const retry = (db: Db, memberId: number, id: number, now: Date) =>
  [
    db.all<{
      id: number;
    }>(sql`UPDATE transfers SET status = 'pending', state = 'pending', reason = NULL, tries = tries + 1, hash = NULL, block = NULL,
        address = NULL, wallet = NULL, units = NULL, approved_by = NULL, date_approved = NULL, date_settled = NULL, next_attempt_at = ${now.getTime()},
        hinted_until = NULL, lease = NULL
      WHERE id = ${id} AND member_id = ${memberId} AND status = 'done' AND state IN ('failed', 'cancelled') AND reason IS NOT 'known_otherwise'
        AND EXISTS (SELECT 1 FROM rewards w WHERE w.id = ${id} AND w.status = 'pending') RETURNING id`),
    db.run(sql`UPDATE rewards SET token_state = 'pending', token_reason = NULL WHERE id = ${id} AND member_id = ${memberId}
      AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = ${id} AND t.state = 'pending')`),
  ] as const;
