import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { drawDueContests } from "../../src/campaigns/contest/due-draws";
import { type Db, openDb } from "../../src/lib/db";
import { call, newDomain, newMember, type TestMember } from "./client";

export const START = new Date("2126-03-01T00:00:00.000Z");
export const END = new Date("2126-03-08T00:00:00.000Z");
export const AFTER = new Date(END.getTime() + 60_000);
/** Contests cannot be created with an end in the past, so tests move the draw's clock into the future instead. */
export const PERIOD = { start_date: START.toISOString(), end_date: END.toISOString() };
export const within = new Date("2126-03-04T12:00:00.000Z");

export async function newCampaign(member: TestMember): Promise<number> {
  const { id } = (await member.post("/api/v1/brands", { url: newDomain() })).data;
  return (await member.post("/api/v1/campaigns", { name: "Launch", brand_id: id })).data.id;
}

export const contestPath = (campaignId: number) => `/api/v1/campaigns/${campaignId}/contest`;

export async function newContest(body: object = {}) {
  const member = await newMember();
  const campaignId = await newCampaign(member);
  const path = contestPath(campaignId);
  const made = await member.put(path, { contest_name: "Giveaway", ...PERIOD, ...body });
  expect(made.status).toBe(200);
  return { member, campaignId, path, made: made.data };
}

type Person = { status?: string; at?: Date; invited_by?: number; credited?: boolean };

/** Participants with consecutive ids. */
export async function join(campaignId: number, people: Person[]): Promise<number[]> {
  const rows = people.map(({ status = "active", at = within, invited_by = null, credited = true }) => ({
    status,
    at: at.getTime(),
    invited_by,
    credit_event: invited_by !== null && credited ? "evt_credit" : null,
  }));
  const { results } = await env.DB.prepare(
    `INSERT INTO participants (member_id, campaign_id, email, name, status, date_signedup, invited_by, signup_event, credit_event)
     SELECT c.member_id, c.id, 'person-' || hex(randomblob(8)) || '@example.com', 'Person ' || j.key, j.value ->> 'status', j.value ->> 'at',
       j.value ->> 'invited_by', 'evt_signup', j.value ->> 'credit_event'
     FROM json_each(?2) j CROSS JOIN campaigns c ON c.id = ?1 ORDER BY j.key RETURNING id`,
  )
    .bind(campaignId, JSON.stringify(rows))
    .all<{ id: number }>();
  return results.map((row) => row.id);
}

/** Deliveries sent to the queue. */
export const hinted: number[] = [];
/** A queue that only records its messages. */
const DELIVERIES = {
  sendBatch: async (messages: Iterable<{ body: { delivery_ids: number[] } }>) => {
    for (const { body } of messages) hinted.push(...body.delivery_ids);
  },
} as unknown as Queue;

export const jobCtx = (now = AFTER, db = openDb(env.DB, "first-primary")) => ({
  db,
  env: { ...env, DELIVERIES },
  now: () => now,
});
export const runDraw = (now?: Date) => drawDueContests(jobCtx(now));

export const publicDraw = async (campaignId: number) => (await call("GET", `/api/v1/contests/${campaignId}/draw`)).data;
export const entrants = (campaignId: number) => call("GET", `/api/v1/contests/${campaignId}/entrants`);

export async function endedEvents(campaignId: number) {
  const { results } = await env.DB.prepare(
    "SELECT id, data, date FROM events WHERE campaign_id = ? AND type = 'contest.ended'",
  )
    .bind(campaignId)
    .all<{ id: string; data: string; date: number }>();
  return results.map((row) => ({ ...row, data: JSON.parse(row.data) }));
}

/** Runs something before the nth database call, or in place of it. */
export function disturbed(nth: number, disturb: (call: () => Promise<unknown>) => Promise<unknown>): Db {
  const db = openDb(env.DB, "first-primary");
  const batch = db.batch.bind(db) as (statements: unknown) => Promise<unknown>;
  let calls = 0;
  const wrapped = (statements: unknown) => (++calls === nth ? disturb(() => batch(statements)) : batch(statements));
  return Object.assign(db, { batch: wrapped as typeof db.batch });
}
