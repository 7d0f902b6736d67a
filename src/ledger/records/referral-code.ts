import { fromBase64Url, toBase64Url, unpadded } from "../../lib/crypto";
import { type Env, secret, secrets } from "../../lib/env";
import { AppError } from "../../lib/errors";
import { isKeyedHash, keyedHash } from "../../lib/keyed-hash";

/**
 * 1 facebook, 2 twitter, 3 linkedin, 4 email, 5 whatsapp, 6 direct, 7 sms, 8 telegram, 9 messenger, 10 reddit, 11
 * pinterest, 12 QR code.
 */
export const socialTypes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
export const EMAIL = 4;
export const DIRECT = 6;
export const QR_CODE = 12;

/** The participant who shared, the channel, and, for an invitation's link, the invitation. */
export type Referral = { campaign_id: number; social_type: number; participant_id: number; invited_id: number | null };

/** Codes are shared and typed, so their tags are short: 80 bits, the minimum in RFC 2104 §5. */
const TAG_BYTES = 10;
/** Several times the length of our longest code. Longer text is not parsed. */
const MAX_CHARACTERS = 500;
const PLAIN = /^([1-9]\d{0,15}):([1-9]|1[0-2]):([1-9]\d{0,15})(?::([1-9]\d{0,15}))?$/;

/**
 * URL-safe base64 of `campaign:social:participant[:invited]`, a dot, and a ten-byte keyed tag that only we can create.
 */
export async function referralCode(env: Env, referral: Omit<Referral, "invited_id"> & { invited_id?: number | null }) {
  const { campaign_id, social_type, participant_id, invited_id } = referral;
  const plain = [campaign_id, social_type, participant_id, ...(invited_id ? [invited_id] : [])].join(":");
  return `${toBase64Url(new TextEncoder().encode(plain))}.${await keyedHash(secret(env, "CODE_SECRET"), "referral", plain, TAG_BYTES)}`;
}

/**
 * Reads a code, signed or unsigned, in any base64 variant, percent-encoded or not.
 * @throws 400 `bad_code` for anything else, including an invalid tag
 */
export async function readCode(env: Env, text: string): Promise<Referral & { is_signed: boolean }> {
  if (text.length > MAX_CHARACTERS) throw new AppError("bad_code");
  const [body = "", signature, ...rest] = percentDecoded(text.trim()).split(".");
  const referral = referralIn(body);
  if (!referral || rest.length > 0) throw new AppError("bad_code");
  if (signature !== undefined && !(await isOurs(env, decoded(body) ?? "", signature))) throw new AppError("bad_code");
  return { ...referral, is_signed: signature !== undefined };
}

/**
 * A code as people forward it: chats and email apps add quotes and brackets around it, and a period, spaces, or
 * invisible characters after it. The first part has only letters and digits, and a tag has a fixed length.
 */
const PASSED_ON = /^[^A-Za-z0-9]*([A-Za-z0-9]+)={0,2}(?:\.([\w-]*))?/;
const TAG_LETTERS = 14;
const INVISIBLE = /[\p{Cf}\p{Z}\p{Cc}]+/gu;

/** `code` is null if it was damaged on the way. It still identifies the campaign, but it does not count. */
type PassedOn = Referral & { code: string | null; is_signed: boolean };

/** Reads a forwarded code. Null if it contains no campaign. */
export async function readPassedOn(env: Env, text: string): Promise<PassedOn | null> {
  if (text.length > MAX_CHARACTERS) return null;
  // Two chats in a row may each have encoded it.
  const [found, body = "", tag] = PASSED_ON.exec(percentDecoded(percentDecoded(text)).replace(INVISIBLE, "")) ?? [];
  if (found === undefined) return null;
  try {
    const code = tag ? `${body}.${tag.slice(0, TAG_LETTERS)}` : body;
    return { ...(await readCode(env, code)), code };
  } catch (error) {
    if (!(error instanceof AppError && error.code === "bad_code")) throw error;
  }
  const referral = referralIn(body) ?? referralIn(inItsCase(body));
  return referral && { ...referral, code: null, is_signed: false };
}

/** The referral for a code on a public page, ignoring what chats add. Null if it is unsigned or unreadable. */
export async function readSignedCode(env: Env, text: string): Promise<(Referral & { code: string }) | null> {
  const read = await readPassedOn(env, text);
  if (!read?.is_signed || read.code === null) return null;
  const { is_signed: _, code, ...referral } = read;
  return { ...referral, code };
}

/** Whether a text is an unsigned code in any letter case. */
export const readsAsCode = (text: string) => (referralIn(text) ?? referralIn(inItsCase(text))) !== null;

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

/** The referral that the first part of a code names. */
function referralIn(body: string): Referral | null {
  const [found, campaign, social, participant, invited] = PLAIN.exec(decoded(body) ?? "") ?? [];
  if (found === undefined) return null;
  return {
    campaign_id: Number(campaign),
    social_type: Number(social),
    participant_id: Number(participant),
    invited_id: invited === undefined ? null : Number(invited),
  };
}

/** The letters that base64 of digits and colons can have at each of four positions. No two differ only by case. */
const LETTERS = ["MNO", "DTjzAQgw", "AEIMQUYcgko", "wxyz0123456"];

/** Restores the letter case, because some email apps change the case of whole URLs. */
const inItsCase = (body: string) =>
  body.replace(/./g, (letter, i: number) => {
    const upper = letter.toUpperCase();
    return [...(LETTERS[i % 4] ?? "")].find((one) => one.toUpperCase() === upper) ?? letter;
  });
