import { and, desc, eq, sql } from "drizzle-orm";
import { brands, campaigns, isKept, isSeen, isSeenCampaign, type Seen, webhooks } from "../../../drizzle/schema";
import { brandName } from "../../campaigns/brand-kit-store";
import { field } from "../../lib/columns";
import type { Db } from "../../lib/db";

/** Sorts after any character of an email. */
const LAST = "\u{10FFFF}";

export type Person = Record<"name" | "email", string | null> & {
  id: number;
  campaign_id: number;
  campaign_name: string;
};

/** The newest participants, whose names are compared with the search text. */
export const newest = (db: Db, memberId: number, seen: Seen, max: number) =>
  db.all<Person>(sql`SELECT p.id, p.name, p.email, p.campaign_id, k.name AS campaign_name FROM
    (SELECT id, name, email, campaign_id FROM participants INDEXED BY participants_of_member
      WHERE member_id = ${memberId} AND status <> 'erased' AND ${isKept(sql`campaign_id`)} AND ${isSeenCampaign(sql`participants.campaign_id`, seen)} ORDER BY id DESC LIMIT ${max}) p
    CROSS JOIN campaigns k ON k.id = p.campaign_id`);

/** Participants whose email starts with the text: one index lookup per campaign, in the newest campaigns. */
export const byEmail = (db: Db, memberId: number, seen: Seen, start: string, campaignsMax: number, max: number) =>
  db.all<Person>(sql`SELECT p.id, p.name, p.email, p.campaign_id, c.name AS campaign_name
    FROM (SELECT id, name FROM campaigns INDEXED BY campaigns_of_member WHERE member_id = ${memberId} AND ${isSeen(sql`brand_id`, seen) ?? sql`1`} ORDER BY id DESC LIMIT ${campaignsMax}) c
    CROSS JOIN participants p INDEXED BY participants_email ON p.campaign_id = c.id AND p.email >= ${start} AND p.email < ${start + LAST}
    WHERE p.status <> 'erased' LIMIT ${max}`);

export const campaignNames = (db: Db, memberId: number, seen: Seen, max: number) =>
  db
    .select({ id: field(campaigns.id, "id"), name: field(campaigns.name, "name"), brand: brandName("brand") })
    .from(campaigns)
    .innerJoin(brands, eq(brands.id, campaigns.brand_id))
    .where(and(eq(campaigns.member_id, memberId), isSeen(campaigns.brand_id, seen)))
    .orderBy(desc(campaigns.id))
    .limit(max);

export const webhookLinks = (db: Db, memberId: number, max: number) =>
  db
    .select({ id: webhooks.id, link: webhooks.link })
    .from(webhooks)
    .where(eq(webhooks.member_id, memberId))
    .orderBy(desc(webhooks.id))
    .limit(max);
