import { and, eq, sql } from "drizzle-orm";
import { campaigns, importLayouts, ownCampaign } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

export const campaignFor = (db: Db, memberId: number, id: number) =>
  db
    .select({
      goal_type: campaigns.goal_type,
      has_welcome:
        sql<number>`coalesce(campaign_entry_subject, '') <> '' OR coalesce(campaign_entry_message, '') <> ''`.as(
          "has_welcome",
        ),
    })
    .from(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

export type Known = {
  id: number;
  email: string;
  invited_by: number | null;
  status: string;
  confirmation: string | null;
};

export const knownByEmail = (db: Db, memberId: number, campaignId: number, emails: string[]) =>
  db.all<Known>(sql`SELECT p.id, p.email, p.invited_by, p.status, p.confirmation FROM json_each(${JSON.stringify(emails)}) j
    CROSS JOIN participants p ON p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.email = j.value`);

export const knownById = (db: Db, memberId: number, campaignId: number, ids: number[]) =>
  db.all<Known>(sql`SELECT p.id, p.email, p.invited_by, p.status, p.confirmation FROM json_each(${JSON.stringify(ids)}) j
    CROSS JOIN participants p ON p.id = j.value
    WHERE p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.status <> 'erased'`);

export type CheckoutHolder = { key: string; email: string };

/** The participants who have these checkout codes. */
export const checkoutHolders = (db: Db, memberId: number, campaignId: number, keys: string[]) =>
  db.all<CheckoutHolder>(sql`SELECT p.checkout_key AS key, p.email FROM json_each(${JSON.stringify(keys)}) j
    CROSS JOIN participants p ON p.campaign_id = ${ownCampaign(memberId, campaignId)} AND p.checkout_key = j.value`);

/** Gives an import's participants their checkout codes. A code that someone already has stays with them. */
export const giveCheckoutCodes = (
  db: Db,
  memberId: number,
  campaignId: number,
  { key, codes }: { key: string; codes: { email: string; code: string; key: string }[] },
): Statement =>
  db.run(sql`UPDATE OR IGNORE participants SET checkout_code = j.value ->> 'code', checkout_key = j.value ->> 'key'
    FROM json_each(${JSON.stringify(codes)}) j
    WHERE campaign_id = ${ownCampaign(memberId, campaignId)} AND email = j.value ->> 'email' AND checkout_key IS NULL
    AND signup_event >= ${key} AND signup_event < ${`${key}g`} AND status <> 'erased'`);

export const layoutOf = (db: Db, memberId: number, columns: string) =>
  db
    .select({ roles: importLayouts.roles, dates: importLayouts.dates, encoding: importLayouts.encoding })
    .from(importLayouts)
    .where(and(eq(importLayouts.member_id, memberId), eq(importLayouts.columns, columns)));

export const keepLayout = (db: Db, layout: typeof importLayouts.$inferInsert): Statement =>
  db
    .insert(importLayouts)
    .values(layout)
    .onConflictDoUpdate({
      target: [importLayouts.member_id, importLayouts.columns],
      set: {
        roles: layout.roles,
        dates: layout.dates,
        encoding: sql`coalesce(excluded.encoding, encoding)`,
        date_changed: layout.date_changed,
      },
    });

/** Deletes a member's layouts beyond the newest `max`. */
export const forgetLayouts = (db: Db, memberId: number, max: number): Statement =>
  db.run(sql`DELETE FROM import_layouts WHERE member_id = ${memberId} AND columns NOT IN (
    SELECT columns FROM import_layouts WHERE member_id = ${memberId} ORDER BY date_changed DESC LIMIT ${max})`);
