import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import {
  type ConversionRow,
  campaigns,
  conversionColumns,
  conversions,
  invitations,
  isKept,
  isRewardOf,
  mails,
  participantVersions,
  redemptions,
  reviews,
  shares,
  suppressions,
} from "../../../drizzle/schema";
import { type Fields, fields, listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { withCoupon } from "../rewards/reward-store";

/** The member's campaigns after a given one, oldest first. */
export const campaignsAfter = (db: Db, memberId: number, after: number, limit: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.member_id, memberId), sql`${campaigns.id} > ${after}`, isKept(campaigns.id)))
    .orderBy(campaigns.id)
    .limit(limit);

/** The participants with an email in some of the member's campaigns. */
export const membersOf = (db: Db, memberId: number, campaignIds: number[], email: string) =>
  db.all<{
    id: number;
    campaign_id: number;
  }>(sql`SELECT p.id, p.campaign_id FROM json_each(${JSON.stringify(campaignIds)}) j CROSS JOIN participants p
    ON p.campaign_id = j.value AND p.email = ${email} AND +p.member_id = ${memberId} ORDER BY j.key`);

export type Facts = { id: number; campaign_name: string; language: string | null; is_visitor: number };

/** Data that lists of participants do not include. */
export const factsOf = (db: Db, memberId: number, ids: number[]) =>
  db.all<Facts>(sql`SELECT p.id, c.name AS campaign_name, p.language, p.is_visitor
    FROM participants p JOIN campaigns c ON c.id = p.campaign_id WHERE p.id IN ${listed(ids)} AND +p.member_id = ${memberId}`);

export const aliasesOf = (db: Db, memberId: number, ids: number[]) =>
  db.all<{ participant_id: number; code: string }>(sql`SELECT a.participant_id, a.code FROM participants p
    JOIN aliases a ON a.participant_id = p.id WHERE p.id IN ${listed(ids)} AND +p.member_id = ${memberId}`);

/** Participants' data from before changes, newest first. */
export const versionsOf = (db: Db, memberId: number, ids: number[], limit: number) =>
  db
    .select({
      participant_id: participantVersions.participant_id,
      email: participantVersions.email,
      name: participantVersions.name,
      external_id: participantVersions.external_id,
      metadata: participantVersions.metadata,
      until: participantVersions.date,
    })
    .from(participantVersions)
    .where(sql`${participantVersions.participant_id} IN ${own(memberId, ids)}`)
    .orderBy(desc(participantVersions.date), desc(participantVersions.until))
    .limit(limit);

/** The participants among these that belong to the member. */
const own = (memberId: number, ids: number[]) =>
  sql`(SELECT p.id FROM participants p WHERE p.id IN ${listed(ids)} AND +p.member_id = ${memberId})`;

export const sharesOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select()
    .from(shares)
    .where(sql`${shares.participant_id} IN ${own(memberId, ids)}`);

export const invitationsBy = (db: Db, memberId: number, ids: number[], limit: number) =>
  db
    .select({ participant_id: invitations.participant_id, email: invitations.email })
    .from(invitations)
    .where(sql`${invitations.participant_id} IN ${own(memberId, ids)}`)
    .orderBy(desc(invitations.id))
    .limit(limit);

/** Newest first. */
export const rewardsOf = (db: Db, memberId: number, ids: number[], limit: number) =>
  withCoupon(db)
    .where(
      sql`rewards.id IN (SELECT w.id FROM participants p CROSS JOIN rewards w ON ${sql.raw(isRewardOf("w.id", "p.id"))}
        WHERE p.id IN ${listed(ids)} AND +p.member_id = ${memberId} ORDER BY w.id DESC LIMIT ${limit})`,
    )
    .orderBy(sql`rewards.id DESC`);

const selectConversion = fields(conversionColumns) as Fields<ConversionRow>;

/** Newest first. */
export const conversionsOf = (db: Db, memberId: number, ids: number[], limit: number) =>
  db
    .select(selectConversion)
    .from(conversions)
    .where(sql`${conversions.participant_id} IN ${own(memberId, ids)}`)
    .orderBy(desc(conversions.id))
    .limit(limit);

/** Conversions of a buyer who is not a participant, by the hash of their mailbox in each campaign. */
export const purchasesOf = (
  db: Db,
  memberId: number,
  mailboxes: { campaign_id: number; mailbox: string }[],
  limit: number,
) =>
  db
    .select(selectConversion)
    .from(conversions)
    .where(
      sql`conversions.id IN (SELECT k.id FROM json_each(${JSON.stringify(mailboxes)}) j CROSS JOIN conversions k
        ON k.campaign_id = j.value ->> 'campaign_id' AND k.mailbox = j.value ->> 'mailbox' AND k.participant_id IS NULL
        AND +k.member_id = ${memberId} ORDER BY k.id DESC LIMIT ${limit})`,
    )
    .orderBy(sql`conversions.id DESC`);

export const redemptionsOf = (db: Db, memberId: number, ids: number[], limit: number) =>
  db
    .select(getTableColumns(redemptions))
    .from(redemptions)
    .where(sql`${redemptions.participant_id} IN ${own(memberId, ids)}`)
    .orderBy(desc(redemptions.date_added), redemptions.redemption_id)
    .limit(limit);

/** The reviews of them or their sales. */
export const reviewsOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select({
      participant_id: reviews.participant_id,
      id: reviews.id,
      state: reviews.state,
      score: reviews.score,
      reasons: reviews.reasons,
      by: reviews.by,
      note: reviews.note,
      date_opened: reviews.date_opened,
      date_decided: reviews.date_decided,
    })
    .from(reviews)
    .where(
      sql`${reviews.id} IN (SELECT p.id * 2 + s.value FROM participants p CROSS JOIN json_each('[0, 1]') s
        WHERE p.id IN ${listed(ids)} AND +p.member_id = ${memberId}) AND +${reviews.member_id} = ${memberId}`,
    )
    .orderBy(reviews.id);

export const mailsTo = (db: Db, memberId: number, ids: number[], limit: number) =>
  db
    .select({
      participant_id: mails.participant_id,
      kind: mails.kind,
      status: mails.status,
      date_added: mails.date_added,
      date_sent: mails.date_sent,
    })
    .from(mails)
    .where(and(sql`${mails.participant_id} IN ${own(memberId, ids)}`, sql`+${mails.member_id} = ${memberId}`))
    .orderBy(desc(mails.id))
    .limit(limit);

/** The invitations to the address, in some of the member's campaigns. */
const invited = (memberId: number, campaignIds: number[], email: string) =>
  sql`(SELECT i.id FROM campaigns c CROSS JOIN invitations i ON i.campaign_id = c.id AND i.email = ${email}
    WHERE c.id IN ${listed(campaignIds)} AND c.member_id = ${memberId})`;

export const invitationsTo = (db: Db, memberId: number, campaignIds: number[], email: string, limit: number) =>
  db
    .select({
      campaign_id: invitations.campaign_id,
      participant_id: invitations.participant_id,
      has_signedup: invitations.has_signedup,
      date_invited: invitations.date_invited,
    })
    .from(invitations)
    .where(sql`${invitations.id} IN ${invited(memberId, campaignIds, email)}`)
    .orderBy(desc(invitations.id))
    .limit(limit);

/** Deletes the emails of these invitations. Must come before `dropInvitations`. */
export const dropInvitationMails = (db: Db, memberId: number, campaignIds: number[], email: string): Statement =>
  db.run(sql`DELETE FROM mails WHERE (participant_id, invitation_id) IN (SELECT i.participant_id, i.id FROM invitations i
    WHERE i.id IN ${invited(memberId, campaignIds, email)})`);

export const dropInvitations = (db: Db, memberId: number, campaignIds: number[], email: string) =>
  db
    .delete(invitations)
    .where(sql`${invitations.id} IN ${invited(memberId, campaignIds, email)}`)
    .returning({ id: invitations.id });

/** Deletes the metadata of a buyer without a signup. Their mailbox hash stays, like a participant's. */
export const dropPurchaseData = (
  db: Db,
  memberId: number,
  mailboxes: { campaign_id: number; mailbox: string }[],
): Statement =>
  db.run(sql`UPDATE conversions SET metadata = NULL WHERE id IN (SELECT k.id FROM json_each(${JSON.stringify(mailboxes)}) j
    CROSS JOIN conversions k ON k.campaign_id = j.value ->> 'campaign_id' AND k.mailbox = j.value ->> 'mailbox'
    AND k.participant_id IS NULL AND +k.member_id = ${memberId}) AND metadata IS NOT NULL`);

export const isSuppressed = (db: Db, memberId: number, hash: string) =>
  db
    .select({ one: sql<number>`1`.as("one") })
    .from(suppressions)
    .where(and(eq(suppressions.member_id, memberId), eq(suppressions.email_hash, hash)));
