import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

type Participant = {
  id: number;
  email: string;
  status: string;
  invited_by: number | null;
  referral_count: number;
  click_count: number;
  share_count: number;
  signup_event: string;
};
type Reward = { id: number; participant_id: number; role: string; status: string };
type Coupon = { id: number; code: string; reward_id: number | null };
type Event = { id: string; type: string; participant_id: number | null; reward_id: number | null };
type Delivery = { webhook_id: number; event_id: string; type: string; status: string; attempts: string };
type Webhook = { id: number; status: string; disabled_reason: string | null };
type Score = { referral_count: number; click_count: number; participants: number };
type Counters = Record<string, number>;

/** The file of the local D1 database. Open it only while the product is stopped. */
function open(stateDir: string, readOnly: boolean) {
  const folder = join(stateDir, "v3");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sqlite"));
  for (const file of files) {
    const db = new DatabaseSync(join(folder, file), { readOnly });
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'participants'").get()) return db;
    db.close();
  }
  throw new Error(`No database in ${folder}`);
}

/** All rows of the one campaign, as committed. */
export function readTables(stateDir: string) {
  const db = open(stateDir, true);
  const all = <T>(sql: string) => db.prepare(sql).all() as T[];
  const tables = {
    participants: all<Participant>("SELECT * FROM participants"),
    rewards: all<Reward>("SELECT * FROM rewards"),
    coupons: all<Coupon>("SELECT * FROM coupons"),
    events: all<Event>("SELECT * FROM events"),
    deliveries: all<Delivery>("SELECT * FROM deliveries"),
    webhooks: all<Webhook>("SELECT * FROM webhooks"),
    scores: all<Score>("SELECT * FROM scores"),
    days: all<Counters>("SELECT * FROM campaign_days"),
    shares: all<{ participant_id: number; clicks: number }>("SELECT * FROM shares"),
    stats: all<Counters>("SELECT * FROM campaign_stats")[0] ?? {},
  };
  db.close();
  return tables;
}
export type Tables = ReturnType<typeof readTables>;

/** Lets time pass while the product is stopped, by moving the times that deliveries wait for. */
export function passTime(stateDir: string, ms: number) {
  const db = open(stateDir, false);
  db.prepare(`UPDATE deliveries SET next_attempt_at = next_attempt_at - ?1, hinted_until = hinted_until - ?1,
    leased_until = leased_until - ?1 WHERE status = 'pending'`).run(ms);
  db.close();
}
