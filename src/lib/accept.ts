import { parseAccept } from "hono/utils/accept";

/** The values of an `Accept…` header in order of preference, without those it refuses (`q=0`). */
export const accepted = (header: string | undefined) =>
  parseAccept(header ?? "")
    .filter(({ q }) => q > 0)
    .map(({ type }) => type);
