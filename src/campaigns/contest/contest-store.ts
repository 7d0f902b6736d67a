import { and, eq, lte, sql } from "drizzle-orm";
import { campaigns, contests, ownCampaign } from "../../../drizzle/schema";
import { isDenied } from "../../ledger/rewards/review-holds";
import type { Db, Statement } from "../../lib/db";

type ContestRow = typeof contests.$inferSelect;
type NewRow = Pick<
  ContestRow,
  | "campaign_id"
  | "contest_name"
  | "description"
  | "start_date"
  | "end_date"
  | "max_winners"
  | "max_display"
  | "is_on"
  | "weighting"
  | "seed"
  | "commitment"
  | "committed_at"
  | "previous_hash"
>;
type NamedWinner = { participant_id: number; name: string | null; index: number; entries: number };

/** Maximum number of entrants in one part of the list: about half a megabyte. D1 allows 2 MB per value. */
const PART_MAX_ENTRANTS = 20_000;
/** A literal, because D1 binds numbers as REAL, and dividing by a parameter would not give an integer. */
const PART = sql.raw(String(PART_MAX_ENTRANTS));
const DUE_MAX_CONTESTS = 50;

export const campaignById = (db: Db, memberId: number, id: number) =>
  db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(eq(campaigns.id, id), eq(campaigns.member_id, memberId)));

const isOwn = (memberId: number, campaignId: number) => eq(contests.campaign_id, ownCampaign(memberId, campaignId));

const published = {
  campaign_id: contests.campaign_id,
  number: contests.number,
  start_date: contests.start_date,
  end_date: contests.end_date,
  max_winners: contests.max_winners,
  weighting: contests.weighting,
  commitment: contests.commitment,
  committed_at: contests.committed_at,
  drawn_at: contests.drawn_at,
  seed: contests.revealed_seed,
  entrants_hash: contests.entrants_hash,
  entrants_count: contests.entrants_count,
  total_entries: contests.total_entries,
  changes: contests.changes,
};

const namedWinners =
  sql`(SELECT json_group_array(json_object('participant_id', w.value ->> 'participant_id', 'name', p.name,
    'index', w.value ->> 'index', 'entries', w.value ->> 'entries') ORDER BY w.key)
  FROM json_each(contests.winners) w LEFT JOIN participants p ON p.id = w.value ->> 'participant_id')`
    .mapWith((json: string): NamedWinner[] => JSON.parse(json))
    .as("winners");

export const contestById = (db: Db, memberId: number, campaignId: number) =>
  db
    .select({
      ...published,
      contest_name: contests.contest_name,
      description: contests.description,
      max_display: contests.max_display,
      is_on: contests.is_on,
      winners: namedWinners,
    })
    .from(contests)
    .where(isOwn(memberId, campaignId));

/** The number of removed contests of the campaign that were created since. */
export const pastOf = (db: Db, campaignId: number, since: Date) =>
  db.all<{ recent: number }>(sql`SELECT count(*) AS recent FROM past_contests
    WHERE campaign_id = ${campaignId} AND committed_at > ${since.getTime()}`);

const lastNumber = (campaignId: number) =>
  sql`(SELECT coalesce(max(number), 0) FROM past_contests WHERE campaign_id = ${campaignId})`;

/**
 * Inserts nothing if the campaign was deleted, already has a contest, or has removed another contest since `after`, the
 * last removed one.
 */
export const insertContest = (db: Db, memberId: number, row: NewRow, after: number) =>
  db.all<{
    campaign_id: number;
  }>(sql`INSERT INTO contests (campaign_id, contest_name, description, start_date, end_date,
    max_winners, max_display, is_on, weighting, seed, commitment, committed_at, previous_hash, number, known_participant)
  SELECT id, ${row.contest_name}, ${row.description}, ${row.start_date.getTime()}, ${row.end_date.getTime()},
    ${row.max_winners}, ${row.max_display}, ${row.is_on ? 1 : 0}, ${row.weighting}, ${row.seed}, ${row.commitment}, ${row.committed_at.getTime()},
    ${row.previous_hash}, ${after} + 1, (SELECT coalesce(max(id), 0) FROM participants WHERE campaign_id = ${row.campaign_id})
  FROM campaigns WHERE id = ${row.campaign_id} AND member_id = ${memberId} AND ${lastNumber(row.campaign_id)} = ${after}
  ON CONFLICT DO NOTHING RETURNING campaign_id`);

/**
 * Changes the contest only if it is unchanged and undrawn since it was read. A change after the start is `counted` and
 * dated.
 */
export const updateContest = (
  db: Db,
  memberId: number,
  seen: Pick<ContestRow, "campaign_id" | "start_date" | "end_date" | "weighting" | "max_winners">,
  change: Partial<NewRow>,
  counted: Date | null,
) =>
  db
    .update(contests)
    .set({
      campaign_id: seen.campaign_id,
      ...change,
      ...(counted && { changes: sql`${contests.changes} + 1`, changed_at: counted }),
    })
    .where(
      and(
        isOwn(memberId, seen.campaign_id),
        sql`${contests.drawn_at} IS NULL`,
        eq(contests.start_date, seen.start_date),
        eq(contests.end_date, seen.end_date),
        eq(contests.weighting, seen.weighting),
        eq(contests.max_winners, seen.max_winners),
      ),
    )
    .returning({ campaign_id: contests.campaign_id });

export const deleteContest = (db: Db, memberId: number, campaignId: number) =>
  db.delete(contests).where(isOwn(memberId, campaignId)).returning({ campaign_id: contests.campaign_id });

export type DueContest = Pick<
  ContestRow,
  "campaign_id" | "contest_name" | "start_date" | "end_date" | "max_winners" | "weighting" | "seed" | "commitment"
> & { member_id: number };

/** All accounts' contests that are due for a draw. The literals let SQLite use the partial index. */
export const dueContests = (db: Db, endedBefore: Date) =>
  db
    .select({
      campaign_id: contests.campaign_id,
      member_id: sql<number>`(SELECT member_id FROM campaigns WHERE campaigns.id = contests.campaign_id)`.as(
        "member_id",
      ),
      contest_name: contests.contest_name,
      start_date: contests.start_date,
      end_date: contests.end_date,
      max_winners: contests.max_winners,
      weighting: contests.weighting,
      seed: contests.seed,
      commitment: contests.commitment,
    })
    .from(contests)
    .where(and(sql`${contests.drawn_at} IS NULL AND ${contests.is_on} = 1`, lte(contests.end_date, endedBefore)))
    .orderBy(contests.end_date)
    .limit(DUE_MAX_CONTESTS);

/** Friends denied by a review do not count as entries. */
const IS_ENTRY = sql.raw(`NOT ${isDenied("r")}`);

/** The list of entrants, in parts. A single statement, so all of it is from the same moment. */
export const entrantsList = (db: Db, { campaign_id, start_date, end_date, weighting }: DueContest) => {
  const period = sql`BETWEEN ${start_date.getTime()} AND ${end_date.getTime()}`;
  const referrals = sql`(SELECT count(*) FROM participants r WHERE r.invited_by = p.id AND r.credit_event IS NOT NULL
    AND r.status IN ('active', 'erased') AND r.date_signedup ${period} AND ${IS_ENTRY})`;
  return db.all<{ list: string }>(sql`SELECT group_concat(line, '' ORDER BY id) AS list FROM (
    SELECT p.id, (row_number() OVER (ORDER BY p.id) - 1) / ${PART} AS part,
      p.id || ':' || (1 + ${weighting === "entries" ? referrals : sql`0`}) || char(10) AS line
    FROM participants p WHERE p.campaign_id = ${campaign_id} AND p.status = 'active' AND p.date_signedup ${period}
  ) GROUP BY part ORDER BY part`);
};

type Outcome = Pick<
  ContestRow,
  "draw_event" | "drawn_at" | "revealed_seed" | "entrants_hash" | "entrants_count" | "total_entries" | "winners"
>;

/** Records the draw, unless the contest is already drawn or was changed in the meantime. */
export const settleDraw = (db: Db, drawn: DueContest, outcome: Outcome): Statement =>
  db
    .update(contests)
    .set(outcome)
    .where(
      and(
        eq(contests.campaign_id, drawn.campaign_id),
        sql`${contests.drawn_at} IS NULL AND ${contests.is_on} = 1`,
        eq(contests.commitment, drawn.commitment),
        eq(contests.start_date, drawn.start_date),
        eq(contests.end_date, drawn.end_date),
        eq(contests.max_winners, drawn.max_winners),
        eq(contests.weighting, drawn.weighting),
      ),
    );

/** Whether this draw is the recorded one. The draw's other statements only write if it is. */
export const wonBy = (campaignId: number, event: string) =>
  sql`EXISTS (SELECT 1 FROM contests WHERE contests.campaign_id = ${campaignId} AND contests.draw_event = ${event})`;

export const insertPart = (db: Db, campaignId: number, event: string, part: number, list: string): Statement =>
  db.run(sql`INSERT INTO contest_entrants (campaign_id, part, list)
  SELECT ${campaignId}, ${part}, ${list} WHERE ${wonBy(campaignId, event)}`);

/** Maximum number of ranked participants to read for the standings. */
const CANDIDATES_MAX = 200;
const STANDINGS_MAX = 25;

/**
 * The participants with the most entries so far, by the contest's rule. Checks only the campaign's best referrers,
 * because checking everyone would read every participant. Empty if everyone has one entry.
 */
export const standings = (db: Db, memberId: number, campaignId: number) => {
  const contest = sql`(SELECT k.* FROM contests k JOIN campaigns c ON c.id = k.campaign_id
    WHERE k.campaign_id = ${campaignId} AND c.member_id = ${memberId} AND k.weighting = 'entries')`;
  return db.all<{ participant_id: number; name: string | null; email: string | null; entries: number }>(sql`
    SELECT b.id AS participant_id, b.name AS name, b.email AS email, 1 + (SELECT count(*) FROM participants r
      WHERE r.invited_by = b.id AND r.credit_event IS NOT NULL AND r.status IN ('active', 'erased')
        AND r.date_signedup BETWEEN b.start_date AND b.end_date AND ${IS_ENTRY}) AS entries
    FROM (SELECT p.id, p.name, p.email, k.start_date, k.end_date FROM ${contest} k CROSS JOIN
      (SELECT id, name, email, date_signedup, referral_count - denied_friends AS counted FROM participants
        WHERE campaign_id = ${campaignId} AND status = 'active' AND (referral_count > 0 OR click_count > 0)
        ORDER BY referral_count DESC, click_count DESC, id LIMIT ${CANDIDATES_MAX}) p
      WHERE p.date_signedup BETWEEN k.start_date AND k.end_date AND p.counted > 0
      ORDER BY p.counted DESC LIMIT coalesce(min(${STANDINGS_MAX}, (SELECT max_display FROM ${contest})), 0)) b
    ORDER BY entries DESC, b.id`);
};
