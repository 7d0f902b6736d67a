import { fromBase64Url, toBase64Url, unpadded } from "../lib/crypto";
import { type Env, secret, secrets } from "../lib/env";
import { AppError } from "../lib/errors";
import { isKeyedHash, keyedHash } from "../lib/keyed-hash";

/** 1 facebook, 2 twitter, 3 linkedin, 4 email, 5 whatsapp, 6 direct. */
export const socialTypes = [1, 2, 3, 4, 5, 6] as const;
export const DIRECT = 6;

/** Who shared, on which channel, and, for the link of an invitation, which invitation. */
export type Referral = { campaign_id: number; social_type: number; participant_id: number; invited_id: number | null };

/** Codes are shared and typed, so their tags are short: 80 bits, the minimum of RFC 2104 §5. */
const TAG_BYTES = 10;
/** Several times the length of our longest code. Longer texts are not parsed. */
const MAX_CHARACTERS = 500;
const PLAIN = /^([1-9]\d{0,15}):([1-6]):([1-9]\d{0,15})(?::([1-9]\d{0,15}))?$/;

/**
 * URL-safe base64 of `campaign:social:participant[:invited]`, a dot, and ten bytes of a keyed tag that only we can
 * make.
 */
export async function referralCode(env: Env, referral: Omit<Referral, "invited_id"> & { invited_id?: number | null }) {
  const { campaign_id, social_type, participant_id, invited_id } = referral;
  const plain = [campaign_id, social_type, participant_id, ...(invited_id ? [invited_id] : [])].join(":");
  return `${toBase64Url(new TextEncoder().encode(plain))}.${await keyedHash(secret(env, "CODE_SECRET"), "referral", plain, TAG_BYTES)}`;
}

/**
 * Reads a code, signed or not, in any variant of base64, percent-encoded or not.
 * @throws 400 `bad_code` for anything else, including an invalid tag
 */
export async function readCode(env: Env, text: string): Promise<Referral & { is_signed: boolean }> {
  if (text.length > MAX_CHARACTERS) throw new AppError("bad_code");
  const [body = "", signature, ...rest] = percentDecoded(text.trim()).split(".");
  const plain = decoded(body);
  const match = plain === null ? null : PLAIN.exec(plain);
  if (!match || plain === null || rest.length > 0) throw new AppError("bad_code");
  if (signature !== undefined && !(await isOurs(env, plain, signature))) throw new AppError("bad_code");
  const [, campaign, social, participant, invited] = match;
  return {
    campaign_id: Number(campaign),
    social_type: Number(social),
    participant_id: Number(participant),
    invited_id: invited === undefined ? null : Number(invited),
    is_signed: signature !== undefined,
  };
}

/** The referral of a code on a public page. Null if the code is unsigned or cannot be read. */
export async function readSignedCode(env: Env, text: string): Promise<Referral | null> {
  try {
    const referral = await readCode(env, text);
    return referral.is_signed ? referral : null;
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_code") return null;
    throw error;
  }
}

export const shareUrl = (origin: string, code: string) => `${origin}/t/${code}`;

const isOurs = (env: Env, plain: string, signature: string) =>
  isKeyedHash(unpadded(signature), secrets(env, "CODE_SECRET"), "referral", plain, TAG_BYTES);

function percentDecoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decoded(text: string) {
  try {
    return new TextDecoder().decode(fromBase64Url(text));
  } catch {
    return null;
  }
}
