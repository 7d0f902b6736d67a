import { randomBytes, sha256Hex, toBase64Url } from "../../lib/crypto";
import { HASH, type Kind, readToken, signToken } from "../../lib/signed";
import type { Caller } from "../caller";

/**
 * Identifies one preview, so confirming it takes effect only once. Its state binds it to the tool, the caller, and the
 * arguments.
 */
const CONFIRM: Kind = { purpose: "agent-confirm", secret: "JWT_SECRET", parts: [HASH], lifetimeMs: 5 * 60_000 };

/** JSON with its fields in a fixed order. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const stateOf = async ({ name }: Caller, tool: string, args: object) =>
  `${tool}:${name}:${await sha256Hex(ordered(args))}`;

/** A token that lets this caller confirm this tool with these arguments, for five minutes. */
export async function confirmToken(caller: Caller, tool: string, args: object) {
  const { env, now } = caller.ctx;
  const issued = now();
  const state = await stateOf(caller, tool, args);
  const token = await signToken(env, CONFIRM, { parts: [toBase64Url(randomBytes(16))], issued, state });
  return { token, expires: new Date(issued.getTime() + CONFIRM.lifetimeMs) };
}

/**
 * The idempotency key of what the token confirms: the same on every use. Null if the token does not confirm this call,
 * or has expired.
 */
export async function confirmedBy(caller: Caller, tool: string, args: object, token: string): Promise<string | null> {
  const read = await readToken(caller.ctx.env, CONFIRM, token, caller.ctx.now(), await stateOf(caller, tool, args));
  return read && `agent-${read.parts[0]}`;
}
