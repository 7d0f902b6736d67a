import { HELD, ownerOfReward } from "../../drizzle/schema/rewards";
import { insertMails } from "./emails";
import { insertDeliveries, insertEvents } from "./publish";
import { rewardKinds } from "./reward-kinds";
import { type Group, statement } from "./statement";
import { fence, HEAD, lastCoupon } from "./tape";

/**
 * A part of an upload. `id` is the prefix of the IDs of the events it causes. All parts of an upload have the same
 * `upload` key; `name` is the file's name.
 */
export type UploadItem = {
  kind: "upload";
  id: string;
  at: number;
  origin: string;
  codes: { code: string; key: string }[];
  upload: string;
  name: string | null;
};

/**
 * The most pending rewards that one transaction fulfills, because nested loops pair them with codes. The caller repeats
 * until none is left.
 */
export const FILLED_MAX = 500;
/** LIMIT must not be null, but the totals of a deleted campaign are. */
const FILLING = "coalesce((SELECT coupons_filling FROM campaign_stats WHERE campaign_id = ?2), 0)";

const IS_NEW = "NOT EXISTS (SELECT 1 FROM coupons k WHERE k.campaign_id = ?2 AND k.code_key = j.value ->> 'key')";

/** Counts the new codes before they are inserted. If the part is repeated, it finds no new ones. */
const keepPool =
  statement(`UPDATE campaign_stats SET coupons_total = coupons_total + n.added, coupons_available = coupons_available + n.added,
  coupons_pool = coupons_available + n.added, coupon_alert = 0
FROM (SELECT count(*) AS added FROM json_each(?1, '$[0].codes') j WHERE ${IS_NEW}) n WHERE campaign_id = ?2 AND n.added > 0`);

/** A Worker of the release before sends no key; then each part is an upload of its own. */
const UPLOAD = "coalesce(json_extract(?1, '$[0].upload'), json_extract(?1, '$[0].id'))";

/** An upload adds what the pool has grown by: its total is taken away before `keepPool`, and added after it. */
const beginUpload = statement(`INSERT INTO coupon_uploads (campaign_id, key, name, added, date_added)
SELECT ?2, ${UPLOAD}, json_extract(?1, '$[0].name'), -s.coupons_total, json_extract(?1, '$[0].at')
FROM campaign_stats s WHERE s.campaign_id = ?2
ON CONFLICT (campaign_id, key) DO UPDATE SET added = added + excluded.added`);
const endUpload =
  statement(`UPDATE coupon_uploads SET added = added + (SELECT s.coupons_total FROM campaign_stats s WHERE s.campaign_id = ?2)
WHERE campaign_id = ?2 AND key = ${UPLOAD}`);

/** New IDs are above every ID that was ever given out, even if its row is gone. */
const insertCodes = statement(`INSERT INTO coupons (id, campaign_id, code, code_key, upload_id)
SELECT max((SELECT coalesce(max(id), 0) FROM coupons), s.last_coupon_id) + row_number() OVER (ORDER BY j.key), ?2, j.value ->> 'code', j.value ->> 'key',
  (SELECT u.id FROM coupon_uploads u WHERE u.campaign_id = ?2 AND u.key = ${UPLOAD})
FROM campaign_stats s CROSS JOIN json_each(?1, '$[0].codes') j WHERE s.campaign_id = ?2 AND ${IS_NEW}`);

/** Rewards that wait for a code, oldest first. Rewards of blocked participants keep waiting. */
const waiting = (limit: string) => `SELECT w.id AS reward_id, row_number() OVER (ORDER BY w.date_earned, w.id) AS turn
  FROM rewards w CROSS JOIN participants p ON p.id = w.participant_id AND p.status IN ('active', 'pending')
  WHERE w.campaign_id = ?2 AND w.status = 'pending' AND w.reward_type = ${rewardKinds.coupon.id}
    AND ${HELD.no("w")} ORDER BY w.date_earned, w.id LIMIT ${limit}`;

const decide =
  statement(`UPDATE campaign_stats SET coupons_filling = (SELECT count(*) FROM (${waiting(`min(${FILLED_MAX}, coalesce((SELECT s.coupons_available FROM campaign_stats s WHERE s.campaign_id = ?2), 0))`)}))
WHERE campaign_id = ?2`);

/** The first codes above the head of the tape, one for each reward to fulfill. */
const TAPE = `SELECT id, reward_id, row_number() OVER (ORDER BY id) AS turn FROM (
  SELECT id, reward_id FROM coupons WHERE campaign_id = ?2 AND id > ${HEAD} ORDER BY id LIMIT ${FILLING})`;

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

/** Assigns codes to pending rewards, oldest first, as far as there are codes. */
export const fillWaiting: Group = { decide, assign, fulfil, publish, moveHead };

export const uploadGroup: Group = {
  fence,
  beginUpload,
  keepPool,
  endUpload,
  insertCodes,
  ...fillWaiting,
  deliveries: insertDeliveries,
  mails: insertMails,
  lastCoupon,
};

export const dropGroup: Group = {
  fence,
  totals: statement(
    `UPDATE campaign_stats SET coupons_total = coupons_total - coupons_available, coupons_available = 0, coupons_pool = 0 WHERE campaign_id = ?2`,
  ),
  drop: statement(`DELETE FROM coupons WHERE campaign_id = ?2 AND id > ${HEAD}`),
};

/** Unused codes to delete: one code, or those of an upload. `id` is the request's event ID. */
export type TakeBackItem = { kind: "takeBack"; id: string; coupon_id: number | null; upload_id: number | null };

const TAKEN_BACK = `campaign_id = ?2 AND id > ${HEAD}
  AND (json_extract(?1, '$[0].coupon_id') IS NULL OR id = json_extract(?1, '$[0].coupon_id'))
  AND (json_extract(?1, '$[0].upload_id') IS NULL OR upload_id = json_extract(?1, '$[0].upload_id'))`;

export const takeBackGroup: Group = {
  fence,
  totals:
    statement(`UPDATE campaign_stats SET coupons_total = coupons_total - n.taken, coupons_available = coupons_available - n.taken,
  coupons_pool = coupons_available - n.taken
FROM (SELECT count(*) AS taken FROM coupons WHERE ${TAKEN_BACK}) n WHERE campaign_id = ?2 AND n.taken > 0`),
  drop: statement(`DELETE FROM coupons WHERE ${TAKEN_BACK}`),
};
