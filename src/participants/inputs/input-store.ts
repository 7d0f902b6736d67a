import { and, eq, sql } from "drizzle-orm";
import { inputs, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

type Row = typeof inputs.$inferSelect;
type NewRow = Pick<Row, "kind" | "key" | "secret" | "event_name" | "test_mode" | "date_added">;
export type Change = Partial<Pick<Row, "secret" | "test_mode" | "status">>;

export const INPUTS_MAX = 20;

const input = {
  id: inputs.id,
  campaign_id: inputs.campaign_id,
  kind: inputs.kind,
  key: inputs.key,
  has_secret: sql<number>`${inputs.secret} IS NOT NULL`.as("has_secret"),
  event_name: inputs.event_name,
  test_mode: inputs.test_mode,
  status: inputs.status,
  date_added: inputs.date_added,
};

const owned = (memberId: number, campaignId: number, id: number) =>
  and(eq(inputs.id, id), eq(inputs.campaign_id, campaignId), eq(inputs.member_id, memberId));

/** Inserts nothing if the campaign is another member's, or has the maximum number of inputs. */
export const insertInput = (db: Db, memberId: number, campaignId: number, row: NewRow) =>
  db.all<{
    id: number;
  }>(sql`INSERT INTO inputs (member_id, campaign_id, kind, key, secret, event_name, test_mode, status, date_added)
    SELECT ${memberId}, ${campaignId}, ${row.kind}, ${row.key}, ${row.secret}, ${row.event_name}, ${row.test_mode ? 1 : 0}, 'active',
      ${row.date_added.getTime()}
    WHERE ${ownCampaign(memberId, campaignId)} IS NOT NULL
      AND (SELECT count(*) FROM inputs WHERE campaign_id = ${campaignId}) < ${INPUTS_MAX}
    RETURNING id`);

export const inputsOf = (db: Db, memberId: number, campaignId: number) =>
  db
    .select(input)
    .from(inputs)
    .where(and(eq(inputs.campaign_id, campaignId), eq(inputs.member_id, memberId)))
    .orderBy(inputs.id)
    .limit(INPUTS_MAX);
export type InputRow = Awaited<ReturnType<typeof inputsOf>>[number];

export const inputById = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .select(input)
    .from(inputs)
    .where(owned(memberId, campaignId, id));

export const inputByItsKey = (db: Db, memberId: number, key: string) =>
  db
    .select(input)
    .from(inputs)
    .where(and(eq(inputs.key, key), eq(inputs.member_id, memberId)));

export const updateInput = (db: Db, memberId: number, campaignId: number, id: number, change: Change) =>
  db
    .update(inputs)
    .set({ id, ...change })
    .where(owned(memberId, campaignId, id))
    .returning({ id: inputs.id });

export const deleteInput = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .delete(inputs)
    .where(owned(memberId, campaignId, id))
    .returning({ id: inputs.id });
