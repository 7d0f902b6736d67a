import { sql } from "drizzle-orm";
import { ownCampaign } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import type { Update } from "../participant-update-store";

const sent = (field: string) =>
  sql.raw(`iif(json_type(j.value, '$.${field}') IS NULL, ${field}, j.value ->> '${field}')`);

/** Updates the member's participants, each with its own fields, in one statement. */
export const updateAll = (db: Db, memberId: number, updates: Update[]): Statement =>
  db.run(sql`UPDATE participants SET name = ${sent("name")}, external_id = ${sent("external_id")}, metadata = ${sent("metadata")},
      checkout_code = ${sent("checkout_code")}, checkout_key = ${sent("checkout_key")}
    FROM json_each(${JSON.stringify(updates)}) j
    WHERE participants.id = j.value ->> 'id' AND participants.member_id = ${memberId} AND participants.status <> 'erased'`);

/** The campaign's participants who have these checkout codes. */
export const codeHolders = (db: Db, memberId: number, campaignId: number, keys: string[]) =>
  db.all<{ key: string; id: number }>(sql`SELECT p.checkout_key AS key, p.id FROM json_each(${JSON.stringify(keys)}) j
    CROSS JOIN participants p ON p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.checkout_key = j.value`);
