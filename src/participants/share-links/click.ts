import { askLedger, withLedger } from "../../ledger/client";
import { landing } from "../../ledger/records/landing";
import { type Referral, readPassedOn } from "../../ledger/records/referral-code";
import type { Ctx } from "../../lib/ctx";
import { sourceOf } from "../source";
import { openOldLink } from "./old-link";
import { openShareLink } from "./share-link";
import * as store from "./share-link-store";
import { clickSight, isHidden, isPerson, type Visit, visitorHash } from "./visitor";

/** We redirect a visitor after this time, even if the click is not counted yet. */
const PATIENCE_MS = 100;

/**
 * Follows a share link: counts the click if a person made it, and returns the link's target URL. `rest` is the part of
 * the link after `/t/`. A link with an unsigned code leads to the same target, but does not count and does not reveal
 * whether the participant exists. The same applies to damaged codes and deleted participants. Old links from other
 * products contain their campaign: `/t/42/abc123`.
 * @returns null if it contains no readable campaign
 */
export async function followLink(ctx: Ctx, rest: string, visit: Visit): Promise<string | null> {
  const { text, passed } = openShareLink(rest);
  const referral = await readPassedOn(ctx.env, text);
  if (!referral) return followOldLink(ctx, { text, passed }, visit);
  const { campaign_id, participant_id, is_signed } = referral;
  const counted = is_signed && isPerson(visit) ? countClick(ctx, referral, passed, visit) : undefined;
  if (counted) ctx.later(counted);
  else if (is_signed && isHidden(visit)) ctx.later(noteHidden(ctx, referral, visit));

  const destination = store.destinationOf(ctx.db, campaign_id);
  const [referrers, [found]] = is_signed
    ? await ctx.db.batch([store.referrerOf(ctx.db, campaign_id, participant_id), destination])
    : [null, ...(await ctx.db.batch([destination]))];
  if (!found || !isHere(ctx, found)) return null;
  if (counted) await patiently(counted);
  const isGone = referrers?.length === 0;
  return landing(ctx.origin, found, { code: isGone ? null : referral.code, passed });
}

/** A brand's own host only follows links to its own campaigns. */
const isHere = ({ env }: Ctx, { slug }: { slug: string }) => env.SITE === undefined || env.SITE.slug === slug;

async function followOldLink(ctx: Ctx, { text, passed }: { text: string; passed: string[] }, visit: Visit) {
  const old = await openOldLink(ctx, text, passed);
  if (!old || !isHere(ctx, old.destination)) return null;
  if (old.referral && isPerson(visit)) {
    const counted = countClick(ctx, old.referral, passed, visit);
    ctx.later(counted);
    await patiently(counted);
  }
  return landing(ctx.origin, old.destination, { code: old.referral?.code ?? null, passed });
}

const patiently = (counted: Promise<void>) =>
  Promise.race([counted.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);

/** A link that a page opens invisibly does not count, and is a sign of fraud by its owner. */
const noteHidden = (ctx: Ctx, { campaign_id, participant_id }: Referral, visit: Visit) =>
  withLedger(ctx, campaign_id, (ledger) =>
    ledger.hiddenClick({ at: ctx.now().getTime(), participant_id, origin: ctx.origin }, clickSight(visit)),
  );

async function countClick(ctx: Ctx, referral: Referral, passed: string[], visit: Visit) {
  const visitor = await visitorHash(ctx.env, referral.participant_id, visit);
  await askLedger(ctx, referral.campaign_id, (ledger) =>
    ledger.click(
      {
        kind: "click",
        id: ctx.requestEvent,
        at: ctx.now().getTime(),
        participant_id: referral.participant_id,
        social: referral.social_type,
        source: sourceOf({
          urls: [passed.join("&")],
          country: visit.country,
          referrer: visit.header("Referer"),
          agent: visit.userAgent,
          host: ctx.origin,
        }),
        visitor,
        origin: ctx.origin,
      },
      clickSight(visit),
    ),
  );
}
