import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";
import { ID, type Kind, readToken, signToken } from "../../lib/signed";

const CONFIRMATION: Kind = { purpose: "confirm", secret: "CODE_SECRET", parts: [ID, ID], lifetimeMs: 7 * DAY_MS };

type Who = { campaign_id: number; participant_id: number };
type Holder = Who & { issued: Date };

/**
 * A token that only opens the page for confirming an email, for one week. It does not reveal who the participant is.
 */
export const confirmationToken = (env: Env, { campaign_id, participant_id }: Who, issued: Date) =>
  signToken(env, CONFIRMATION, { parts: [campaign_id, participant_id], issued });

export const confirmationUrl = async (env: Env, origin: string, who: Who, issued: Date) =>
  `${origin}/confirm/${await confirmationToken(env, who, issued)}`;

/** The participant of a confirmation token. Null if the token is invalid or expired. */
export async function readConfirmationToken(env: Env, token: string, now: Date): Promise<Holder | null> {
  const read = await readToken(env, CONFIRMATION, token, now);
  if (!read) return null;
  const [campaign, participant] = read.parts;
  return {
    campaign_id: Number(campaign),
    participant_id: Number(participant),
    issued: new Date(now.getTime() - read.age),
  };
}
