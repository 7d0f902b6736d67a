import { env } from "cloudflare:workers";
import { openDb } from "../../src/lib/db";
import type { Env } from "../../src/lib/env";
import { runPurges } from "../../src/upkeep/purge";

/** More than two rounds of the purge delete from any table. */
export const MANY = 2300;

/** IDs above all that are there, and as small as possible: a reward's ID is a participant's many times over. */
async function nextFree() {
  const tables = ["participants", "coupons", "invitations", "deliveries"];
  const highest = tables.map((table) => `(SELECT coalesce(max(id), 0) FROM ${table})`).join(", ");
  const row = await env.DB.prepare(`SELECT max(${highest}) AS id`).first<{ id: number }>();
  return (row?.id ?? 0) + 1;
}

/** A campaign's rows as years of signups would leave them: `MANY` in each table, twice as many events, and all visits to its first person. */
export async function fillLarge(campaign: { id: number; member_id: number }, accountHook: number, ownHook: number) {
  const { id, member_id } = campaign;
  const first = await nextFree();
  const mark = `${String(id).padStart(12, "0")}_`;
  const inserts = [
    `participants (id, member_id, campaign_id, email, external_id, name, date_signedup, invited_by, signup_event)
      SELECT ${first} + n, ${member_id}, ${id}, 'person-' || n || '@example.com', 'x' || n, 'Somebody', n, iif(n > 1, ${first} + 1, NULL), 'evt_${mark}' || n`,
    `shares (participant_id, social_type, date_shared) SELECT ${first} + n, 1, 1`,
    `visits (participant_id, day, visitor, click_event) SELECT ${first} + 1, '2026-01-01', 'v' || n, 'e'`,
    `mails (cause, kind, member_id, campaign_id, participant_id, origin, next_attempt_at, date_added)
      SELECT 'magic_link:' || (${first} + n), 'magic_link', ${member_id}, ${id}, ${first} + n, 'https://referrals.test', 1, ${Date.now()}`,
    `rewards (id, member_id, campaign_id, participant_id, role, reward_type, status, date_earned, earn_event)
      SELECT (${first} + n) * 64, ${member_id}, ${id}, ${first} + n, 'referrer', 5, 'pending', n, 'e'`,
    `coupons (id, campaign_id, code, code_key, reward_id) SELECT ${first} + n, ${id}, 'C' || n, 'c' || n, (${first} + n) * 64`,
    `invitations (id, campaign_id, participant_id, email, date_invited) SELECT ${first} + n, ${id}, ${first} + n, 'c@d.co', 1`,
    `scores (campaign_id, referral_count, click_count, participants) SELECT ${id}, n, 0, 1`,
    `events (campaign_id, id, type, participant_id, data, date) SELECT ${id}, 'evt_${mark}' || n, 'participant.signup', ${first} + n, '{}', 1`,
    `events (campaign_id, id, type, participant_id, data, date) SELECT ${id}, 'evt_${mark}x' || n, 'participant.share', ${first} + n, '{}', 1`,
    `deliveries (id, webhook_id, campaign_id, event_id, type, status, next_attempt_at)
      SELECT ${first} + n, ${accountHook}, ${id}, 'evt_${mark}' || n, 'participant.signup', iif(n % 2, 'pending', 'failed'), 1`,
    `deliveries (id, webhook_id, campaign_id, event_id, type, status, next_attempt_at)
      SELECT ${first + 50_000} + n, ${ownHook}, ${id}, 'evt_${mark}' || n, 'participant.signup', 'pending', 1`,
  ];
  await env.DB.batch([
    ...inserts.map((sql) =>
      env.DB.prepare(
        `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ${MANY}) INSERT INTO ${sql} FROM i`,
      ),
    ),
    env.DB.prepare(
      "UPDATE campaign_stats SET total_participants = ?1, rewards_pending = ?1, coupons_total = ?1 WHERE campaign_id = ?2",
    ).bind(MANY, id),
  ]);
  // The row of each table that a purge deletes last.
  return { person: first + 1, reward: (first + MANY) * 64, delivery: first + 998 };
}

/** One run of the purge, with a stopped clock. */
export const purge = (over: Partial<Env> = {}) => {
  const now = new Date();
  return runPurges({ db: openDb(over.DB ?? env.DB, "first-primary"), env: { ...env, ...over }, now: () => now });
};

export const recordsOf = async (memberId: number) =>
  (
    await env.DB.prepare(
      "SELECT kind, subject_id, date_purged FROM purges WHERE member_id = ? ORDER BY kind, subject_id",
    )
      .bind(memberId)
      .all<{ kind: string; subject_id: number; date_purged: number | null }>()
  ).results;
