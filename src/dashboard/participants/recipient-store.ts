import { sql } from "drizzle-orm";
import { isKept } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

export type Recipient = {
  id: number;
  name: string | null;
  email: string;
  campaign_id: number;
  campaign_name: string;
  brand_name: string;
  currency: string;
  inviter_id: number | null;
  inviter_name: string | null;
  inviter_email: string | null;
  inviter_referrals: number | null;
};

/** A participant with their campaign's currency and their referrer. */
export const recipientById = (db: Db, memberId: number, id: number) =>
  db.all<Recipient>(sql`SELECT p.id, p.name, p.email, c.id AS campaign_id, c.name AS campaign_name, coalesce(b.name, b.domain) AS brand_name, c.currency,
      r.id AS inviter_id, r.name AS inviter_name, r.email AS inviter_email, r.referral_count AS inviter_referrals
    FROM participants p CROSS JOIN campaigns c ON c.id = p.campaign_id JOIN brands b ON b.id = c.brand_id LEFT JOIN participants r ON r.id = p.invited_by
    WHERE p.id = ${id} AND p.member_id = ${memberId} AND p.status <> 'erased' AND ${isKept(sql`p.campaign_id`)}`);
