import type { Env } from "../../lib/env";
import { ID, type Kind, readToken, signToken } from "../../lib/signed";
import { type NotificationName, notificationNames } from "./notification-kinds";

const STOP: Kind = {
  purpose: "notification",
  secret: "SEAL_SECRET",
  parts: [ID, ID, /^[a-z_]{1,40}$/],
  lifetimeMs: Number.POSITIVE_INFINITY,
};

type Stop = { account_id: number; person_id: number; name: NotificationName };

/** The URL for unsubscribing from one kind of email about an account, without signing in. */
export const stopUrl = async (env: Env, origin: string, { account_id, person_id, name }: Stop, issued: Date) =>
  `${origin}/unsubscribe/${await signToken(env, STOP, { parts: [account_id, person_id, name], issued })}`;

/** What a link unsubscribes from. Null if we did not sign it. */
export async function readStop(env: Env, token: string, now: Date): Promise<Stop | null> {
  const read = await readToken(env, STOP, token, now);
  const name = notificationNames.find((known) => known === read?.parts[2]);
  return read && name ? { account_id: Number(read.parts[0]), person_id: Number(read.parts[1]), name } : null;
}
