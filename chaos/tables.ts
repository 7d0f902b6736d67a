import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ASKED_FOR_MS, REVIEWED_ID } from "./reviewed.ts";
import { takeReviewed } from "./reviewed-tables.ts";
import { takeShop } from "./sales-tables.ts";
import { HOLDS_END_MS, SHOP_ID } from "./shop.ts";

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

const TABLES = ["participants", "rewards", "coupons", "events", "scores", "campaign_days", "campaign_stats"];

/** All committed rows of the first campaign; the shop's and the reviewed campaign's are separate. After a restore, a participant may belong to none. */
export function readTables(stateDir: string) {
  const { db } = find(stateDir, true);
  const all = <T>(sql: string) => db.prepare(sql).all() as T[];
  const apart = { shop: takeShop(db), reviewed: takeReviewed(db) };
  for (const table of TABLES)
    db.exec(
      `CREATE TEMP VIEW ${table} AS SELECT * FROM main.${table} WHERE campaign_id NOT IN (${SHOP_ID}, ${REVIEWED_ID})`,
    );
  const tables = {
    ...apart,
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

const DAY_MS = 86_400_000;

/**
 * Lets time pass while the product is stopped, by moving the due times of deliveries and emails, and the days of sent
 * emails. Only whole days start a new day. All holds end, rewards expire, reviews are due, and endpoints
 * are asked for the last time.
 */
export function passTime(stateDir: string, ms: number) {
  const { db } = find(stateDir, false);
  const days = Math.floor(ms / DAY_MS);
  for (const table of ["deliveries", "mails"])
    db.prepare(`UPDATE ${table} SET next_attempt_at = next_attempt_at - ?1, hinted_until = hinted_until - ?1,
      leased_until = leased_until - ?1 WHERE status IN ('pending', 'sending')`).run(ms);
  db.prepare("UPDATE mails SET date_added = date_added - ?1, date_tried = date_tried - ?1").run(ms);
  db.prepare("UPDATE blocked_mailboxes SET date = date - ?").run(ms);
  // In two steps, because each day moves to where another was.
  if (days > 0) {
    db.prepare("UPDATE mail_days SET day = 'was ' || date(day, ?)").run(`-${days} days`);
    db.exec("UPDATE mail_days SET day = substr(day, 5)");
  }
  db.prepare("UPDATE rewards SET held_until = held_until - ?1, expires_at = expires_at - ?1").run(HOLDS_END_MS);
  db.prepare("UPDATE reviews SET settles_at = settles_at - ?1, decides_at = decides_at - ?2").run(ms, HOLDS_END_MS);
  db.prepare(`UPDATE veto_calls SET asked_at = asked_at - ?2, next_attempt_at = next_attempt_at - ?1, hinted_until = hinted_until - ?1,
    leased_until = leased_until - ?1 WHERE status = 'pending'`).run(ms, ASKED_FOR_MS);
  db.prepare("UPDATE outbox_holds SET since = since - ?1, until = until - ?1").run(ms);
  db.close();
}

/** The lifetime of expiring rewards, in milliseconds: short enough to end while the product is being killed. */
const LIFE_MS = 2_000;

/** While the product is stopped, makes rewards expire within seconds, and the accounts a year old, because new ones may send only a few emails a day. */
export function growOld(stateDir: string) {
  const { db } = find(stateDir, false);
  db.prepare("UPDATE members SET date_signedup = date_signedup - 365 * 86400000").run();
  db.exec(`CREATE TRIGGER short_lives AFTER INSERT ON rewards WHEN new.expires_at IS NOT NULL
    BEGIN UPDATE rewards SET expires_at = new.date_earned + ${LIFE_MS} WHERE id = new.id; END`);
  db.close();
}

/**
 * The emails waiting while the product is stopped, and those that the owner's campaign has tried today. `capped`: waiting for
 * the next day, because of the daily limit. `stuck`: waiting without a reason.
 */
export function readEmails(stateDir: string, limit: number) {
  const { db } = find(stateDir, true);
  const waiting = db.prepare("SELECT * FROM mails WHERE status IN ('pending', 'sending')").all() as Waiting[];
  const day = db.prepare("SELECT mails AS n FROM mail_days WHERE member_id = 1 AND day = date('now')").get();
  db.close();
  const today = Number(day?.n ?? 0);
  const [now, tomorrow] = [Date.now(), Math.ceil(Date.now() / DAY_MS) * DAY_MS];
  const capped = waiting.filter(({ error, next_attempt_at }) => error === "capped" && next_attempt_at === tomorrow);
  const isOver = today >= limit;
  const isRetried = ({ error, next_attempt_at }: Waiting) =>
    !!error && error !== "capped" && Number(next_attempt_at) > now;
  const isUnderWay = ({ status, leased_until }: Waiting) => status === "sending" && Number(leased_until) > now;
  const stuck = waiting.filter((mail) => !(isOver && capped.includes(mail)) && !isRetried(mail) && !isUnderWay(mail));
  const pending = waiting.filter(({ status }) => status === "pending").length;
  return { waiting: waiting.length, pending, today, capped, stuck };
}
type Waiting = {
  id: number;
  status: string;
  error: string | null;
  next_attempt_at: number | null;
  leased_until: number | null;
};

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
