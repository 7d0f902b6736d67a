import { sql } from "drizzle-orm";
import type { Db } from "../../lib/db";

/** A participant's friends, newest first, without blocked and erased ones. Authorized by the participant's token. */
export const friendsOf = (db: Db, campaignId: number, participantId: number, most: number) =>
  db.all<{
    name: string | null;
    is_waiting: 0 | 1;
    at: number;
  }>(sql`SELECT name, confirmation IS 'waiting' AS is_waiting,
    coalesce(date_invited, date_signedup) AS at FROM participants
    WHERE invited_by = ${participantId} AND +campaign_id = ${campaignId} AND status IN ('active', 'pending') ORDER BY id DESC LIMIT ${most}`);

/** The latest word that the participant chose for their link. */
export const wordOf = (db: Db, participantId: number) =>
  db.all<{
    code: string;
  }>(sql`SELECT code FROM aliases WHERE participant_id = ${participantId} AND import_key LIKE 'word:%'
    ORDER BY import_key DESC LIMIT 1`);

/**
 * Gives a participant a word, unless somebody in the campaign has it, they already have `most` words, or the campaign
 * does not allow words. A word they already have becomes their latest again. Returns the word's owner afterwards.
 */
export const takeWord = (
  db: Db,
  campaignId: number,
  participantId: number,
  word: string,
  { now, most }: { now: Date; most: number },
) =>
  [
    db.run(sql`INSERT INTO aliases (campaign_id, code, participant_id, import_key)
      SELECT p.campaign_id, ${word}, p.id, ${`word:${now.toISOString()}`} FROM participants p CROSS JOIN campaign_widgets w ON w.campaign_id = p.campaign_id
      WHERE p.id = ${participantId} AND p.campaign_id = ${campaignId} AND p.status IN ('active', 'pending') AND w.settings ->> 'own_words' = 1
        AND ((SELECT count(*) FROM aliases WHERE participant_id = p.id AND import_key LIKE 'word:%') < ${most}
          OR EXISTS (SELECT 1 FROM aliases WHERE campaign_id = p.campaign_id AND code = ${word} AND participant_id = p.id))
      ON CONFLICT (campaign_id, code) DO UPDATE SET import_key = excluded.import_key WHERE participant_id = excluded.participant_id`),
    db.all<{
      id: number | null;
      is_on: 0 | 1;
    }>(sql`SELECT (SELECT participant_id FROM aliases WHERE campaign_id = w.campaign_id AND code = ${word}) AS id,
      coalesce(w.settings ->> 'own_words', 0) AS is_on FROM campaign_widgets w WHERE w.campaign_id = ${campaignId}`),
  ] as const;
