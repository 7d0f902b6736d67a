import { and, count, desc, eq, sql } from "drizzle-orm";
import {
  conversions,
  type inputActs,
  inputAliases,
  inputEvents,
  inputs,
  isKept,
  refunds,
} from "../../../drizzle/schema";
import { field, ifAny, listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../../lib/page";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Outcome as OutboxOutcome } from "../../outbox/outcome";
import { HINT_MS } from "../../outbox/queue";
import type { Buyer } from "./happening";
import { inbox } from "./inbox-outbox";

/** What is done about an event. */
export type Command = {
  event: string;
  origin: string;
  /** Who paid, encrypted. */
  buyer?: string;
  occurred_at?: string | null;
  refund_id?: string;
  is_total?: boolean;
  reason?: string;
  aliases?: string[];
};

export type Arrived = {
  input_id: number;
  key: string;
  type: string;
  is_test: boolean;
  /** Null if there is something to do. */
  reason: string | null;
  act: (typeof inputActs)[number] | null;
  sale_id: string | null;
  amount: number | null;
  currency: string | null;
  command: Command;
};

/** How many events of one input may wait. The provider sends others again. */
const WAITING_MAX = 1000;

const waiting = (inputId: number) =>
  sql`(SELECT count(*) FROM (SELECT 1 FROM input_events WHERE input_id = ${inputId} AND status = 'pending' LIMIT ${WAITING_MAX}))`;

/** An input by the key in its URL, with its sealed secret. For the provider, whose signature is checked with it. */
export const inputByKey = (db: Db, key: string) =>
  db
    .select({
      id: inputs.id,
      campaign_id: inputs.campaign_id,
      kind: inputs.kind,
      secret: inputs.secret,
      test_mode: inputs.test_mode,
    })
    .from(inputs)
    .where(and(eq(inputs.key, key), eq(inputs.status, "active")));

/**
 * Puts an event into the inbox. One that is there already stays as it is, unless it changed nothing: then it is tried again. Inserts
 * nothing if too many wait.
 */
export function insert(db: Db, event: Arrived, now: Date) {
  const { input_id, key, type, is_test, reason, act, sale_id, amount, currency, command } = event;
  const at = now.getTime();
  const [status, due, told, hinted] =
    reason === null ? ["pending", at, JSON.stringify(command), at + HINT_MS] : ["ignored", null, null, null];
  return db.all<{
    id: number;
  }>(sql`INSERT INTO input_events (input_id, campaign_id, member_id, key, type, is_test, status, reason, act,
      event_name, sale_id, amount, currency, command, next_attempt_at, hinted_until, date_added)
    SELECT i.id, i.campaign_id, i.member_id, ${key}, ${type}, ${is_test ? 1 : 0}, ${status}, ${reason}, ${act}, i.event_name, ${sale_id},
      ${amount}, ${currency}, ${told}, ${due}, ${hinted}, ${at}
    FROM inputs i WHERE i.id = ${input_id} AND ${waiting(input_id)} < ${WAITING_MAX}
    ON CONFLICT (input_id, key) DO UPDATE SET status = excluded.status, reason = excluded.reason, act = excluded.act,
      sale_id = excluded.sale_id, amount = excluded.amount, currency = excluded.currency, command = excluded.command, attempts = 0,
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

export const insertAliases = (db: Db, campaignId: number, aliases: string[], saleId: string | null): Statement =>
  db.run(sql`INSERT INTO input_aliases (campaign_id, alias, sale_id)
    SELECT ${campaignId}, value, ${saleId} FROM json_each(${JSON.stringify(aliases)}) WHERE true ON CONFLICT DO NOTHING`);

/** The rows of a round. An input that was deleted since takes nothing more. Across accounts, for the queue. */
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
      attempts: inputEvents.attempts,
      is_there: sql<number>`EXISTS (SELECT 1 FROM inputs i WHERE i.id = ${inputEvents.input_id})`.as("is_there"),
    })
    .from(inputEvents)
    .where(sql`${inputEvents.id} IN ${listed(ids)} AND ${inputEvents.lease} = ${lease}`);
export type Leased = Awaited<ReturnType<typeof leased>>[number];

export type Outcome = OutboxOutcome & { reason: string | null };

/** Records outcomes. What is done with keeps no command. */
export const settle = (db: Db, outcomes: Outcome[], lease: string): Statement =>
  settleRows(db, inbox, outcomes, lease, {
    read: sql`value ->> 'reason' AS reason`,
    set: sql`reason = o.reason, command = iif(o.status = 'pending', command, NULL)`,
  });

/** The payment that another id of it means. */
export const saleOfAlias = (db: Db, { campaign_id }: Leased, alias: string) =>
  db
    .select({ sale_id: inputAliases.sale_id })
    .from(inputAliases)
    .where(and(eq(inputAliases.campaign_id, campaign_id), eq(inputAliases.alias, alias)));

/** Who paid: the participant, and the first of these checkout codes that is a participant's. */
export const buyerIn = (
  db: Db,
  { campaign_id }: Leased,
  { participant_id, external_id, email }: Buyer,
  keys: string[],
) =>
  db.all<{ buyer: number | null; checkout: string | null }>(sql`SELECT coalesce(
      (SELECT x.id FROM participants x WHERE x.id = ${participant_id} AND x.campaign_id = ${campaign_id} AND x.status <> 'erased'),
      (SELECT min(x.id) FROM participants x WHERE x.campaign_id = ${campaign_id} AND x.external_id = ${external_id}),
      (SELECT x.id FROM participants x WHERE x.campaign_id = ${campaign_id} AND x.email = ${email})) AS buyer,
    (SELECT x.checkout_key FROM json_each(${JSON.stringify(keys)}) j CROSS JOIN participants x
      ON x.campaign_id = ${campaign_id} AND x.checkout_key = j.value ORDER BY j.key LIMIT 1) AS checkout`);

/** What was refunded of a payment under ids that begin with this one. */
export const refundedUnder = (db: Db, { campaign_id, event_name }: Leased, saleId: string, refundId: string) =>
  db.all<{ amount: number }>(sql`SELECT coalesce(sum(amount), 0) AS amount FROM refunds
    WHERE campaign_id = ${campaign_id} AND event_name = ${event_name} AND external_id = ${saleId}
      AND refund_id >= ${`${refundId}:`} AND refund_id < ${`${refundId};`}`);

/** How many refunds a conversion takes (ledger/refunds.ts). */
const REFUNDS_MAX = 100;

export const refundsOf = (db: Db, { campaign_id, event_name }: Leased, saleId: string) =>
  db
    .select({ refund_id: refunds.refund_id, amount: refunds.amount, reason: refunds.reason })
    .from(refunds)
    .where(
      and(eq(refunds.campaign_id, campaign_id), eq(refunds.event_name, event_name), eq(refunds.external_id, saleId)),
    )
    .limit(REFUNDS_MAX);

const ofInput = (memberId: number, campaignId: number, inputId: number) =>
  and(
    eq(inputEvents.campaign_id, campaignId),
    eq(inputEvents.input_id, inputId),
    eq(inputEvents.member_id, memberId),
    isKept(inputEvents.campaign_id),
  );

/** The last events of an input, with the conversion that each is about, if it is recorded. */
export const eventsPage = (db: Db, memberId: number, campaignId: number, inputId: number, page: PageQuery) =>
  db
    .select({
      id: field(inputEvents.id, "id"),
      key: field(inputEvents.key, "key"),
      type: field(inputEvents.type, "type"),
      is_test: field(inputEvents.is_test, "is_test"),
      status: field(inputEvents.status, "status"),
      reason: field(inputEvents.reason, "reason"),
      act: field(inputEvents.act, "act"),
      sale_id: field(inputEvents.sale_id, "sale_id"),
      amount: field(inputEvents.amount, "amount"),
      currency: field(inputEvents.currency, "currency"),
      attempts: field(inputEvents.attempts, "attempts"),
      next_attempt_at: field(inputEvents.next_attempt_at, "next_attempt_at"),
      date_added: field(inputEvents.date_added, "date_added"),
      conversion: ifAny(conversions.id, "conversion"),
      outcome: ifAny(conversions.outcome, "outcome"),
    })
    .from(inputEvents)
    .leftJoin(
      conversions,
      sql`${conversions.campaign_id} = ${inputEvents.campaign_id} AND ${conversions.event_name} = ${inputEvents.event_name}
        AND ${conversions.external_id} = coalesce((SELECT a.sale_id FROM input_aliases a WHERE a.campaign_id = ${inputEvents.campaign_id}
          AND a.alias = ${inputEvents.sale_id}), ${inputEvents.sale_id})`,
    )
    .where(ofInput(memberId, campaignId, inputId))
    .orderBy(desc(inputEvents.id))
    .limit(page.limit)
    .offset(offset(page));
export type EventRow = Awaited<ReturnType<typeof eventsPage>>[number];

export const eventCount = (db: Db, memberId: number, campaignId: number, inputId: number) =>
  db.select({ total: count().as("total") }).from(
    db
      .select({ id: inputEvents.id })
      .from(inputEvents)
      .where(ofInput(memberId, campaignId, inputId))
      .limit(COUNT_LIMIT)
      .as("counted"),
  );
