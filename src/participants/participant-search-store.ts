import { and, asc, desc, gt, gte, lt, type SQL, sql } from "drizzle-orm";
import { isKept, participants } from "../../drizzle/schema";
import type { ParticipantQuery } from "../ledger/records/participant-schema";
import { field } from "../lib/columns";
import type { Db } from "../lib/db";
import { alive, conditions, withCampaign } from "./participant-store";

/** The maximum number of participants that a search examines. */
export const LOOKED_MAX = 10_000;

/** Compares metadata as JSON, so `true` is not 1. */
const hasMetadata = ({ key, value }: { key: string; value: string }) =>
  sql`EXISTS (SELECT 1 FROM json_each(${participants.metadata}) m WHERE m.key = ${key}
    AND iif(m.type IN ('true', 'false', 'null'), m.type, CAST(m.value AS TEXT)) = ${value})`;

/** The conditions without an index. */
const unindexed = (memberId: number, { brand_id, signed_up_after, signed_up_before, metadata }: ParticipantQuery) =>
  and(
    sql`1`,
    brand_id === undefined
      ? undefined
      : sql`${participants.campaign_id} IN (SELECT id FROM campaigns WHERE member_id = ${memberId} AND brand_id = ${brand_id})`,
    signed_up_after === undefined ? undefined : gte(participants.date_signedup, signed_up_after),
    signed_up_before === undefined ? undefined : lt(participants.date_signedup, signed_up_before),
    metadata === undefined ? undefined : hasMetadata(metadata),
  );

/**
 * The participants that a search examines, in list order, and whether they match. Selects names and emails only if the
 * search uses them.
 */
export const looked = (db: Db, memberId: number, query: ParticipantQuery) =>
  db
    .select({
      id: field(participants.id, "id"),
      fits: sql<number>`(${unindexed(memberId, query)})`.as("fits"),
      name: sql<string | null>`${query.q === undefined && query.name === undefined ? sql`NULL` : participants.name}`.as(
        "name",
      ),
      email: sql<string | null>`${query.q === undefined ? sql`NULL` : participants.email}`.as("email"),
    })
    .from(participants)
    .where(and(conditions(memberId, query), query.after === undefined ? undefined : gt(participants.id, query.after)))
    .orderBy(query.after === undefined ? desc(participants.id) : asc(participants.id))
    .limit(LOOKED_MAX);

/** The participants on a page of `updated_since`. */
export const updatedParticipants = (
  db: Db,
  memberId: number,
  { campaign_id, status, limit }: ParticipantQuery,
  rows: SQL,
) =>
  withCampaign(db)
    .innerJoin(sql`${rows} f`, sql`f.id = ${participants.id} AND f.counts`)
    .where(
      and(
        sql`+${participants.member_id} = ${memberId}`,
        isKept(participants.campaign_id),
        status === undefined ? alive : sql`+${participants.status} = ${status}`,
        campaign_id === undefined ? undefined : sql`+${participants.campaign_id} = ${campaign_id}`,
      ),
    )
    .orderBy(sql`f.stream, f.at, f.id`)
    .limit(limit);

/** The participants with these IDs, in the order of the IDs. */
export const participantsIn = (db: Db, memberId: number, ids: number[]) =>
  withCampaign(db)
    .innerJoin(sql`json_each(${JSON.stringify(ids)}) j`, sql`j.value = ${participants.id}`)
    // The plus makes SQLite look them up by ID instead of walking the member's participants.
    .where(and(sql`+${participants.member_id} = ${memberId}`, alive))
    .orderBy(sql`j.key`);
