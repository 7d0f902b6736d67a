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

/** What a page of the log looks at: `looked` events with higher numbers, from a day on, and until the end of another. */
export type Look = {
  after: number;
  /** Highest first, below this number. */
  before?: number | undefined;
  until?: Date | undefined;
  campaign_id?: number | undefined;
  types?: EventType[] | undefined;
  looked: number;
  /** At the earliest, the beginning of the log. */
  since: Date;
};

/** The number that the log begins behind: where the clock was when that day began, or when it was first noted. */
const beginning = (since: Date) =>
  sql`coalesce((SELECT participant_id FROM event_days WHERE day <= ${utcDay(since)} ORDER BY day DESC LIMIT 1),
    (SELECT min(participant_id) FROM event_days), 0) * ${TICK}`;

/** The highest participant that may have joined before the end of that day. Minutes around midnight count as both days. */
const beforeEndOf = (until: Date) =>
  sql`coalesce((SELECT participant_id FROM event_days WHERE day > ${utcDay(until.getTime() + DAY_MS)} ORDER BY day LIMIT 1), (SELECT max(id) FROM participants))`;

/**
 * The numbers and keys of the next events of the account, as rows (sequence, campaign_id, id). Signups are found by their
 * participants, and all others by the first of their block, which their IDs begin with. Each part is complete up to its last row, and so is what both have
 * up to the `looked`th number.
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

/** Imports that told nobody stay untold: the event of the item, which all events of the item begin with, says so. */
export const isTold = (e: string) =>
  sql`NOT EXISTS (SELECT 1 FROM events i WHERE i.campaign_id = ${sql.raw(`${e}.campaign_id`)} AND i.id = substr(${sql.raw(`${e}.id`)}, 1, ${EVENT_ID_LENGTH}) AND i.data ->> 'is_untold')`;

/** Which of the events that are looked at, as `n`, the page has. */
const matches = ({ types, campaign_id }: Look) =>
  and(
    sql`events.campaign_id = n.campaign_id AND events.id = n.id`,
    sql`events.type IN (SELECT value FROM json_each(${JSON.stringify(types ?? eventTypes)}))`,
    campaign_id === undefined ? undefined : sql`n.campaign_id = ${campaign_id}`,
    isTold("events"),
    isKept(sql`events.campaign_id`),
  );
const inOrder = ({ before }: Look) => (before === undefined ? sql`n.sequence` : sql`n.sequence DESC`);

/** The IDs of the events of a page, as rows (id), for queries about them. */
export const idsOfPage = (memberId: number, look: Look, limit: number) =>
  sql`(SELECT events.id FROM ${numbers(memberId, look)} n CROSS JOIN events WHERE ${matches(look)} ORDER BY ${inOrder(look)} LIMIT ${limit})`;

/** Those of the events that are looked at which match, in the order of their numbers. */
export const eventsPage = (db: Db, memberId: number, look: Look, limit: number) =>
  db
    .select({ ...told, type: sql<EventType>`${events.type}`.as("type") })
    .from(sql`${numbers(memberId, look)} n CROSS JOIN ${events}`)
    .leftJoin(rewards, eq(rewards.id, events.reward_id))
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(matches(look))
    .orderBy(inOrder(look))
    .limit(limit);

/** The last number that the page looked at, if it looked at as many as it may. */
export const lastLooked = (db: Db, memberId: number, look: Look) =>
  db.all<{ sequence: number }>(sql`SELECT sequence FROM ${numbers(memberId, look)} LIMIT 1 OFFSET ${look.looked - 1}`);

/** The last number of the account's last block. */
export const latest = (db: Db, memberId: number) =>
  db.all<{
    sequence: number;
  }>(sql`SELECT max(coalesce((SELECT max(id) FROM participants INDEXED BY participants_of_member WHERE member_id = ${memberId}), 0) * ${TICK},
    coalesce((SELECT max(sequence) FROM events INDEXED BY events_log WHERE member_id = ${memberId} AND ${sql.raw(isFirst(""))}) + ${BLOCK - 1}, 0)) AS sequence`);

/** The last participant of before a moment: where the clock of events was then. */
export const clockAt = (db: Db, moment: Date) =>
  db.all<{ id: number }>(
    lastBefore(
      sql`participants r WHERE r.signup_event <> 'clock'`,
      sql`r.signup_event < ${eventIdAt(new Date(moment.getTime() - SKEW_MS))}`,
    ),
  );

/** An event of the account's campaigns, each of which is looked into, or of the account itself. */
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

/** Notes where the clock of events is, once a day. */
export const noteDay = (db: Db, now: Date): Statement =>
  db
    .insert(eventDays)
    .values({ day: utcDay(now), participant_id: sql`(SELECT coalesce(max(id), 0) FROM participants)` })
    .onConflictDoNothing();

/** Deletes the notes that the log does not begin with any more. */
export const dropDays = (db: Db, since: Date): Statement =>
  db.run(sql`DELETE FROM event_days WHERE day < (SELECT max(day) FROM event_days WHERE day <= ${utcDay(since)})`);

/** One row if the campaign is the member's. */
export const campaignOf = (db: Db, memberId: number, campaignId: number) =>
  db.all<{ id: number | null }>(sql`SELECT ${ownCampaign(memberId, campaignId)} AS id`);
