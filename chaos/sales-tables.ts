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
};
type Refund = { external_id: string; refund_id: string; amount: number | null };
type Reward = {
  id: number;
  participant_id: number;
  rule_id: number;
  conversion_id: number;
  status: string;
  amount: number;
  held_until: number | null;
};
type Credit = { reward_id: number; amount: number | null; reason: string };
type Event = { id: string; type: string };
type Spent = { rule: number; spent: number };

const TABLES = ["participants", "rewards", "coupons", "events", "scores", "campaign_days", "campaign_stats"];

/** Reads the shop's rows, and hides them from later queries. */
export function takeShop(db: DatabaseSync) {
  const all = <T>(sql: string) => db.prepare(sql).all(SHOP_ID) as T[];
  const shop = {
    conversions: all<Conversion>("SELECT * FROM conversions WHERE campaign_id = ? ORDER BY id"),
    refunds: all<Refund>("SELECT * FROM refunds WHERE campaign_id = ?"),
    rewards: all<Reward>("SELECT * FROM rewards WHERE campaign_id = ?"),
    credits: all<Credit>("SELECT c.* FROM credits c JOIN rewards w ON w.id = c.reward_id WHERE w.campaign_id = ?"),
    events: all<Event>("SELECT id, type FROM events WHERE campaign_id = ?"),
    spent: all<Spent>(`SELECT CAST(j.key AS INTEGER) AS rule, j.value AS spent
      FROM campaign_stats s, json_each(s.rule_spent) j WHERE s.campaign_id = ?`),
    stats: all<Record<string, number>>("SELECT * FROM campaign_stats WHERE campaign_id = ?")[0] ?? {},
  };
  for (const table of TABLES)
    db.exec(`CREATE TEMP VIEW ${table} AS SELECT * FROM main.${table} WHERE campaign_id <> ${SHOP_ID}`);
  return shop;
}
export type ShopTables = ReturnType<typeof takeShop>;
