import type { DatabaseSync } from "node:sqlite";
import { SHOP_ID } from "./shop.ts";

type Conversion = {
  id: number;
  participant_id: number;
  referrer_id: number;
  external_id: string;
  amount: number;
  outcome: string;
  refunded: number | null;
  event: string;
  date_added: number;
};
type Refund = { external_id: string; refund_id: string; amount: number | null };
type Reward = {
  id: number;
  participant_id: number;
  rule_id: number;
  conversion_id: number;
  reward_type: number;
  status: string;
  amount: number;
  owed_back: number | null;
  expires_at: number | null;
  date_expired: number | null;
  expired_amount: number | null;
  held_until: number | null;
  needs_approval: number | null;
  payout_id: number | null;
};
type Credit = { reward_id: number; amount: number | null; reason: string; status: string | null };
type Event = { id: string; type: string; participant_id: number; reward_id: number | null; data: string };
type Participant = {
  id: number;
  email: string;
  status: string;
  referral_count: number;
  waitlist_ticket: number;
  waitlist_key: number | null;
  admitted_at: number | null;
};
type Payout = { id: number; reference: string };
type Line = Record<"payout_id" | "participant_id" | "amount" | "netted" | "rewards", number> & {
  date_undone: number | null;
};
type Redemption = { participant_id: number; redemption_id: string; amount: number; event: string };
type Release = { id: number; quota: number; admitted: number; date_finished: number | null };
type Spent = { rule: number; spent: number };

/** Reads the shop's rows. */
export function takeShop(db: DatabaseSync) {
  const all = <T>(sql: string) => db.prepare(sql).all(SHOP_ID) as T[];
  const shop = {
    conversions: all<Conversion>("SELECT * FROM conversions WHERE campaign_id = ? ORDER BY id"),
    refunds: all<Refund>("SELECT * FROM refunds WHERE campaign_id = ?"),
    rewards: all<Reward>("SELECT * FROM rewards WHERE campaign_id = ?"),
    credits: all<Credit>(
      "SELECT c.* FROM credit_entries c JOIN rewards w ON w.id = c.reward_id WHERE w.campaign_id = ?",
    ),
    events: all<Event>("SELECT * FROM events WHERE campaign_id = ?"),
    participants: all<Participant>("SELECT * FROM participants WHERE campaign_id = ? ORDER BY waitlist_ticket"),
    payouts: all<Payout>("SELECT o.* FROM payouts o JOIN campaigns c ON c.member_id = o.member_id WHERE c.id = ?"),
    lines: all<Line>("SELECT * FROM payout_lines WHERE campaign_id = ?"),
    redemptions: all<Redemption>(
      "SELECT d.* FROM redemptions d JOIN participants p ON p.id = d.participant_id WHERE p.campaign_id = ?",
    ),
    releases: all<Release>("SELECT * FROM releases WHERE campaign_id = ?"),
    buckets: all<{ bucket: number; waiting: number }>("SELECT * FROM waitlist_buckets WHERE campaign_id = ?"),
    spent: all<Spent>(`SELECT CAST(j.key AS INTEGER) AS rule, j.value AS spent
      FROM campaign_stats s, json_each(s.rule_spent) j WHERE s.campaign_id = ?`),
    stats: all<Record<string, number>>("SELECT * FROM campaign_stats WHERE campaign_id = ?")[0] ?? {},
  };
  return shop;
}
export type ShopTables = ReturnType<typeof takeShop>;
