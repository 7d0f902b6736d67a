import type { LeaderboardEntry } from "../ledger/records/participant-schema";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { notFound } from "../lib/errors";
import { offset, type Page, type PageQuery } from "../lib/page";
import { shownName } from "../lib/shown-name";
import * as store from "./participant-store";

type Score = { referral_count: number; click_count: number };

/**
 * Active participants by referrals, then clicks, then earlier signup. Equal scores share a rank. Participants with a
 * score come from the ranking's index. The others follow by signup.
 * @throws 404 for another member's campaign
 */
export async function leaderboard(
  ctx: MemberCtx,
  campaignId: number,
  page: PageQuery,
): Promise<Page<LeaderboardEntry>> {
  const from = offset(page);
  const [[totals], ranked] = await ctx.db.batch([
    store.activeCount(ctx.db, ctx.actor.memberId, campaignId),
    store.rankedPage(ctx.db, campaignId, page.limit, from),
  ]);
  if (!totals) throw notFound("campaign");
  const isFull = ranked.length === page.limit;
  if (isFull && from === 0) return { rows: withRanks(ranked, from, 1), total: totals.active };

  const [[better], unranked] = await ctx.db.batch([
    store.betterThan(ctx.db, campaignId, ranked[0] ?? { referral_count: 0, click_count: 0 }),
    store.unrankedPage(ctx.db, campaignId, page.limit - ranked.length, from),
  ]);
  return { rows: withRanks([...ranked, ...unranked], from, (better?.better ?? 0) + 1), total: totals.active };
}

/**
 * The campaign's top participants, without counting friends denied by a review, as a query for a caller's own batch.
 */
export const leadersOf = (ctx: Pick<Ctx, "db">, campaignId: number, limit: number) =>
  store.leaders(ctx.db, campaignId, limit);

type Ranked = Score & { id: number; name: string | null };

/** The public ranking: first names, and initials of last names. */
export const toLeaders = (rows: Ranked[]) =>
  withRanks(rows, 0, 1).map(({ participant_id: _, name, ...entry }) => ({ ...entry, name: shortName(name) }));

const FIRST_NAME_MAX = 20;

/** The scripts of names that begin with the family name. */
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** The scripts without a space before the given name. */
const UNDIVIDED = /^[\p{Script=Han}\p{Script=Hangul}]/u;

/** `佐藤 花子` and `佐藤花子` become `佐藤`, `김철수` becomes `김`. In these cultures, people address others by family name. */
function familyName(first: string, isWhole: boolean) {
  const letters = [...first];
  return isWhole && letters.length > 1 && UNDIVIDED.test(first)
    ? letters.slice(0, Math.floor(letters.length / 2)).join("")
    : letters.slice(0, FIRST_NAME_MAX).join("");
}

/** `Ada Lovelace` becomes `Ada L.`. Null if the name is an email address or must not be shown (`shownName`). */
export function shortName(name: string | null) {
  const shown = shownName(name);
  if (shown === null || shown.includes("@")) return null;
  const [first = "", ...rest] = shown.split(/\s+/);
  if (FAMILY_FIRST.test(first)) return familyName(first, rest.length === 0);
  const initial = [...(rest.at(-1) ?? "")][0]?.toUpperCase();
  return [...first].slice(0, FIRST_NAME_MAX).join("") + (initial ? ` ${initial}.` : "");
}

/** A participant's rank among the leaders. */
export async function rankOf(ctx: Pick<Ctx, "db">, campaignId: number, id: number) {
  const [[row]] = await ctx.db.batch([store.leadersBefore(ctx.db, campaignId, id)]);
  return (row?.better ?? 0) + 1;
}

function withRanks<T extends Score & { id: number; name: string | null }>(rows: T[], from: number, firstRank: number) {
  let rank = firstRank;
  return rows.map(({ id, ...row }, i): LeaderboardEntry => {
    const before = rows[i - 1];
    const isEqual = before?.referral_count === row.referral_count && before.click_count === row.click_count;
    if (i > 0 && !isEqual) rank = from + i + 1;
    return { rank, participant_id: id, ...row };
  });
}
