import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { takeShop } from "./sales-tables.ts";
import { HOLDS_END_MS } from "./shop.ts";

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
type Mail = {
  kind: string;
  campaign_id: number | null;
  participant_id: number | null;
  status: string;
  error: string | null;
  provider_id: string | null;
  mailbox: string | null;
  date_tried: number | null;
};
type Score = { referral_count: number; click_count: number; participants: number };
type Counters = Record<string, number>;

/** The local D1 database and its file. Open it only while the product is stopped. */
function find(stateDir: string, readOnly: boolean) {
  const folder = join(stateDir, "v3");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sqlite"));
  for (const file of files) {
    const path = join(folder, file);
    const db = new DatabaseSync(path, { readOnly });
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'participants'").get()) return { db, path };
    db.close();
  }
  throw new Error(`No database in ${folder}`);
}

/** All rows of the one campaign, as committed, and apart from them the shop's. A restore leaves a participant of none. */
export function readTables(stateDir: string) {
  const { db } = find(stateDir, true);
  const all = <T>(sql: string) => db.prepare(sql).all() as T[];
  const shop = takeShop(db);
  const tables = {
    shop,
    participants: all<Participant>("SELECT * FROM participants WHERE campaign_id <> 0"),
    rewards: all<Reward>("SELECT * FROM rewards"),
    coupons: all<Coupon>("SELECT * FROM coupons"),
    events: all<Event>("SELECT * FROM events"),
    deliveries: all<Delivery>("SELECT * FROM deliveries"),
    webhooks: all<Webhook>("SELECT * FROM webhooks"),
    mails: all<Mail>("SELECT * FROM mails"),
    blocked: all<{ mailbox: string | null; date: number }>("SELECT mailbox, date FROM blocked_mailboxes"),
    holds: all<{ outbox: string; reason: string }>("SELECT outbox, reason FROM outbox_holds"),
    scores: all<Score>("SELECT * FROM scores"),
    days: all<Counters>("SELECT * FROM campaign_days"),
    shares: all<{ participant_id: number; clicks: number }>("SELECT * FROM shares"),
    stats: all<Counters>("SELECT * FROM campaign_stats")[0] ?? {},
  };
  db.close();
  return tables;
}
export type Tables = ReturnType<typeof readTables>;

/** Lets time pass while the product is stopped, by moving the times that deliveries and emails wait for. All holds end, and rewards expire. */
export function passTime(stateDir: string, ms: number) {
  const { db } = find(stateDir, false);
  for (const table of ["deliveries", "mails"])
    db.prepare(`UPDATE ${table} SET next_attempt_at = next_attempt_at - ?1, hinted_until = hinted_until - ?1,
      leased_until = leased_until - ?1 WHERE status IN ('pending', 'sending')`).run(ms);
  db.prepare("UPDATE rewards SET held_until = held_until - ?1, expires_at = expires_at - ?1").run(HOLDS_END_MS);
  db.prepare("UPDATE outbox_holds SET since = since - ?1, until = until - ?1").run(ms);
  db.close();
}

/** Rewards that expire last only this long, in milliseconds, so that they do so while the product is killed. */
const LIFE_MS = 2_000;

/** Lets rewards expire within seconds, and makes the accounts a year old, while the product is stopped: new ones may send few emails a day. */
export function growOld(stateDir: string) {
  const { db } = find(stateDir, false);
  db.prepare("UPDATE members SET date_signedup = date_signedup - 365 * 86400000").run();
  db.exec(`CREATE TRIGGER short_lives AFTER INSERT ON rewards WHEN new.expires_at IS NOT NULL
    BEGIN UPDATE rewards SET expires_at = new.date_earned + ${LIFE_MS} WHERE id = new.id; END`);
  db.close();
}

/** How many emails wait, while the product is stopped. */
export function emailsWaiting(stateDir: string) {
  const { db } = find(stateDir, true);
  const row = db.prepare("SELECT count(*) AS n FROM mails WHERE status IN ('pending', 'sending')").get();
  db.close();
  return Number(row?.n);
}

/** Copies the database, while the product is stopped. @returns puts the copy in its place, as a restore does */
export function keepCopy(stateDir: string) {
  const { db, path } = find(stateDir, false);
  const copy = join(stateDir, "copy.sqlite");
  rmSync(copy, { force: true });
  db.prepare("VACUUM INTO ?").run(copy);
  db.close();
  return () => {
    for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
    cpSync(copy, path);
  };
}
