import { and, eq, sql } from "drizzle-orm";
import { campaigns, type inputActs, inputEvents, inputs, refunds } from "../../../drizzle/schema";
import { field, listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Outcome as OutboxOutcome } from "../../outbox/outcome";
import { HINT_MS } from "../../outbox/queue";
import type { Buyer, Missing } from "./happening";
import { inbox } from "./inbox-outbox";

/** The action for an event. */
export type Command = {
  event: string;
  origin: string;
  /** The buyer, encrypted. */
  buyer?: string;
  occurred_at?: string | null;
  awaits?: Missing;
  /** The buyer's paid total. */
  paid?: number;
  refund_id?: string;
  part?: string | null;
  of_paid?: boolean;
  is_total?: boolean;
  is_back?: boolean;
  /** The refunded amount, in each currency in the event. */
  sums?: { amount: number; currency: string }[];
  reason?: string;
};

export type Arrived = {
  input_id: number;
  key: string;
  type: string;
  is_test: boolean;
  /** Null if there is an action. */
  reason: string | null;
  act: (typeof inputActs)[number] | null;
  sale_id: string | null;
  amount: number | null;
  currency: string | null;
  command: Command;
  half: string | null;
  half_at: Date | null;
  /** The payment's IDs, if the event has several. */
  ids: string[];
};

/** The maximum number of waiting events per input. The provider retries the rest. */
const WAITING_MAX = 1000;

const waiting = (inputId: number) =>
  sql`(SELECT count(*) FROM (SELECT 1 FROM input_events WHERE input_id = ${inputId} AND status = 'pending' LIMIT ${WAITING_MAX}))`;

/** An input by the key in its URL, with its encrypted secret, for checking the provider's signature. */
export const inputByKey = (db: Db, key: string) =>
  db
    .select({
      id: inputs.id,
      campaign_id: inputs.campaign_id,
      kind: inputs.kind,
      secret: inputs.secret,
      test_mode: inputs.test_mode,
      currency: field(campaigns.currency, "currency"),
    })
    .from(inputs)
    .innerJoin(campaigns, eq(campaigns.id, inputs.campaign_id))
    .where(and(eq(inputs.key, key), eq(inputs.status, "active")));

/**
 * Puts an event into the inbox. An existing event stays as it is, unless it changed nothing: then it is retried.
 * Inserts nothing if too many are waiting.
 */
export function insert(db: Db, event: Arrived, now: Date) {
  const { input_id, key, type, is_test, reason, act, sale_id, amount, currency, command, half, half_at } = event;
  const at = now.getTime();
  const [status, due, told, hinted] =
    reason === null ? ["pending", at, JSON.stringify(command), at + HINT_MS] : ["ignored", null, null, null];
  return db.all<{
    id: number;
  }>(sql`INSERT INTO input_events (input_id, campaign_id, member_id, key, type, is_test, status, reason, act,
      event_name, sale_id, amount, currency, command, next_attempt_at, hinted_until, half, half_at, date_added)
    SELECT i.id, i.campaign_id, i.member_id, ${key}, ${type}, ${is_test ? 1 : 0}, ${status}, ${reason}, ${act}, i.event_name, ${sale_id},
      ${amount}, ${currency}, ${told}, ${due}, ${hinted}, ${half}, ${half_at?.getTime() ?? null}, ${at}
    FROM inputs i WHERE i.id = ${input_id} AND ${waiting(input_id)} < ${WAITING_MAX}
    ON CONFLICT (input_id, key) DO UPDATE SET status = excluded.status, reason = excluded.reason, act = excluded.act,
      sale_id = excluded.sale_id, amount = excluded.amount, currency = excluded.currency, command = excluded.command, half = excluded.half, half_at = excluded.half_at, attempts = 0,
      next_attempt_at = excluded.next_attempt_at, hinted_until = excluded.hinted_until
    WHERE input_events.status IN ('ignored', 'failed')
    RETURNING id`);
}

/** Whether an event is in the inbox. */
export const eventByKey = (db: Db, inputId: number, key: string) =>
  db
    .select({ id: inputEvents.id })
    .from(inputEvents)
    .where(and(eq(inputEvents.input_id, inputId), eq(inputEvents.key, key)));

/**
 * Records that these IDs belong to one payment. The first is its main one. IDs already linked to any of them are
 * included.
 */
export const joinIds = (db: Db, campaignId: number, ids: string[]): [Statement, Statement] => {
  const given = sql`json_each(${JSON.stringify(ids)}) j`;
  const main = sql`coalesce((SELECT a.sale_id FROM input_aliases a WHERE a.campaign_id = ${campaignId} AND a.alias = ${ids[0] ?? ""}), ${ids[0] ?? ""})`;
  return [
    db.run(sql`INSERT INTO input_aliases (campaign_id, alias, sale_id)
      SELECT ${campaignId}, j.value, ${main} FROM ${given} WHERE true ON CONFLICT DO NOTHING`),
    db.run(sql`UPDATE input_aliases SET sale_id = ${main} WHERE campaign_id = ${campaignId} AND sale_id <> ${main} AND sale_id IN (
      SELECT a.sale_id FROM ${given} CROSS JOIN input_aliases a ON a.campaign_id = ${campaignId} AND a.alias = j.value)`),
  ];
};

/** The rows of a round. Deleted inputs have none. Spans all accounts, for the queue. */
export const leased = (db: Db, ids: number[], lease: string) =>
  db
    .select({
      id: inputEvents.id,
      input_id: inputEvents.input_id,
      campaign_id: inputEvents.campaign_id,
      member_id: inputEvents.member_id,
      act: inputEvents.act,
      event_name: inputEvents.event_name,
      sale_id: inputEvents.sale_id,
      amount: inputEvents.amount,
      currency: inputEvents.currency,
      command: inputEvents.command,
      half: inputEvents.half,
      attempts: inputEvents.attempts,
      is_there: sql<number>`EXISTS (SELECT 1 FROM inputs i WHERE i.id = ${inputEvents.input_id})`.as("is_there"),
    })
    .from(inputEvents)
    .where(sql`${inputEvents.id} IN ${listed(ids)} AND ${inputEvents.lease} = ${lease}`);
export type Leased = Awaited<ReturnType<typeof leased>>[number];

export type Outcome = OutboxOutcome & { reason: string | null };

/** Records outcomes. Finished events keep no command. */
export const settle = (db: Db, outcomes: Outcome[], lease: string): Statement =>
  settleRows(db, inbox, outcomes, lease, {
    read: sql`value ->> 'reason' AS reason`,
    set: sql`reason = o.reason, command = iif(o.status = 'pending', command, NULL)`,
  });

/** All IDs of an event's payment, each with the conversion recorded under it, earliest first. */
export const payment = (db: Db, { campaign_id, event_name, sale_id }: Leased) =>
  db.all<PaymentId>(sql`WITH named AS (SELECT coalesce((SELECT a.sale_id FROM input_aliases a WHERE a.campaign_id = ${campaign_id} AND a.alias = ${sale_id}), ${sale_id}) AS id),
    ids AS (SELECT a.alias AS id FROM named CROSS JOIN input_aliases a ON a.campaign_id = ${campaign_id} AND a.sale_id = named.id
      UNION SELECT id FROM named UNION SELECT ${sale_id})
    SELECT ids.id, ids.id = named.id AS is_main, k.id AS conversion, k.event, k.amount, k.currency FROM named CROSS JOIN ids
    LEFT JOIN conversions k ON k.campaign_id = ${campaign_id} AND k.event_name = ${event_name} AND k.external_id = ids.id
    ORDER BY k.id IS NULL, k.id LIMIT ${IDS_MAX}`);
export type PaymentId = {
  id: string;
  is_main: 0 | 1;
  conversion: number | null;
  event: string | null;
  amount: number | null;
  currency: string | null;
};
/** More than any payment has. */
const IDS_MAX = 100;

/** Retries the other waiting events of these payments now. */
export const wake = (db: Db, { id, input_id }: Leased, ids: string[], now: Date) =>
  db.all<{
    id: number;
  }>(sql`UPDATE input_events SET next_attempt_at = ${now.getTime()}, hinted_until = ${now.getTime() + HINT_MS}
    WHERE input_id = ${input_id} AND status = 'pending' AND id <> ${id} AND reason = 'waits' AND coalesce(leased_until, 0) <= ${now.getTime()}
      AND sale_id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) RETURNING id`);

/** The buyer: the participant, their referrer, and the first of these checkout codes that belongs to a participant. */
export const buyerIn = (
  db: Db,
  { campaign_id }: Leased,
  { participant_id, external_id, email }: Buyer,
  keys: string[],
) =>
  db.all<{ buyer: number | null; invited_by: number | null; checkout: string | null }>(sql`SELECT b.id AS buyer,
    (SELECT x.invited_by FROM participants x WHERE x.id = b.id) AS invited_by,
    (SELECT x.checkout_key FROM json_each(${JSON.stringify(keys)}) j CROSS JOIN participants x
      ON x.campaign_id = ${campaign_id} AND x.checkout_key = j.value ORDER BY j.key LIMIT 1) AS checkout
    FROM (SELECT coalesce(
      (SELECT x.id FROM participants x WHERE x.campaign_id = ${campaign_id} AND x.email = ${email}),
      (SELECT x.id FROM participants x WHERE x.id = ${participant_id} AND x.campaign_id = ${campaign_id} AND x.status <> 'erased'),
      (SELECT min(x.id) FROM participants x WHERE x.campaign_id = ${campaign_id} AND x.external_id = ${external_id})) AS id) b`);

/** The maximum number of refunds per conversion (ledger/sales/refunds.ts). */
const REFUNDS_MAX = 100;

export const refundsOf = (db: Db, { campaign_id, event_name }: Leased, saleId: string) =>
  db
    .select({
      refund_id: refunds.refund_id,
      amount: refunds.amount,
      reason: refunds.reason,
      currency: refunds.currency,
      part: refunds.part,
      is_total: sql<boolean>`coalesce(${refunds.is_total}, 0)`.mapWith(Boolean).as("is_total"),
      of_paid: sql<boolean>`coalesce(${refunds.of_paid}, 0)`.mapWith(Boolean).as("of_paid"),
    })
    .from(refunds)
    .where(
      and(eq(refunds.campaign_id, campaign_id), eq(refunds.event_name, event_name), eq(refunds.external_id, saleId)),
    )
    .limit(REFUNDS_MAX);
