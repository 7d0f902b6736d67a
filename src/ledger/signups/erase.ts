import { isHeld, isRewardOf } from "../../../drizzle/schema/rewards";
import type { Raw } from "../../lib/columns";
import { type Group, statement } from "../batch/statement";
import { toPrograms } from "../events/outgoing";
import { insertEvents } from "../events/publish";
import { IS_UNSETTLED, idOfReview } from "../records/review-id";
import { ADDED, bucketOf, dropBuckets } from "./waitlist";

/** Erases a participant. The row stays, without personal data, and the referrer keeps the credit. */
export type EraseItem = { kind: "erase"; id: string; at: number; participant_id: number };

/** `inviter`: the participant who had invited them. */
export type Erased = { erased: boolean; inviter: number | null };

export const erasedOf = ([row]: Raw[]): Erased => ({
  erased: row !== undefined,
  inviter: row?.invited_by == null ? null : Number(row.invited_by),
});

const PARTICIPANT = "json_extract(?1, '$[0].participant_id')";
const ONE = `p.id = ${PARTICIPANT} AND p.campaign_id = ?2 AND p.status <> 'erased'`;
const LIVING = `EXISTS (SELECT 1 FROM participants p WHERE ${ONE})`;

export const eraseGroup: Group = {
  totals: statement(`UPDATE campaign_stats SET total_participants = total_participants - 1,
  pending_participants = pending_participants - (p.status = 'pending'), blocked_participants = blocked_participants - (p.status = 'blocked'),
  rewards_pending = rewards_pending - w.n, rewards_held = rewards_held - w.held, rewards_revoked = rewards_revoked + w.n
FROM participants p, (SELECT count(*) AS n, coalesce(sum(${isHeld("rewards")}), 0) AS held FROM rewards WHERE ${isRewardOf("id", PARTICIPANT)} AND status = 'pending') w
WHERE campaign_stats.campaign_id = ?2 AND ${ONE}`),
  scores: statement(`UPDATE scores AS s SET participants = participants - 1 FROM participants p
WHERE ${ONE} AND p.status = 'active' AND s.campaign_id = ?2 AND s.referral_count = p.referral_count AND s.click_count = p.click_count`),
  emptyScores: statement(`DELETE FROM scores WHERE campaign_id = ?2 AND participants = 0
  AND (referral_count, click_count) IN (SELECT p.referral_count, p.click_count FROM participants p WHERE ${ONE})`),
  leaveWaitlist: statement(`INSERT INTO waitlist_buckets (campaign_id, bucket, waiting)
SELECT ?2, ${bucketOf("p.waitlist_key")}, -1 FROM participants p WHERE ${ONE} AND p.waitlist_key IS NOT NULL ${ADDED}`),
  dropLeft: dropBuckets(
    `SELECT ${bucketOf("p.waitlist_key")} FROM participants p WHERE ${ONE} AND p.waitlist_key IS NOT NULL`,
  ),
  credits:
    statement(`INSERT INTO credits (participant_id, reward_id, event, conversion_id, amount, reason, status, by, date)
SELECT w.participant_id, w.id, json_extract(?1, '$[0].id'), w.conversion_id, -w.amount, 'erased', 'revoked', 'erasure', json_extract(?1, '$[0].at')
FROM rewards w WHERE ${isRewardOf("w.id", PARTICIPANT)} AND w.status = 'pending' AND w.rule_id IS NOT NULL AND ${LIVING}`),
  // We follow transfers that the wallet already has to their end. Its own copy of the wallet address is deleted once
  // that is final.
  transfers: statement(
    `UPDATE transfers SET address = NULL WHERE campaign_id = ?2 AND participant_id = ${PARTICIPANT} AND ${LIVING}`,
  ),
  // No one is left to receive pending rewards.
  rewards: statement(`UPDATE rewards SET status = 'revoked', note = 'erased', held_until = NULL, needs_approval = NULL
WHERE ${isRewardOf("id", PARTICIPANT)} AND status = 'pending' AND ${LIVING}`),
  mails: statement(`DELETE FROM mails WHERE participant_id = ${PARTICIPANT} AND ${LIVING}`),
  mailsGot:
    statement(`DELETE FROM mails WHERE (participant_id, invitation_id) IN (SELECT i.participant_id, i.id FROM invitations i
  WHERE i.campaign_id = ?2 AND i.email = (SELECT p.email FROM participants p WHERE ${ONE}))`),
  invitationsSent: statement(`DELETE FROM invitations WHERE participant_id = ${PARTICIPANT} AND ${LIVING}`),
  invitationsGot: statement(
    `DELETE FROM invitations WHERE campaign_id = ?2 AND email = (SELECT p.email FROM participants p WHERE ${ONE})`,
  ),
  conversions: statement(
    `UPDATE conversions SET metadata = NULL WHERE participant_id = ${PARTICIPANT} AND metadata IS NOT NULL AND ${LIVING}`,
  ),
  // The person who refunded may have written about the buyer.
  refunds: statement(`UPDATE refunds SET reason = NULL WHERE (campaign_id, event_name, external_id) IN (
  SELECT campaign_id, event_name, external_id FROM conversions WHERE participant_id = ${PARTICIPANT}) AND reason IS NOT NULL AND ${LIVING}`),
  // Endpoints may have echoed the participant's data in their responses.
  answers:
    statement(`UPDATE deliveries SET attempts = (SELECT json_group_array(json_remove(j.value, '$.answer')) FROM json_each(deliveries.attempts) j),
  answers_of = NULL WHERE answers_of = ${PARTICIPANT} AND ${LIVING}`),
  aliases: statement(`DELETE FROM aliases WHERE participant_id = ${PARTICIPANT} AND ${LIVING}`),
  versions: statement(`DELETE FROM participant_versions WHERE participant_id = ${PARTICIPANT} AND ${LIVING}`),
  reviews: statement(
    `DELETE FROM reviews WHERE (id = ${idOfReview(PARTICIPANT, "1")} OR (id = ${idOfReview(PARTICIPANT)} AND NOT ${IS_UNSETTLED})) AND ${LIVING}`,
  ),
  // Others' rewards depend on the review. The findings are deleted now, and the row once the review is decided.
  unsettled: statement(
    `UPDATE reviews SET reasons = '[]', note = NULL, proof = NULL WHERE id = ${idOfReview(PARTICIPANT)} AND ${LIVING}`,
  ),
  visits: statement(`DELETE FROM visits WHERE participant_id = ${PARTICIPANT} AND ${LIVING}`),
  events: insertEvents(
    `SELECT json_extract(?1, '$[0].id'), 'participant.erased', p.id, NULL, '{}', json_extract(?1, '$[0].at') FROM participants p WHERE ${ONE}`,
  ),
  erase:
    statement(`UPDATE participants AS p SET email = NULL, email_canonical = NULL, name = NULL, metadata = NULL, external_id = NULL, checkout_code = NULL, checkout_key = NULL,
  ip_hash = NULL, source = NULL, language = NULL, form = NULL, referral_url = NULL, wallet_address = NULL, waitlist_key = NULL, status = 'erased', status_event = json_extract(?1, '$[0].id') WHERE ${ONE} RETURNING invited_by`),
  ...toPrograms,
};
