import { type SQL, sql } from "drizzle-orm";
import { events, rewardColumns, sequenceOf } from "../../../drizzle/schema";
import { field, ifAnyOf } from "../../lib/columns";

/** A participant as shown in an event. Without personal data after they are erased. */
export type Person = {
  id: number;
  email: string | null;
  name: string | null;
  external_id: string | null;
  metadata: Record<string, unknown> | null;
  date_signedup: number;
};
/** A participant's data before an event changed it. */
export type Previous = Partial<Pick<Person, "email" | "name" | "external_id" | "metadata">>;

const SEQUENCE = sequenceOf("events");
const parsed = <T>(query: SQL, name: string) =>
  sql`${query}`.mapWith((text: string) => JSON.parse(text) as T).as(name) as SQL.Aliased<T | null>;

/**
 * The participant with this ID as they were at the event: before the first change after it, or else as they are now.
 * Read at the time of sending, so no data of an erased participant is sent.
 */
const personAt = (id: SQL, name: string) =>
  parsed<Person>(
    sql`(SELECT json_object('id', p.id, 'email', iif(v.until IS NULL, p.email, v.email), 'name', iif(v.until IS NULL, p.name, v.name),
      'external_id', iif(v.until IS NULL, p.external_id, v.external_id), 'metadata', json(iif(v.until IS NULL, p.metadata, v.metadata)),
      'date_signedup', p.date_signedup)
    FROM participants p LEFT JOIN participant_versions v ON v.participant_id = p.id AND v.until = (
      SELECT min(x.until) FROM participant_versions x WHERE x.participant_id = p.id AND x.until > ${sql.raw(SEQUENCE)})
    WHERE p.id = ${id})`,
    name,
  );

/** The data for an event's body. A query that selects this must join the event's `rewards` and their `coupons`. */
export const told = {
  event_id: field(events.id, "event_id"),
  campaign_id: field(events.campaign_id, "campaign_id"),
  date: field(events.date, "date"),
  facts: field(events.data, "facts"),
  sequence: sql<number>`${sql.raw(SEQUENCE)}`.as("sequence"),
  participant: personAt(sql`events.participant_id`, "participant"),
  referrer: personAt(
    sql`iif(events.type IN ('participant.signup', 'participant.attributed'), events.data ->> 'invited_by', NULL)`,
    "referrer",
  ),
  previous: parsed<Previous>(
    sql`(SELECT json_object('email', v.email, 'name', v.name, 'external_id', v.external_id, 'metadata', json(v.metadata))
      FROM participant_versions v WHERE v.participant_id = events.participant_id AND v.until = events.sequence)`,
    "previous",
  ),
  /** Whether it belongs to an account's test mode. */
  is_test:
    sql`EXISTS (SELECT 1 FROM members m WHERE m.id = coalesce(events.member_id, (SELECT c.member_id FROM campaigns c WHERE c.id = events.campaign_id))
    AND m.test_of IS NOT NULL)`
      .mapWith(Boolean)
      .as("is_test"),
  reward: ifAnyOf(rewardColumns, "reward_"),
};
