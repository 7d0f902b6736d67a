import { pauseBadSenders } from "../../campaigns/sending/quarantine";
import type { JobCtx } from "../../lib/ctx";
import { utcDay } from "../../lib/day";
import { log } from "../../lib/log";
import { mailboxHash } from "../../participants/mailbox-hash";
import * as store from "./bounce-store";
import type { News } from "./news";

/** A round records its emails' IDs within this time. If an ID is still unknown after it, the email is not ours. */
const RECORDED_WITHIN_MS = 10 * 60_000;

/**
 * Processes a provider's events about emails: shows the result on the email, blocks the mailbox for all members, and
 * counts it for the member whose campaign sent it. A repeated event changes nothing.
 * @returns events that arrived before their email's ID was recorded, to be sent again
 */
export async function hear(ctx: JobCtx, news: News[]): Promise<News[]> {
  if (news.length === 0) return [];
  const now = ctx.now();
  const latest = [...new Map(news.map((one) => [one.provider_id, one])).values()];
  const noted = await Promise.all(
    latest.map(async ({ provider_id, recipient, what }) => ({
      provider_id,
      what,
      mailbox: await mailboxHash(ctx.env, recipient),
    })),
  );
  const noticed = noted.map(({ provider_id }) => provider_id);
  const [, , , , known] = await ctx.db.batch([
    store.countDay(ctx.db, noted, utcDay(now)),
    pauseBadSenders(ctx.db, noticed, now),
    store.mark(ctx.db, noted),
    store.block(ctx.db, noted, now),
    store.known(ctx.db, noted),
  ]);
  const ids = new Set(known.map(({ provider_id }) => provider_id));
  log("info", "mail news", { news: news.length, known: ids.size });
  return news.filter(
    ({ provider_id, at }) => !ids.has(provider_id) && now.getTime() - at.getTime() < RECORDED_WITHIN_MS,
  );
}
