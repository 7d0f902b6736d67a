import { askLedger } from "../../ledger/client";
import { landing } from "../../ledger/participant";
import { type Referral, readCode } from "../../ledger/referral-code";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import * as store from "./share-link-store";
import { isPerson, type Visit, visitorHash } from "./visitor";

/** A visitor is redirected after this long, even if the click is not counted yet. */
const PATIENCE_MS = 100;

/**
 * Follows a share link: counts the click if it is a person's, and returns the URL that the link leads to. A link with
 * an unsigned code leads there too, but counts nothing, and does not tell whether there is such a participant.
 * @returns null if the code cannot be read, or its participant is gone
 */
export async function followLink(ctx: Ctx, code: string, visit: Visit): Promise<string | null> {
  const referral = await readOrNull(ctx, code);
  if (!referral) return null;
  const counts = referral.is_signed && isPerson(visit);
  const counted = counts ? countClick(ctx, referral, visit) : undefined;
  if (counted) ctx.later(counted);

  const { campaign_id, participant_id } = referral;
  const [[destination]] = await ctx.db.batch([
    referral.is_signed
      ? store.destinationOf(ctx.db, campaign_id, participant_id)
      : store.destinationOfCampaign(ctx.db, campaign_id),
  ]);
  if (!destination) return null;
  if (counted)
    await Promise.race([counted.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  return landing(ctx.origin, destination, code);
}

async function countClick(ctx: Ctx, referral: Referral, visit: Visit) {
  const visitor = await visitorHash(ctx.env, referral.participant_id, visit);
  await askLedger(ctx, referral.campaign_id, (ledger) =>
    ledger.click({
      kind: "click",
      id: ctx.requestEvent,
      at: ctx.now().getTime(),
      participant_id: referral.participant_id,
      social: referral.social_type,
      visitor,
      origin: ctx.origin,
    }),
  );
}

async function readOrNull(ctx: Ctx, code: string) {
  try {
    return await readCode(ctx.env, code);
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_code") return null;
    throw error;
  }
}
