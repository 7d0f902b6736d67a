import { and, eq, or, sql } from "drizzle-orm";
import { campaigns, participants } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** The participant for an identity: by email address first, then by the host's own id. */
export const identified = (db: Db, campaignId: number, email: string, externalId: string) =>
  db
    .select({ id: participants.id, campaign_id: participants.campaign_id, confirmation: participants.confirmation })
    .from(participants)
    .innerJoin(campaigns, eq(campaigns.id, participants.campaign_id))
    .where(
      and(
        eq(participants.campaign_id, campaignId),
        or(eq(participants.email, email), and(eq(participants.external_id, externalId), sql`external_id IS NOT NULL`)),
        sql`${participants.status} <> 'erased'`,
        eq(campaigns.is_suspended, false),
      ),
    )
    .orderBy(sql`${participants.email} IS ${email} DESC`, participants.id)
    .limit(1);
