import { COPY_LIFETIME_SECONDS } from "../../campaigns/copies";
import { cachedValue } from "../../lib/edge";
import { type Found, referralOf } from "../../participants/aliases/alias";
import { shortName } from "../../participants/leaderboard";
import type { WidgetConfig } from "../widget-api/widget-config";
import { type Invitation, invitationBy, NOBODY } from "./invitation";
import * as store from "./inviter-store";

/** A request, as the cached copies see it. */
type Request = Parameters<typeof cachedValue>[0];

/**
 * The inviter's name, as on the leaderboard. Null if they are not active or their name may not be shown. Cached per
 * inviter, and only for codes that we signed.
 */
export async function inviterAt(c: Request, campaignId: number, participantId: number) {
  const { ctx } = c.var;
  const { value } = await cachedValue(
    c,
    `inviter/1/${campaignId}/${participantId}`,
    COPY_LIFETIME_SECONDS,
    async () => {
      const [[row]] = await ctx.db.batch([store.inviterOf(ctx.db, campaignId, participantId)]);
      return shortName(row?.name ?? null);
    },
  );
  return value;
}

/** Who invites the visitor with this campaign's code, and what they get. */
export async function invitationAt(
  c: Request,
  config: WidgetConfig,
  { participant_id, code }: Found,
  language: string,
): Promise<Invitation> {
  const name = await inviterAt(c, config.campaign_id, participant_id);
  return name === null
    ? NOBODY
    : { ...invitationBy(name, config, language), image: `&ref=${encodeURIComponent(code)}` };
}

/** The same for a code as it was sent, which may belong to another campaign or to none. */
export async function invitationIn(c: Request, config: WidgetConfig, sent: string, language: string) {
  const referral = sent === "" ? null : await referralOf(c.var.ctx, config.campaign_id, [sent]);
  return referral ? invitationAt(c, config, referral, language) : NOBODY;
}
