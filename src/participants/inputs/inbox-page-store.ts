import { and, count, desc, eq, sql } from "drizzle-orm";
import { conversions, inputEvents, isKept } from "../../../drizzle/schema";
import { field, ifAny } from "../../lib/columns";
import type { Db } from "../../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../../lib/page";

const ofInput = (memberId: number, campaignId: number, inputId: number) =>
  and(
    eq(inputEvents.campaign_id, campaignId),
    eq(inputEvents.input_id, inputId),
    eq(inputEvents.member_id, memberId),
    isKept(inputEvents.campaign_id),
  );

/** The latest events of an input, each with its conversion, if recorded. */
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
      sql`${conversions.id} = (SELECT min(k.id) FROM conversions k WHERE k.campaign_id = ${inputEvents.campaign_id}
        AND k.event_name = ${inputEvents.event_name} AND k.external_id IN (SELECT ${inputEvents.sale_id} UNION
          SELECT b.alias FROM input_aliases a CROSS JOIN input_aliases b ON b.campaign_id = a.campaign_id AND b.sale_id = a.sale_id
          WHERE a.campaign_id = ${inputEvents.campaign_id} AND a.alias = ${inputEvents.sale_id}))`,
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
