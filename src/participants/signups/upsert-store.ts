import { sql } from "drizzle-orm";
import type { Db, Statement } from "../../lib/db";
import type { Update } from "../participant-update-store";

const sent = (field: string) =>
  sql.raw(`iif(json_type(j.value, '$.${field}') IS NULL, ${field}, j.value ->> '${field}')`);

/** Updates participants of the member, each by its own fields, in one statement. */
export const updateAll = (db: Db, memberId: number, updates: Update[]): Statement =>
  db.run(sql`UPDATE participants SET name = ${sent("name")}, external_id = ${sent("external_id")}, metadata = ${sent("metadata")}
    FROM json_each(${JSON.stringify(updates)}) j
    WHERE participants.id = j.value ->> 'id' AND participants.member_id = ${memberId} AND participants.status <> 'erased'`);
