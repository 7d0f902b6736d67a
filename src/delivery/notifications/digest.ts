import { numberIn } from "../../campaigns/analytics/account-analytics";
import { accountNumbers } from "../../campaigns/analytics/account-analytics-store";
import type { JobCtx } from "../../lib/ctx";
import { isPassing } from "../../lib/d1-failure";
import { DAY_MS, utcDay } from "../../lib/day";
import { describeError, log } from "../../lib/log";
import { localMinute, momentIn, UTC } from "../../lib/time-zone";
import { digestNumbers } from "./digest-numbers";
import { type DigestAccount, dueAccounts, nextDigest } from "./digest-store";
import { MOST_A_DAY } from "./notification";
import type { DigestFacts } from "./notification-facts";
import { insertFacts } from "./notification-store";

const ACCOUNTS_A_RUN = 20;
/** When to retry an account whose digest failed, so it does not block others. */
const AGAIN_MS = 3_600_000;
/** On Monday, in the account's time zone. */
const FROM_TIME = "08:00";

/**
 * Adds the digests that are due. A digest covers the seven days up to Sunday, and is due early on Monday in the
 * account's time zone. The email and the time of the next one are one transaction, and an email's cause contains its
 * week, so no run adds a second one. A failing account does not block others.
 */
export async function addDigests(ctx: JobCtx): Promise<void> {
  const [accounts] = await ctx.db.batch([dueAccounts(ctx.db, ctx.now(), ACCOUNTS_A_RUN)]);
  for (const account of accounts)
    await addDigest(ctx, account).catch(async (error) => {
      // In this case, the whole run is retried.
      if (isPassing(error)) throw error;
      log("error", "digest not added", { account_id: account.id, ...describeError(error) });
      await ctx.db.batch([nextDigest(ctx.db, account.id, ctx.now().getTime() + AGAIN_MS)]);
    });
}

async function addDigest({ db, env, now }: JobCtx, { id, time_zone, digest_at }: DigestAccount) {
  const zone = time_zone ?? UTC;
  const week = weekIn(zone, now());
  const next = nextDigest(db, id, week.next);
  // An account gets no digest for the week when it was created.
  if (digest_at === 0) return void (await db.batch([next]));
  const [here, before] = await db.batch([
    accountNumbers(db, id, { from: week.from, to: week.to }),
    accountNumbers(db, id, week.before),
  ]);
  const happened = ["clicks", "signups", "shares", "conversions"] as const;
  if (!happened.some((name) => numberIn(name, here))) return void (await db.batch([next]));
  const facts: DigestFacts = {
    period: `${said(week.from)} to ${said(week.to)}`,
    numbers: digestNumbers(here, before),
    path: `/home?from=${week.from}&to=${week.to}`,
  };
  const batch = { name: "digest", origin: env.PUBLIC_URL, now: now(), mostAday: MOST_A_DAY };
  await db.batch([insertFacts(db, { account_id: id, mark: week.from, facts }, batch), next]);
}

/** The last full week (Monday to Sunday) in a time zone, and the time when the next digest is due. */
export function weekIn(zone: string, now: Date) {
  const today = localMinute(now, zone).slice(0, 10);
  const monday = Date.parse(today) - ((new Date(today).getUTCDay() + 6) % 7) * DAY_MS;
  const day = (days: number) => utcDay(monday + days * DAY_MS);
  const due = Date.parse(momentIn(`${day(0)}T${FROM_TIME}`, zone));
  // Until eight on Monday, the digest of the week that just ended is not due yet.
  const first = now.getTime() < due ? -14 : -7;
  const next = Date.parse(momentIn(`${day(first + 14)}T${FROM_TIME}`, zone));
  return {
    from: day(first),
    to: day(first + 6),
    before: { from: day(first - 7), to: day(first - 1) },
    next,
  };
}

const DAY = new Intl.DateTimeFormat("en", { month: "long", day: "numeric", timeZone: "UTC" });
const said = (day: string) => DAY.format(new Date(day));
