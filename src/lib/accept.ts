import { parseAccept } from "hono/utils/accept";

/** What an `Accept…` header names and does not refuse, the most wanted first. */
export const accepted = (header: string | undefined) =>
  parseAccept(header ?? "")
    .filter(({ q }) => q > 0)
    .map(({ type }) => type);
