import { type Group, statement } from "../batch/statement";
import { outgoing } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { ADDED, bucketOf, dropBuckets } from "./waitlist";

/** One round of a release from the waitlist. `id` is the prefix of the IDs of its events. */
export type AdmitItem = { kind: "admit"; id: string; at: number; origin: string; release_id: number };

/** The result of a round. */
export type Admitted = { admitted: number; is_finished: boolean };

const ADMITTED_PER_ROUND = 200;
/** How many participants a round with conditions reads. */
const LOOKED_AT_PER_ROUND = 2_000;

const value = (field: keyof AdmitItem) => `json_extract(?1, '$[0].${field}')`;
const RELEASE = `id = ${value("release_id")} AND campaign_id = ?2`;
const HAS_CONDITIONS = "(r.min_referrals IS NOT NULL OR r.signed_up_before IS NOT NULL)";
const PERSON = "p.id, p.waitlist_key, p.waitlist_ticket, p.referral_count, p.date_signedup";

/** `seen`: the participants the round reads, in line order. `picked`: those it admits. */
const PICKED = `release AS (SELECT * FROM releases WHERE ${RELEASE} AND date_finished IS NULL),
size AS (SELECT min(${ADMITTED_PER_ROUND}, coalesce(quota - admitted, ${ADMITTED_PER_ROUND})) AS n FROM release),
seen AS (
  SELECT ${PERSON} FROM release r CROSS JOIN json_each(r.participant_ids) i CROSS JOIN participants p ON p.id = i.value
    AND p.campaign_id = ?2 AND p.waitlist_key IS NOT NULL
  UNION
  SELECT * FROM (SELECT ${PERSON} FROM release r CROSS JOIN participants p INDEXED BY participants_waiting ON p.campaign_id = ?2 AND p.waitlist_key IS NOT NULL
    AND p.waitlist_key >= coalesce(r.cursor_key, -1e15) AND (r.cursor_key IS NULL OR p.waitlist_key > r.cursor_key OR p.waitlist_ticket < r.cursor_ticket)
    WHERE r.participant_ids IS NULL ORDER BY p.waitlist_key, p.waitlist_ticket DESC
    LIMIT coalesce((SELECT iif(${HAS_CONDITIONS}, ${LOOKED_AT_PER_ROUND}, n) FROM release r CROSS JOIN size), 0))
),
picked AS (
  SELECT s.* FROM release r CROSS JOIN seen s
  WHERE s.referral_count >= coalesce(r.min_referrals, 0) AND (r.signed_up_before IS NULL OR s.date_signedup < r.signed_up_before)
  ORDER BY s.waitlist_key, s.waitlist_ticket DESC LIMIT coalesce((SELECT n FROM size), 0)
),
round AS (SELECT (SELECT json_group_array(id) FROM picked) AS ids, (SELECT count(*) FROM picked) AS n, (SELECT count(*) FROM seen) AS seen,
  (SELECT n FROM size) AS size)`;

/**
 * The participant where the next round continues: the last one admitted, if the round is full and later ones it read
 * may qualify; otherwise the last one read.
 */
const last = (column: string) => `iif(${HAS_CONDITIONS}, iif(x.n = x.size,
    (SELECT ${column} FROM picked ORDER BY waitlist_key DESC, waitlist_ticket LIMIT 1),
    (SELECT ${column} FROM seen ORDER BY waitlist_key DESC, waitlist_ticket LIMIT 1)), NULL)`;

/** The round's participants who are still waiting. After the round nobody is, so a repeated round finds none. */
const OF_ROUND = `releases r CROSS JOIN json_each(r.round) i CROSS JOIN participants p ON p.id = i.value AND p.waitlist_key IS NOT NULL
WHERE r.id = ${value("release_id")} AND r.campaign_id = ?2`;

export const admitGroup: Group = {
  pick: statement(`UPDATE releases SET round = y.ids, admitted = releases.admitted + y.n, cursor_key = y.cursor_key, cursor_ticket = y.cursor_ticket,
  date_finished = iif(y.is_last, ${value("at")}, NULL)
FROM (WITH ${PICKED} SELECT x.ids, x.n, ${last("waitlist_key")} AS cursor_key, ${last("waitlist_ticket")} AS cursor_ticket,
    (r.quota IS NOT NULL AND r.admitted + x.n >= r.quota) OR (x.n < x.size AND x.seen < ${LOOKED_AT_PER_ROUND}) AS is_last
  FROM release r CROSS JOIN round x) y
WHERE releases.${RELEASE}`),
  buckets: statement(`INSERT INTO waitlist_buckets (campaign_id, bucket, waiting)
SELECT ?2, ${bucketOf("p.waitlist_key")} AS bucket, -count(*) FROM ${OF_ROUND} GROUP BY bucket ${ADDED}`),
  dropBuckets: dropBuckets(`SELECT ${bucketOf("p.waitlist_key")} FROM ${OF_ROUND}`),
  events: insertEvents(`SELECT ${value("id")} || '_' || p.id, 'participant.admitted', p.id, NULL,
  json_object('status', p.status, 'release_id', r.id, 'origin', ${value("origin")}), ${value("at")} FROM ${OF_ROUND}`),
  admit: statement(
    `UPDATE participants SET admitted_at = ${value("at")}, waitlist_key = NULL WHERE id IN (SELECT p.id FROM ${OF_ROUND})`,
  ),
  ...outgoing,
  release: statement(`SELECT admitted, date_finished FROM releases WHERE ${RELEASE}`),
};
