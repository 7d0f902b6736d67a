import { type SQL, sql } from "drizzle-orm";
import { isKept, ownCampaign, participants } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import { ALIASES_MAX } from "./alias-schema";

export type Holder = { code: string; id: number; email: string; status: string };

const holders = (db: Db, campaign: SQL, codes: string[]) =>
  db.all<Holder>(sql`SELECT a.code, p.id, p.email, p.status FROM json_each(${JSON.stringify(codes)}) j
    CROSS JOIN aliases a ON a.campaign_id = ${campaign} AND a.code = j.value
    CROSS JOIN participants p ON p.id = a.participant_id AND p.status <> 'erased'`);

/** The participants who have these codes. Public: anyone with a link may follow it. */
export const publicHolders = (db: Db, campaignId: number, codes: string[]) => holders(db, sql`${campaignId}`, codes);

/** The participants of the member's campaign who have these codes. */
export const holdersOf = (db: Db, memberId: number, campaignId: number, codes: string[]) =>
  holders(db, ownCampaign(memberId, campaignId), codes);

/** The participant, if they belong to the member. */
const own = (memberId: number, id: number) =>
  sql`participants WHERE id = ${id} AND member_id = ${memberId} AND status <> 'erased' AND ${isKept(participants.campaign_id)}`;

/** The holders of these codes in the participant's campaign. */
export const holdersBeside = (db: Db, memberId: number, id: number, codes: string[]) =>
  holders(db, sql`(SELECT campaign_id FROM ${own(memberId, id)})`, codes);

export const campaignOf = (db: Db, memberId: number, id: number) =>
  db.all<{ campaign_id: number }>(sql`SELECT campaign_id FROM ${own(memberId, id)}`);

export const aliasesOf = (db: Db, memberId: number, id: number) =>
  db.all<{
    code: string;
  }>(sql`SELECT a.code FROM aliases a WHERE a.participant_id = (SELECT id FROM ${own(memberId, id)})
    ORDER BY a.code LIMIT ${ALIASES_MAX * 5}`);

/** The codes of many participants, one text per participant. */
export const aliasesOfAll = (db: Db, memberId: number, ids: number[]) =>
  db.all<{
    id: number;
    codes: string;
  }>(sql`SELECT p.id, group_concat(a.code, ' ') AS codes FROM json_each(${JSON.stringify(ids)}) j
    CROSS JOIN participants p ON p.id = j.value AND p.member_id = ${memberId}
    CROSS JOIN aliases a ON a.participant_id = p.id GROUP BY p.id`);

/** Gives the participant exactly these codes. Codes that another participant of the campaign has stay with them. */
export const setAliases = (db: Db, memberId: number, id: number, codes: string[]): [Statement, Statement] => [
  db.run(sql`DELETE FROM aliases WHERE participant_id = (SELECT id FROM ${own(memberId, id)})
    AND code NOT IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`),
  db.run(sql`INSERT INTO aliases (campaign_id, code, participant_id)
    SELECT p.campaign_id, j.value, p.id FROM json_each(${JSON.stringify(codes)}) j
    CROSS JOIN (SELECT id, campaign_id FROM ${own(memberId, id)}) p WHERE true ON CONFLICT DO NOTHING`),
];

/** Gives codes to a campaign's participants, by email. Codes that someone already has stay with them. */
export const addAliases = (
  db: Db,
  memberId: number,
  campaignId: number,
  { key, codes }: { key: string; codes: { email: string; code: string }[] },
) =>
  db.all<{ participant_id: number }>(sql`INSERT INTO aliases (campaign_id, code, participant_id, import_key)
    SELECT p.campaign_id, j.value ->> 'code', p.id, ${key} FROM json_each(${JSON.stringify(codes)}) j
    CROSS JOIN participants p ON p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.email = j.value ->> 'email'
    WHERE p.status <> 'erased' ON CONFLICT DO NOTHING RETURNING participant_id`);
