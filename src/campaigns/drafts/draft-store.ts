import { and, eq, sql } from "drizzle-orm";
import { campaignDrafts, type draftKinds, ownCampaign } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

export type DraftKind = (typeof draftKinds)[number];

const ofMember = (memberId: number, campaignId: number, kind: DraftKind) =>
  and(eq(campaignDrafts.campaign_id, ownCampaign(memberId, campaignId)), eq(campaignDrafts.kind, kind));

export const draftById = (db: Db, memberId: number, campaignId: number, kind: DraftKind) =>
  db
    .select({ settings: campaignDrafts.settings, date_changed: campaignDrafts.date_changed })
    .from(campaignDrafts)
    .where(ofMember(memberId, campaignId, kind));

/** Returns no row for another member's campaign. */
export const upsertDraft = (
  db: Db,
  memberId: number,
  campaignId: number,
  kind: DraftKind,
  settings: Record<string, unknown>,
  now: Date,
) =>
  db.all<{ campaign_id: number }>(sql`INSERT INTO campaign_drafts (campaign_id, kind, settings, date_changed)
    SELECT id, ${kind}, ${JSON.stringify(settings)}, ${now.getTime()} FROM campaigns WHERE id = ${ownCampaign(memberId, campaignId)}
    ON CONFLICT DO UPDATE SET settings = excluded.settings, date_changed = excluded.date_changed RETURNING campaign_id`);

export const deleteDraft = (db: Db, memberId: number, campaignId: number, kind: DraftKind) =>
  db
    .delete(campaignDrafts)
    .where(ofMember(memberId, campaignId, kind))
    .returning({ kind: campaignDrafts.kind });
