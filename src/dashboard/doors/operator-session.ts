import type { Env } from "../../lib/env";
import { type Kind, readToken, signToken } from "../../lib/signed";

/** Good for an hour, and signed with the operator's token: a new token ends all sessions. */
const SESSION: Kind = { purpose: "operator", secret: "OPERATOR_TOKEN", parts: [], lifetimeMs: 3_600_000 };

/** For the cookie of the operator's browser. */
export const operatorSession = (env: Env, issued: Date) => signToken(env, SESSION, { parts: [], issued });

/** False for every cookie if the installation has no operator. */
export const isOperatorSession = async (env: Env, cookie: string, now: Date) =>
  Boolean(env.OPERATOR_TOKEN) && (await readToken(env, SESSION, cookie, now)) !== null;
