import { and, eq, type SQL, sql } from "drizzle-orm";
import {
  BLOCK,
  coupons,
  type EventType,
  eventDays,
  events,
  eventTypes,
  isFirst,
  isKept,
  ownCampaign,
  rewards,
  TICK,
} from "../../../drizzle/schema";
import { EVENT_ID_LENGTH, eventIdAt } from "../../lib/crypto";
import { DAY_MS, utcDay } from "../../lib/day";
import type { Db, Statement } from "../../lib/db";
import { lastBefore, SKEW_MS } from "../../lib/updates-store";
import { told } from "./told-store";

/** What a page of the log examines: `looked` events with higher numbers, between two days. */
export type Look = {
  after: number;
  /** Only events below this number, highest first. */
  before?: number | undefined;
  until?: Date | undefined;
  campaign_id?: number | undefined;
  types?: EventType[] | undefined;
  looked: number;
  /** No earlier than the start of the log. */
  since: Date;
};

/** The number that the log starts after: the event clock at the start of that day, or when it was first recorded. */
const beginning = (since: Date) =>
  sql`coalesce((SELECT participant_id FROM event_days WHERE day <= ${utcDay(since)} ORDER BY day DESC LIMIT 1),
    (SELECT min(participant_id) FROM event_days), 0) * ${TICK}`;

/**
 * The highest ID of a participant who may have joined before the end of that day. Minutes around midnight count as both
 * days.
 */
const beforeEndOf = (until: Date) =>
  sql`coalesce((SELECT participant_id FROM event_days WHERE day > ${utcDay(until.getTime() + DAY_MS)} ORDER BY day LIMIT 1), (SELECT max(id) FROM participants))`;

/**
 * The numbers and keys of the account's next events, as rows (sequence, campaign_id, id). Signups are found through
 * their participants, all others through their block's first event, whose ID is a prefix of theirs. Each part is
 * complete up to its last row, so the combination is complete up to the `looked`th number.
 */
export function numbers(
  memberId: number,
  { after, before: below, until, campaign_id, types, looked, since }: Look,
): SQL {
  const from = sql`max(${after}, ${beginning(since)})`;
  const before = until && beforeEndOf(until);
  const way = below === undefined ? sql`ASC` : sql`DESC`;
  const under = (number: SQL) => (below === undefined ? sql`` : sql`AND ${number} < ${below}`);
  const signups =
    campaign_id === undefined
      ? sql`participants INDEXED BY participants_of_member WHERE member_id = ${memberId}`
      : sql`participants INDEXED BY participants_of_campaign WHERE campaign_id = ${campaign_id} AND +member_id = ${memberId}`;
  const parts = [
    sql`SELECT id * ${TICK} AS sequence, campaign_id, signup_event AS id FROM (SELECT id, campaign_id, signup_event FROM ${signups}
      AND id > ${from} / ${TICK} ${before ? sql`AND id <= ${before}` : sql``}
      ${below === undefined ? sql`` : sql`AND id <= (${below} - 1) / ${TICK}`} ORDER BY id ${way} LIMIT ${looked})`,
    sql`SELECT e.sequence, e.campaign_id, e.id FROM (SELECT sequence AS first, campaign_id, id FROM events INDEXED BY events_log
      WHERE member_id = ${memberId} AND ${sql.raw(isFirst(""))} AND sequence > ${from} - ${BLOCK} ${before ? sql`AND sequence < (${before} + 1) * ${TICK}` : sql``}
      ${under(sql`sequence`)} ORDER BY sequence ${way} LIMIT ${looked + 1}) f CROSS JOIN events e ON e.campaign_id = f.campaign_id AND e.id >= f.id AND e.id < f.id || '~'
      AND e.sequence BETWEEN f.first AND f.first + ${BLOCK - 1} WHERE e.sequence > ${from} ${under(sql`e.sequence`)}`,
  ];
  const only = types?.length === 1 && types[0] === "participant.signup" ? parts.slice(0, 1) : parts;
  const some = types?.includes("participant.signup") === false ? parts.slice(1) : only;
  return sql`(SELECT sequence, campaign_id, id FROM (${sql.join(some, sql` UNION ALL `)}) ORDER BY sequence ${way} LIMIT ${looked})`;
}

/** Silent imports stay out of the log. The item's own event, whose ID is a prefix of all its events, records this. */
export const isTold = (e: string) =>
  sql`NOT EXISTS (SELECT 1 FROM events i WHERE i.campaign_id = ${sql.raw(`${e}.campaign_id`)} AND i.id = substr(${sql.raw(`${e}.id`)}, 1, ${EVENT_ID_LENGTH}) AND i.data ->> 'is_untold')`;

/** Which of the examined events, as `n`, appear on the page. */
const matches = ({ types, campaign_id }: Look) =>
  and(
    sql`events.campaign_id = n.campaign_id AND events.id = n.id`,
    sql`events.type IN (SELECT value FROM json_each(${JSON.stringify(types ?? eventTypes)}))`,
    campaign_id === undefined ? undefined : sql`n.campaign_id = ${campaign_id}`,
    isTold("events"),
    isKept(sql`events.campaign_id`),
  );
const inOrder = ({ before }: Look) => (before === undefined ? sql`n.sequence` : sql`n.sequence DESC`);

/** The IDs of a page's events, as rows (id), for queries about them. */
export const idsOfPage = (memberId: number, look: Look, limit: number) =>
  sql`(SELECT events.id FROM ${numbers(memberId, look)} n CROSS JOIN events WHERE ${matches(look)} ORDER BY ${inOrder(look)} LIMIT ${limit})`;

/** The matching events among those examined, by number. */
export const eventsPage = (db: Db, memberId: number, look: Look, limit: number) =>
  db
    .select({ ...told, type: sql<EventType>`${events.type}`.as("type") })
    .from(sql`${numbers(memberId, look)} n CROSS JOIN ${events}`)
    .leftJoin(rewards, eq(rewards.id, events.reward_id))
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(matches(look))
    .orderBy(inOrder(look))
    .limit(limit);

/** The last number that the page examined, if it reached its limit. */
export const lastLooked = (db: Db, memberId: number, look: Look) =>
  db.all<{ sequence: number }>(sql`SELECT sequence FROM ${numbers(memberId, look)} LIMIT 1 OFFSET ${look.looked - 1}`);

/** The last number of the account's latest block. */
export const latest = (db: Db, memberId: number) =>
  db.all<{
    sequence: number;
  }>(sql`SELECT max(coalesce((SELECT max(id) FROM participants INDEXED BY participants_of_member WHERE member_id = ${memberId}), 0) * ${TICK},
    coalesce((SELECT max(sequence) FROM events INDEXED BY events_log WHERE member_id = ${memberId} AND ${sql.raw(isFirst(""))}) + ${BLOCK - 1}, 0)) AS sequence`);

/** The last participant before a given time, which is the event clock at that time. */
export const clockAt = (db: Db, moment: Date) =>
  db.all<{ id: number }>(
    lastBefore(
      sql`participants r WHERE r.signup_event <> 'clock'`,
      sql`r.signup_event < ${eventIdAt(new Date(moment.getTime() - SKEW_MS))}`,
    ),
  );

/** An event of one of the account's campaigns, which are all searched, or of the account itself. */
export const eventById = (db: Db, memberId: number, id: string) =>
  db
    .select({ ...told, type: sql<EventType>`${events.type}`.as("type") })
    .from(
      sql`(SELECT c.id FROM campaigns c INDEXED BY campaigns_of_member WHERE c.member_id = ${memberId} UNION ALL SELECT 0) c CROSS JOIN ${events}`,
    )
    .leftJoin(rewards, eq(rewards.id, events.reward_id))
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(
      and(
        sql`events.campaign_id = c.id AND events.id = ${id} AND (c.id > 0 OR events.member_id = ${memberId})`,
        sql`events.type IN (SELECT value FROM json_each(${JSON.stringify(eventTypes)}))`,
        isTold("events"),
      ),
    )
    .limit(1);

/** Records the event clock, once a day. */
export const noteDay = (db: Db, now: Date): Statement =>
  db
    .insert(eventDays)
    .values({ day: utcDay(now), participant_id: sql`(SELECT coalesce(max(id), 0) FROM participants)` })
    .onConflictDoNothing();

/** Deletes clock records from before the start of the log. */
export const dropDays = (db: Db, since: Date): Statement =>
  db.run(sql`DELETE FROM event_days WHERE day < (SELECT max(day) FROM event_days WHERE day <= ${utcDay(since)})`);

/** One row if the campaign is the member's. */
export const campaignOf = (db: Db, memberId: number, campaignId: number) =>
  db.all<{ id: number | null }>(sql`SELECT ${ownCampaign(memberId, campaignId)} AS id`);
