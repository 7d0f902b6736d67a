import { constantTimeEqual, fromBase64Url, hmac, toBase64Url } from "../../lib/crypto";
import { type Env, secret } from "../../lib/env";

const LIFETIME_MS = 7 * 86_400_000;
const TAG_BYTES = 15;
const TOKEN = /^([1-9]\d{0,15})\.([1-9]\d{0,15})\.([0-9a-z]{1,10})\.([\w-]{20})$/;

type Who = { campaign_id: number; participant_id: number };

/** Opens the page on which a participant says that his address is his, for a week, and nothing else. It tells nobody who he is. */
export async function confirmationToken(env: Env, { campaign_id, participant_id }: Who, issued: Date) {
  const plain = `${campaign_id}.${participant_id}.${issued.getTime().toString(36)}`;
  return `${plain}.${toBase64Url(await tag(env, plain))}`;
}

/** Where the mail to a participant leads. */
export const confirmationUrl = async (env: Env, origin: string, who: Who, issued: Date) =>
  `${origin}/confirm/${await confirmationToken(env, who, issued)}`;

/** Whom a link is for; null when it is not ours, or too old. */
export async function readConfirmationToken(env: Env, token: string, now: Date): Promise<Who | null> {
  const [, campaign, participant, issued = "", sent = ""] = TOKEN.exec(token) ?? [];
  if (!constantTimeEqual(fromBase64Url(sent), await tag(env, `${campaign}.${participant}.${issued}`))) return null;
  if (now.getTime() - Number.parseInt(issued, 36) > LIFETIME_MS) return null;
  return { campaign_id: Number(campaign), participant_id: Number(participant) };
}

const tag = async (env: Env, plain: string) =>
  (await hmac(secret(env, "CODE_SECRET"), `confirm:${plain}`)).subarray(0, TAG_BYTES);
