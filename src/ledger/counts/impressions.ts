import { type Group, statement } from "../batch/statement";
import { addedUp, tallyOfDay } from "./day-tally";

/** Impressions per day (YYYY-MM-DD, UTC). The number identifies the flush: its time in milliseconds. */
export type Flush = {
  number: number;
  days: Record<string, number>;
  /** The same per hour of each day (00 to 23), for flushes that counted hours. */
  hours?: Record<string, Record<string, number>>;
};

/** A flush as an item of a group. */
export type FlushItem = { kind: "flush"; id: string; flush: Flush };

const NUMBER = "json_extract(?1, '$[0].flush.number')";
/**
 * Version 0.1 numbered its flushes from 1. A ledger may have stored one, and a rollback continues with those numbers.
 */
const IS_OLD = `${NUMBER} < 1000000000000`;
const NOT_COUNTED = `s.campaign_id = ?2 AND iif(${IS_OLD}, s.last_impression_flush, s.impressions_flushed_at) < ${NUMBER}`;

/** Counts a flush only once, because the same transaction stores its number. */
export const flushGroup: Group = {
  days: statement(`WITH marks AS (SELECT d.key AS day, 'hour:' || h.key AS key, h.value AS impressions
  FROM json_each(?1, '$[0].flush.hours') d CROSS JOIN json_each(d.value) h)
INSERT INTO campaign_days (campaign_id, day, impressions, tally)
SELECT ?2, d.day, d.n, ${tallyOfDay({ impressions: "impressions" })}
FROM (SELECT j.key AS day, j.value AS n FROM campaign_stats s CROSS JOIN json_each(?1, '$[0].flush.days') j WHERE ${NOT_COUNTED}) d WHERE true
ON CONFLICT (campaign_id, day) DO UPDATE SET ${addedUp(["impressions"])}`),
  totals: statement(`UPDATE campaign_stats AS s SET total_impressions = total_impressions + n.total,
  last_impression_flush = iif(${IS_OLD}, ${NUMBER}, last_impression_flush),
  impressions_flushed_at = iif(${IS_OLD}, impressions_flushed_at, ${NUMBER})
FROM (SELECT sum(j.value) AS total FROM json_each(?1, '$[0].flush.days') j) n WHERE ${NOT_COUNTED}`),
  campaigns: statement("SELECT count(*) AS campaigns FROM campaigns WHERE id = ?2"),
};
