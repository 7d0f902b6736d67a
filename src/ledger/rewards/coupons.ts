import { HELD, ownerOfReward } from "../../../drizzle/schema/rewards";
import { nextStamp } from "../../../drizzle/schema/stamps";
import { type Group, statement } from "../batch/statement";
import { fence, HEAD, lastCoupon, nextCodes } from "../batch/tape";
import { lookAgain } from "../events/ending-codes";
import { outgoing } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { rewardKinds } from "../records/reward-kinds";

/**
 * `valid_until` is the last moment the code can be used, if the upload has one. `last_day` is the day of that moment.
 */
export type UploadedCode = { code: string; key: string; valid_until?: number; last_day?: string };

/**
 * A part of an upload. `id` is the prefix of the IDs of the events it causes. All parts of an upload share the `upload`
 * key. `name` is the file's name.
 */
export type UploadItem = {
  kind: "upload";
  id: string;
  at: number;
  origin: string;
  codes: UploadedCode[];
  upload: string;
  name: string | null;
};

/**
 * How many pending rewards one transaction fulfills at most, because nested loops pair them with codes. The caller
 * repeats until none are left.
 */
export const FILLED_MAX = 500;
/** LIMIT must not be null, but a deleted campaign's totals are. */
const FILLING = "coalesce((SELECT coupons_filling FROM campaign_stats WHERE campaign_id = ?2), 0)";

/** Codes that are in both the pool and the upload, with the new last day. */
const DATED = `json_each(?1, '$[0].codes') j CROSS JOIN coupons k ON j.value ->> 'valid_until' >= ?5
  AND k.campaign_id = ?2 AND k.code_key = j.value ->> 'key' AND k.reward_id IS NULL`;

/**
 * Expired codes that can be used again. They get new IDs, because the head of the tape may have passed the old ones.
 */
const REVIVED = `FROM ${DATED} AND k.date_expired IS NOT NULL`;
const countRevived =
  statement(`UPDATE campaign_stats SET coupons_total = coupons_total - n.revived, coupons_expired = coupons_expired - n.revived
FROM (SELECT count(*) AS revived ${REVIVED}) n WHERE campaign_id = ?2 AND n.revived > 0`);
const dropRevived = statement(`DELETE FROM coupons WHERE id IN (SELECT k.id ${REVIVED})`);

/** Unused codes with a new last day. They keep their place. */
const PROLONGED = `FROM ${DATED} AND k.date_expired IS NULL AND k.id > ${HEAD} AND k.valid_until IS NOT j.value ->> 'valid_until'`;
/** An earlier alert about remaining codes may no longer be true. */
const countProlonged = statement(`UPDATE campaign_stats SET coupon_alert = 0, coupons_pool = coupons_available
WHERE campaign_id = ?2 AND coupon_alert = 1 AND EXISTS (SELECT 1 ${PROLONGED})`);
const prolong = statement(`WITH prolonged AS MATERIALIZED (
  SELECT k.id, j.value ->> 'valid_until' AS valid_until, j.value ->> 'last_day' AS last_day, row_number() OVER () AS n ${PROLONGED}),
stamp AS MATERIALIZED (SELECT ${nextStamp("coupons", "?2")} AS first)
UPDATE coupons SET valid_until = p.valid_until, last_day = p.last_day, updated_at = p.first + p.n
FROM (SELECT * FROM prolonged CROSS JOIN stamp) p WHERE coupons.id = p.id RETURNING coupons.id`);

const IS_NEW = "NOT EXISTS (SELECT 1 FROM coupons k WHERE k.campaign_id = ?2 AND k.code_key = j.value ->> 'key')";

/** Counts the new codes before they are inserted. If the part is repeated, it finds no new ones. */
const keepPool =
  statement(`UPDATE campaign_stats SET coupons_total = coupons_total + n.added, coupons_available = coupons_available + n.added,
  coupons_pool = coupons_available + n.added, coupon_alert = 0
FROM (SELECT count(*) AS added FROM json_each(?1, '$[0].codes') j WHERE ${IS_NEW}) n WHERE campaign_id = ?2 AND n.added > 0`);

/** A Worker of the previous release sends no key. Then each part is an upload of its own. */
const UPLOAD = "coalesce(json_extract(?1, '$[0].upload'), json_extract(?1, '$[0].id'))";

/** Records how much the pool grew: its total is subtracted before `keepPool` and added after it. */
const beginUpload = statement(`INSERT INTO coupon_uploads (campaign_id, key, name, added, date_added)
SELECT ?2, ${UPLOAD}, json_extract(?1, '$[0].name'), -s.coupons_total, json_extract(?1, '$[0].at')
FROM campaign_stats s WHERE s.campaign_id = ?2
ON CONFLICT (campaign_id, key) DO UPDATE SET added = added + excluded.added`);
const endUpload =
  statement(`UPDATE coupon_uploads SET added = added + (SELECT s.coupons_total FROM campaign_stats s WHERE s.campaign_id = ?2)
WHERE campaign_id = ?2 AND key = ${UPLOAD}`);

/** New IDs are above every ID ever assigned, even if its row was deleted. */
const insertCodes = statement(`INSERT INTO coupons (id, campaign_id, code, code_key, valid_until, last_day, upload_id)
SELECT max((SELECT coalesce(max(id), 0) FROM coupons), s.last_coupon_id) + row_number() OVER (ORDER BY j.key), ?2, j.value ->> 'code', j.value ->> 'key', j.value ->> 'valid_until', j.value ->> 'last_day',
  (SELECT u.id FROM coupon_uploads u WHERE u.campaign_id = ?2 AND u.key = ${UPLOAD})
FROM campaign_stats s CROSS JOIN json_each(?1, '$[0].codes') j WHERE s.campaign_id = ?2 AND ${IS_NEW}`);

/** Rewards waiting for a code, oldest first. Blocked participants' rewards keep waiting. */
const waiting = (limit: string) => `SELECT w.id AS reward_id, row_number() OVER (ORDER BY w.date_earned, w.id) AS turn
  FROM rewards w CROSS JOIN participants p ON p.id = w.participant_id AND p.status IN ('active', 'pending')
  WHERE w.campaign_id = ?2 AND w.status = 'pending' AND w.reward_type = ${rewardKinds.coupon.id}
    AND ${HELD.no("w")} ORDER BY w.date_earned, w.id LIMIT ${limit}`;

/** The smaller of the number of waiting rewards and the number of codes. */
const decide = statement(
  `UPDATE campaign_stats SET coupons_filling = (SELECT count(*) FROM (${nextCodes(
    `(SELECT count(*) FROM (${waiting(`min(${FILLED_MAX}, coalesce((SELECT s.coupons_available FROM campaign_stats s WHERE s.campaign_id = ?2), 0))`)}))`,
  )})) WHERE campaign_id = ?2`,
);

/** The next codes on the tape, one per reward to fulfill. */
const TAPE = `SELECT t.id, t.reward_id, row_number() OVER (ORDER BY t.id) AS turn FROM (${nextCodes(FILLING)}) n CROSS JOIN coupons t ON t.id = n.id`;

const AT = "json_extract(?1, '$[0].at')";
const EVENT = "json_extract(?1, '$[0].id')";

const assign = statement(`WITH waiting AS (${waiting(FILLING)}), tape AS (${TAPE}),
pairs AS MATERIALIZED (SELECT tape.id AS coupon_id, waiting.reward_id FROM waiting JOIN tape ON tape.turn = waiting.turn)
UPDATE coupons SET reward_id = pairs.reward_id, date_assigned = ${AT} FROM pairs
WHERE coupons.id IN (SELECT coupon_id FROM pairs) AND coupons.id = pairs.coupon_id`);

const fulfil = statement(`WITH filled AS (${TAPE})
UPDATE rewards SET status = 'fulfilled', date_fulfilled = ${AT} WHERE id IN (SELECT reward_id FROM filled) RETURNING id`);

const publish = insertEvents(
  `SELECT ${EVENT} || '_f' || f.reward_id, 'reward.fulfilled', ${ownerOfReward("f.reward_id")}, f.reward_id,
  json_object('status', 'fulfilled', 'origin', json_extract(?1, '$[0].origin')), ${AT} FROM filled f`,
  `filled AS (${TAPE})`,
);

const moveHead = statement(`WITH filled AS (${TAPE})
UPDATE campaign_stats SET coupons_available = coupons_available - f.n, rewards_pending = rewards_pending - f.n,
  rewards_fulfilled = rewards_fulfilled + f.n, last_coupon_id = max(last_coupon_id, f.head), coupons_filling = 0
FROM (SELECT count(*) AS n, coalesce(max(id), 0) AS head FROM filled) f WHERE campaign_id = ?2`);

/** Assigns codes to pending rewards, oldest first, while codes last. */
export const fillWaiting: Group = { decide, assign, fulfil, publish, moveHead };

export const uploadGroup: Group = {
  fence,
  countRevived,
  dropRevived,
  countProlonged,
  prolong,
  beginUpload,
  keepPool,
  endUpload,
  insertCodes,
  ...fillWaiting,
  lookAgain,
  ...outgoing,
  lastCoupon,
};

/** Codes above the head, and unused codes that expired. Each kind is counted where it is deleted. */
const LIVE = `campaign_id = ?2 AND date_expired IS NULL AND id > ${HEAD}`;
const EXPIRED = "campaign_id = ?2 AND date_expired IS NOT NULL AND reward_id IS NULL";

/** Deletes codes. `live` and `expired` are SQL conditions that select which ones. */
const dropCodes = (live: string, expired: string): Group => ({
  fence,
  totals: statement(`UPDATE campaign_stats SET coupons_total = coupons_total - n.live - n.expired,
  coupons_available = coupons_available - n.live, coupons_expired = coupons_expired - n.expired, coupons_pool = iif(n.live > 0, coupons_available - n.live, coupons_pool)
FROM (SELECT (SELECT count(*) FROM coupons WHERE ${live}) AS live, (SELECT count(*) FROM coupons WHERE ${expired}) AS expired) n
WHERE campaign_id = ?2 AND n.live + n.expired > 0`),
  dropExpired: statement(`DELETE FROM coupons WHERE ${expired}`),
  drop: statement(`DELETE FROM coupons WHERE ${live}`),
  lookAgain,
});

/** Deletes all unused codes, or only expired ones. */
export type DropItem = { kind: "drop"; id: string; only?: "expired" };

const ALL = "json_extract(?1, '$[0].only') IS NULL";
export const dropGroup: Group = dropCodes(`${ALL} AND ${LIVE}`, EXPIRED);

/** Unused codes to delete: one code, or all of an upload's. `id` is the request's event ID. */
export type TakeBackItem = { kind: "takeBack"; id: string; coupon_id: number | null; upload_id: number | null };

const ASKED = `(json_extract(?1, '$[0].coupon_id') IS NULL OR id = json_extract(?1, '$[0].coupon_id'))
  AND (json_extract(?1, '$[0].upload_id') IS NULL OR upload_id = json_extract(?1, '$[0].upload_id'))`;

export const takeBackGroup: Group = dropCodes(`${LIVE} AND ${ASKED}`, `${EXPIRED} AND ${ASKED}`);
