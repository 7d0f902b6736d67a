import { gte, sql } from "drizzle-orm";
import { campaignStats } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

const NEXT = sql`SELECT campaign_id FROM campaign_stats WHERE recounted_to >= 0 ORDER BY recounted_to LIMIT 1`;

/** The campaign for the next round. Searches all members, for the cron. */
export const nextCampaign = (db: Db) =>
  db
    .select({ id: campaignStats.campaign_id })
    .from(campaignStats)
    .where(gte(campaignStats.recounted_to, 0))
    .orderBy(campaignStats.recounted_to)
    .limit(1);

/** The participants of a round, with their counted shares and their actual number. */
const round = (people: number) => sql`(
  SELECT p.id, p.share_count AS counted, (SELECT count(*) FROM shares x WHERE x.participant_id = p.id) AS done
  FROM campaign_stats s CROSS JOIN participants p ON p.campaign_id = s.campaign_id AND p.id > s.recounted_to
  WHERE s.campaign_id = (${NEXT}) ORDER BY p.id LIMIT ${people})`;

/** Recounts the next participants and their campaign's total. All statements must run in one transaction. */
export const recountRound = (db: Db, people: number): Statement[] => [
  db.run(sql`UPDATE campaign_stats SET total_shares = total_shares - r.surplus
    FROM (SELECT coalesce(sum(counted - done), 0) AS surplus FROM ${round(people)}) r
    WHERE campaign_id = (${NEXT}) AND r.surplus <> 0`),
  db.run(sql`UPDATE participants SET share_count = r.done FROM ${round(people)} r
    WHERE participants.id = r.id AND r.done <> r.counted`),
  db.run(sql`UPDATE campaign_stats SET recounted_to = r.last
    FROM (SELECT iif(count(*) < ${people}, NULL, max(id)) AS last FROM ${round(people)}) r
    WHERE campaign_id = (${NEXT})`),
];
