import { sql } from "drizzle-orm";
import { ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** The number of latest decisions of each kind that count. */
const COUNTED_MAX = 500;

export type Counted = { code: string; reviewed: number; confirmed: number };

const latest = (memberId: number, campaignId: number, state: "approved" | "denied") =>
  sql`SELECT * FROM (SELECT v.referrer_id, v.state, v.reasons FROM reviews v INDEXED BY reviews_of_campaign
    WHERE v.campaign_id = ${ownCampaign(memberId, campaignId)} AND v.state = ${state} AND v.by NOT IN ('rule', 'list', 'proof') ORDER BY v.id DESC LIMIT ${COUNTED_MAX})`;

/**
 * People's decisions about each reason in a campaign. A referrer counts once: someone who decides about all of a
 * referrer's friends has seen one case of fraud, not fifty.
 */
export const verdictsIn = (db: Db, memberId: number, campaignId: number) =>
  db.all<Counted>(sql`SELECT code, count(*) AS reviewed, sum(is_confirmed) AS confirmed FROM (
      SELECT r.value ->> 'code' AS code, avg(v.state = 'denied') >= 0.5 AS is_confirmed
      FROM (${latest(memberId, campaignId, "approved")} UNION ALL ${latest(memberId, campaignId, "denied")}) v CROSS JOIN json_each(v.reasons) r
      GROUP BY code, v.referrer_id)
    GROUP BY code ORDER BY reviewed DESC, code`);
