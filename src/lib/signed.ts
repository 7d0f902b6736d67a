import { type Env, type Secret, secret, secrets } from "./env";
import { isKeyedHash, keyedHash, type Purpose } from "./keyed-hash";

/** Patterns of a token's parts. None may match a dot or a colon. */
export const ID = /^[1-9]\d{0,15}$/;
export const HASH = /^[\w-]{22}$/;
/** Milliseconds in base 36. */
const MOMENT = /^[0-9a-z]{1,10}$/;

export type Kind = { purpose: Purpose; secret: Secret; parts: readonly RegExp[]; lifetimeMs: number };

/** `state` is signed but not part of the token, so the token becomes invalid when the state changes. */
type Content = { parts: readonly (string | number)[]; issued: Date; state?: string };

/** The parts and the issue time, readable by everyone, and a tag that only the secret can produce. */
export async function signToken(env: Env, kind: Kind, { parts, issued, state }: Content): Promise<string> {
  const body = [...parts, issued.getTime().toString(36)].join(".");
  return `${body}.${await keyedHash(secret(env, kind.secret), kind.purpose, signedText(body, state))}`;
}

/**
 * The claims of an unexpired token, for looking up the state it was signed with. Do not trust them until `isOurs`
 * returns true.
 */
export function openToken(env: Env, kind: Kind, token: string, now: Date) {
  const patterns = [...kind.parts, MOMENT, HASH];
  const pieces = token.split(".", patterns.length + 1);
  if (pieces.length !== patterns.length || !patterns.every((pattern, i) => pattern.test(pieces[i] ?? ""))) return null;
  const [issued = "", tag = ""] = pieces.slice(-2);
  const age = now.getTime() - Number.parseInt(issued, 36);
  if (age > kind.lifetimeMs) return null;
  const body = pieces.slice(0, -1).join(".");
  const isOurs = (state?: string) => isKeyedHash(tag, secrets(env, kind.secret), kind.purpose, signedText(body, state));
  return { parts: pieces.slice(0, -2), age, isOurs };
}

/** A token's parts and age, or null if we did not sign it for this purpose or it has expired. */
export async function readToken(env: Env, kind: Kind, token: string, now: Date, state?: string) {
  const opened = openToken(env, kind, token, now);
  return opened && (await opened.isOurs(state)) ? opened : null;
}

const signedText = (body: string, state?: string) => (state === undefined ? body : `${body}:${state}`);
