import { sql } from "drizzle-orm";
import { isKept, ownCampaign, type vetoes } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

const WAITING_MAX = 1000;
/** The number of calls that a change of the settings makes due immediately. The others follow on schedule. */
const WOKEN_MAX = 500;

export type Found = {
  campaign_id: number;
  link: string;
  is_on: 0 | 1;
  ending: (typeof vetoes.$inferSelect)["ending"];
  waiting: number;
  last_error: string | null;
  previous_secret_expires: number | null;
  date_added: number;
};

const CALLS =
  "veto_calls k INDEXED BY veto_calls_of_campaign WHERE k.campaign_id = x.campaign_id AND k.status = 'pending'";

/** A campaign's veto, and the number of rewards waiting for it. */
export const vetoOf = (db: Db, memberId: number, campaignId: number) =>
  db.all<Found>(sql`SELECT x.campaign_id, x.link, x.is_on, x.ending, x.date_added,
      iif(x.previous_secret IS NULL, NULL, x.previous_secret_expires) AS previous_secret_expires,
      (SELECT count(*) FROM (SELECT 1 FROM ${sql.raw(CALLS)} LIMIT ${WAITING_MAX})) AS waiting,
      (SELECT k.error FROM ${sql.raw(CALLS)} ORDER BY k.id DESC LIMIT 1) AS last_error
    FROM vetoes x WHERE x.campaign_id = ${campaignId} AND x.member_id = ${memberId} AND ${isKept(sql`x.campaign_id`)}`);

type Settings = {
  link: string;
  is_on: boolean | null;
  ending: Found["ending"] | null;
  is_unproven: boolean;
  secret: string;
};

/** Sets a campaign's veto. An existing secret is kept. Returns no row for another member's campaign. */
export const putVeto = (db: Db, memberId: number, campaignId: number, settings: Settings, now: Date) => {
  const { link, is_on, ending, is_unproven, secret } = settings;
  return db.all<{
    secret: string;
  }>(sql`INSERT INTO vetoes (campaign_id, member_id, link, is_on, ending, is_unproven, secret, date_added)
    SELECT id, ${memberId}, ${link}, ${is_on ?? true}, ${ending ?? "hold"}, ${is_unproven}, ${secret}, ${now.getTime()}
    FROM (SELECT ${ownCampaign(memberId, campaignId)} AS id) WHERE id IS NOT NULL
    ON CONFLICT (campaign_id) DO UPDATE SET is_unproven = iif(link = excluded.link, is_unproven, excluded.is_unproven), link = excluded.link,
      is_on = ${is_on === null ? sql`is_on` : sql`excluded.is_on`}, ending = ${ending === null ? sql`ending` : sql`excluded.ending`}
    RETURNING secret`);
};

/**
 * Makes waiting calls due immediately after a change of the settings. A call that is already in a round stays in it.
 */
export const wakeCalls = (db: Db, memberId: number, campaignId: number, now: Date) =>
  db.all<{ id: number }>(sql`UPDATE veto_calls SET next_attempt_at = ${now.getTime()}, hinted_until = NULL WHERE id IN (
      SELECT k.id FROM veto_calls k INDEXED BY veto_calls_of_campaign WHERE k.campaign_id = ${ownCampaign(memberId, campaignId)} AND k.status = 'pending'
      ORDER BY k.id LIMIT ${WOKEN_MAX}) AND asked_at <= ${now.getTime()} RETURNING id`);

/** Returns no row if there is no veto, or an earlier secret still signs. */
export const rotateSecret = (db: Db, memberId: number, campaignId: number, secret: string, now: Date, expires: Date) =>
  db.all<{
    campaign_id: number;
  }>(sql`UPDATE vetoes SET previous_secret = secret, previous_secret_expires = ${expires.getTime()}, secret = ${secret}
    WHERE campaign_id = ${campaignId} AND member_id = ${memberId} AND coalesce(previous_secret_expires, 0) <= ${now.getTime()} RETURNING campaign_id`);
