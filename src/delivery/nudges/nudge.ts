import type { JobCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import type { Statement } from "../../lib/db";
import * as store from "./nudge-store";

const CAMPAIGNS_A_RUN = 20;
const PARTICIPANTS_A_RUN = 500;
const LOOKED_AGAIN_MS = 60 * 60_000;

/** A reminder comes after three days without a share. People who joined long before it was turned on get none. */
const REMINDED_AFTER_DAYS = 3;
const REMINDED_UNTIL_DAYS = 14;

const MONDAY = 1;
const RECAPPED_FROM_HOUR = 8;

/**
 * Adds the reminders and recaps that are due. A run handles a limited number of participants, and the next run handles
 * the rest. Each email has its own cause, so overlapping or interrupted runs never add one twice.
 */
export async function addNudges(ctx: JobCtx): Promise<void> {
  const [campaigns] = await ctx.db.batch([store.due(ctx.db, ctx.now(), CAMPAIGNS_A_RUN)]);
  for (const campaign of campaigns) await nudge(ctx, campaign);
}

async function nudge(ctx: JobCtx, campaign: store.Nudged) {
  const now = ctx.now();
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const ages = { from: before(REMINDED_UNTIL_DAYS), to: before(REMINDED_AFTER_DAYS) };
  const week = weekOf(now);
  const isRecapDue = campaign.recaps === 1 && week !== null && campaign.recapped_in !== week;
  const [old, joined, [last]] = await ctx.db.batch([
    store.toRemind(ctx.db, campaign.id, campaign.reminded_to, ages, campaign.reminds ? PARTICIPANTS_A_RUN : 0),
    store.joinedAfter(
      ctx.db,
      campaign.id,
      campaign.recapped_to ?? 0,
      isRecapDue && campaign.recapped_to !== null ? PARTICIPANTS_A_RUN : 0,
    ),
    store.lastOf(ctx.db, campaign.id),
  ]);
  const isMore = old.length === PARTICIPANTS_A_RUN || joined.length === PARTICIPANTS_A_RUN;
  // A recap does not include friends who joined before it was turned on.
  const recapped_to = joined.at(-1)?.id ?? campaign.recapped_to ?? last?.id ?? 0;
  const isRecapped = isRecapDue && joined.length < PARTICIPANTS_A_RUN;
  const batch = { origin: ctx.env.PUBLIC_URL, now };
  const inviters = [...new Set(joined.flatMap(({ inviter }) => inviter ?? []))];
  const idle = old.flatMap(({ id, is_idle }) => (is_idle === 1 ? [id] : []));
  const statements: Statement[] = [
    ...(idle.length > 0
      ? [store.insertNudges(ctx.db, campaign.id, idle, { ...batch, kind: "reminder", mark: "" })]
      : []),
    ...(inviters.length > 0
      ? [store.insertNudges(ctx.db, campaign.id, inviters, { ...batch, kind: "recap", mark: `:${week}` })]
      : []),
  ];
  const progress = {
    nudge_at: isMore ? now : new Date(now.getTime() + LOOKED_AGAIN_MS),
    reminded_to: old.at(-1)?.id ?? campaign.reminded_to,
    recapped_to,
    recapped_in: isRecapped ? week : campaign.recapped_in,
  };
  await ctx.db.batch([store.noteProgress(ctx.db, campaign.id, progress), ...statements]);
}

/** The Monday whose recap is due: from 8:00 UTC until the end of that day. */
function weekOf(now: Date) {
  return now.getUTCDay() === MONDAY && now.getUTCHours() >= RECAPPED_FROM_HOUR ? utcDay(now) : null;
}
