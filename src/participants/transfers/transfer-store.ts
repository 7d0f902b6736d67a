import { sql } from "drizzle-orm";
import { HAS_NO_TRANSFER, isKept, type TransferState } from "../../../drizzle/schema";
import { listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Outcome as OutboxOutcome } from "../../outbox/outcome";
import { transferOutbox } from "../../outbox/transfers/transfer-outbox";
import type { TransferFacts } from "./transfer-facts";

/** Starts transfers for token rewards that have none. Searches all accounts, for the cron. */
export const begin = (db: Db, now: Date, max: number) =>
  [
    db.all<{
      id: number;
    }>(sql`INSERT INTO transfers (id, member_id, campaign_id, participant_id, order_key, chain_id, token, symbol, amount, state,
        status, next_attempt_at, date_added)
      SELECT w.id, w.member_id, w.campaign_id, w.participant_id, w.id || '.' || p.date_signedup, v.token_chain_id, lower(w.token_address), w.token_symbol,
        w.token_amount, 'pending', 'pending', ${now.getTime()}, ${now.getTime()}
      FROM (SELECT id FROM rewards INDEXED BY rewards_without_transfer WHERE ${sql.raw(HAS_NO_TRANSFER)} ORDER BY id LIMIT ${max}) n
      CROSS JOIN rewards w ON w.id = n.id
      CROSS JOIN participants p ON p.id = w.participant_id
      LEFT JOIN campaign_rewards v ON v.campaign_id = w.campaign_id
      WHERE ${isKept(sql`w.campaign_id`)} ON CONFLICT DO NOTHING RETURNING id`),
    db.run(sql`UPDATE rewards SET token_state = 'pending' WHERE id IN (
      SELECT id FROM rewards INDEXED BY rewards_without_transfer WHERE ${sql.raw(HAS_NO_TRANSFER)} ORDER BY id LIMIT ${max})`),
  ] as const;

export type Leased = TransferFacts & {
  id: number;
  campaign_id: number;
  participant_id: number;
  reason: string | null;
  order_key: string;
  tries: number;
  address: string | null;
  wallet: string | null;
  units: string | null;
  hash: string | null;
  block: number | null;
};

/** The rows of a round, with the data that their transfers depend on. */
export const leased = (db: Db, ids: number[], lease: string) =>
  db.all<Leased>(sql`SELECT t.id, t.campaign_id, t.participant_id, t.reason, t.order_key, t.state, t.chain_id, t.token, t.amount, t.tries, t.address, t.wallet, t.units, t.hash, t.block,
      t.date_approved, w.status AS reward_status, p.wallet_address, p.status AS participant_status, m.test_of IS NOT NULL AS is_test,
      coalesce(m.suspended_at, b.suspended_at) IS NOT NULL AS is_suspended, b.in_vnoc
    FROM transfers t LEFT JOIN rewards w ON w.id = t.id LEFT JOIN participants p ON p.id = t.participant_id
    LEFT JOIN campaigns c ON c.id = t.campaign_id LEFT JOIN brands b ON b.id = c.brand_id LEFT JOIN members m ON m.id = t.member_id
    WHERE t.id IN ${listed(ids)} AND t.lease = ${lease}`);

export type Claim = { id: number; wallet: string; to: string; units: string };

/**
 * Hands transfers to the wallet, in the database first: from now on, nothing else may decide about the reward. Only
 * what the round saw is handed over, and only while its reward is pending.
 */
export const claim = (db: Db, claims: Claim[], lease: string) =>
  db.all<{
    id: number;
  }>(sql`UPDATE transfers AS t SET state = 'signing', address = j.value ->> 'to', wallet = j.value ->> 'wallet', units = j.value ->> 'units'
    FROM json_each(${JSON.stringify(claims)}) j
    WHERE t.id = j.value ->> 'id' AND t.lease = ${lease} AND t.state = 'pending'
      AND EXISTS (SELECT 1 FROM rewards w CROSS JOIN participants p ON p.id = w.participant_id
        WHERE w.id = t.id AND w.status = 'pending' AND p.status = 'active' AND p.wallet_address = j.value ->> 'to')
    RETURNING id`);

export type Outcome = Omit<OutboxOutcome, "status"> & {
  status: "pending" | "done";
  state: TransferState;
  reason: string | null;
  tries: number;
  hash: string | null;
  block: number | null;
  settled_at: number | null;
};

/** Records transfers' results, also on their rewards. */
export const settle = (db: Db, outcomes: Outcome[], lease: string) =>
  [
    db.run(sql`UPDATE rewards AS w SET token_state = iif(o.state = 'signing', 'approved', o.state), token_reason = o.reason,
        token_transaction = iif(o.state = 'confirmed', o.hash, w.token_transaction)
      FROM (SELECT value ->> 'id' AS id, value ->> 'state' AS state, value ->> 'reason' AS reason, value ->> 'hash' AS hash
        FROM json_each(${JSON.stringify(outcomes)})) o
      WHERE w.id = o.id AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = o.id AND t.lease = ${lease})`),
    settleRows(db, transferOutbox, outcomes as OutboxOutcome[], lease, {
      read: sql`value ->> 'state' AS state, value ->> 'reason' AS reason, value ->> 'tries' AS tries, value ->> 'hash' AS hash, value ->> 'block' AS block,
        value ->> 'settled_at' AS settled_at`,
      set: sql`state = o.state, reason = o.reason, tries = o.tries, hash = o.hash, block = o.block, date_settled = o.settled_at`,
    }),
  ] as const satisfies readonly Statement[];
