import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { campaigns, isKept, members, ownCampaign, type ParticipantRow, participants } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

export const memberById = (db: Db, memberId: number) =>
  db.select({ id: members.id, email: members.email, name: members.name }).from(members).where(eq(members.id, memberId));

/** One row if the campaign is the member's. */
export const campaignOfMember = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.id, ownCampaign(memberId, campaignId)));

/**
 * Participants, newest first, without erased ones. If a campaign is given, the unary plus keeps SQLite from reading the
 * whole account.
 */
export const contactsPage = (db: Db, memberId: number, campaignId: number | null | undefined, page: PageQuery) =>
  db
    .select({
      id: participants.id,
      email: sql<string>`${participants.email}`.as("email"),
      name: participants.name,
      campaign_id: participants.campaign_id,
      date_signedup: participants.date_signedup,
      referral_url: participants.referral_url,
      status: sql<ParticipantRow["status"]>`${participants.status}`.as("status"),
    })
    .from(participants)
    .where(
      and(
        campaignId == null
          ? eq(participants.member_id, memberId)
          : and(eq(participants.campaign_id, campaignId), sql`+${participants.member_id} = ${memberId}`),
        isKept(participants.campaign_id),
        isNotNull(participants.email),
      ),
    )
    .orderBy(desc(participants.id))
    .limit(page.limit)
    .offset(offset(page));
