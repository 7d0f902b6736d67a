import { and, eq } from "drizzle-orm";
import { participants } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** The name of an active participant. Not limited to a member: their signed code was checked. */
export const inviterOf = (db: Db, campaignId: number, id: number) =>
  db
    .select({ name: participants.name })
    .from(participants)
    .where(and(eq(participants.id, id), eq(participants.campaign_id, campaignId), eq(participants.status, "active")));
