import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";
import { ID, type Kind, readToken, signToken } from "../../lib/signed";

const CONFIRMATION: Kind = { purpose: "confirm", secret: "CODE_SECRET", parts: [ID, ID], lifetimeMs: 7 * DAY_MS };

type Who = { campaign_id: number; participant_id: number };

/** Opens the page on which participants confirm their email address, for a week, and nothing else. It does not reveal who they are. */
export const confirmationToken = (env: Env, { campaign_id, participant_id }: Who, issued: Date) =>
  signToken(env, CONFIRMATION, { parts: [campaign_id, participant_id], issued });

/** The link in the email to a participant. */
export const confirmationUrl = async (env: Env, origin: string, who: Who, issued: Date) =>
  `${origin}/confirm/${await confirmationToken(env, who, issued)}`;

/** Whose link it is, or null if it is not ours or has expired. */
export async function readConfirmationToken(env: Env, token: string, now: Date): Promise<Who | null> {
  const read = await readToken(env, CONFIRMATION, token, now);
  if (!read) return null;
  const [campaign, participant] = read.parts;
  return { campaign_id: Number(campaign), participant_id: Number(participant) };
}
