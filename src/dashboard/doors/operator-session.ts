import type { Env } from "../../lib/env";
import { type Kind, readToken, signToken } from "../../lib/signed";

/** Valid for one hour. Signed with the operator's token, so a new token ends all sessions. */
const SESSION: Kind = { purpose: "operator", secret: "OPERATOR_TOKEN", parts: [], lifetimeMs: 3_600_000 };

export const operatorSession = (env: Env, issued: Date) => signToken(env, SESSION, { parts: [], issued });

/** Always false if the installation has no operator. */
export const isOperatorSession = async (env: Env, cookie: string, now: Date) =>
  Boolean(env.OPERATOR_TOKEN) && (await readToken(env, SESSION, cookie, now)) !== null;
