import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Session } from "../../auth/sessions/session";
import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

/** Where a form was written, as keyed hashes: of the person, and of the person in that account. */
type Place = { person: string; account: string };

const COOKIE = "place";
const KEPT = { prefix: "host", httpOnly: true, secure: true, sameSite: "Lax", path: "/", maxAge: 30 * 86_400 } as const;
/** A query parameter of the URL that a kept form is submitted to. */
const WRITTEN_IN = "written_in";

async function placeOf(env: Env, { person_id, account_id }: Session): Promise<Place> {
  const key = secret(env, "JWT_SECRET");
  return {
    person: await keyedHash(key, "person", String(person_id)),
    account: await keyedHash(key, "place", `${person_id}:${account_id}`),
  };
}

/** Stores the place in a cookie, which outlives the session. */
export async function keepPlace(c: Context, session: Session) {
  const { person, account } = await placeOf(c.env, session);
  const place = `${person}.${account}`;
  if (getCookie(c, COOKIE, "host") !== place) setCookie(c, COOKIE, place, KEPT);
}

/** The URL to submit a kept form to again. It contains the place where the form was written, if known. */
export function addressOfKept(c: Context, about: keyof Place): string {
  const url = new URL(c.req.url);
  const [person, account] = getCookie(c, COOKIE, "host")?.split(".") ?? [];
  const written = { person, account }[about];
  if (written && !url.searchParams.has(WRITTEN_IN)) url.searchParams.set(WRITTEN_IN, written);
  return url.pathname + url.search;
}

/** Whether a kept form was written by this person or for this account. True if the form was not kept. */
export async function isSamePlace(c: Context, session: Session, about: keyof Place) {
  const written = c.req.query(WRITTEN_IN);
  return written === undefined || written === (await placeOf(c.env, session))[about];
}
