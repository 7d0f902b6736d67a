import type { ParticipantRow } from "../../drizzle/schema";
import { linkOrigin } from "../ledger/records/landing";
import type { Share } from "../ledger/records/participant-schema";
import { DIRECT, referralCode, shareUrl, socialTypes } from "../ledger/records/referral-code";
import type { Env } from "../lib/env";

type ShareRow = { social_type: number; clicks: number; date_shared: Date | null };

/**
 * A participant's shares. The direct share exists from the signup on, but it only counts, and gets a row, when its link
 * is copied, sent, or clicked.
 */
export async function sharesWithDirect(
  ctx: { env: Env; origin: string },
  participant: ParticipantRow,
  rows: ShareRow[],
): Promise<Share[]> {
  const unshared: ShareRow = { social_type: DIRECT, clicks: 0, date_shared: null };
  const direct = rows.find((row) => row.social_type === DIRECT) ?? unshared;
  const all = [direct, ...rows.filter((row) => row.social_type !== DIRECT)];
  return Promise.all(
    all.map(async ({ social_type, clicks, date_shared }) => {
      const of = { campaign_id: participant.campaign_id, social_type, participant_id: participant.id };
      const url = shareUrl(ctx.origin, await referralCode(ctx.env, of));
      return { ...of, id: shareId(participant.id, social_type), clicks, url, date_shared };
    }),
  );
}

/** Channels after the first seven have IDs above all others. */
const shareId = (participantId: number, social: number) =>
  social < 8 ? participantId * 8 + social : 2 ** 52 + participantId * 32 + social;

/**
 * The participant's share link for each channel. Each has its own code, so clicks and signups can be counted by
 * channel.
 */
export const channelLinks = (
  ctx: { env: Env; origin: string },
  { id, campaign_id }: Pick<ParticipantRow, "id" | "campaign_id">,
  destination: { link_host?: string | null } = {},
) =>
  Promise.all(
    socialTypes.map(async (social_type) => {
      const code = await referralCode(ctx.env, { campaign_id, social_type, participant_id: id });
      return { social_type, url: shareUrl(linkOrigin(ctx.origin, destination), code) };
    }),
  );
