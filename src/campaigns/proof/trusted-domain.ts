import type { Env } from "../../lib/env";

/**
 * Whether the installation takes a host for proven without a check: one of `TRUSTED_DOMAINS`, or below one. Reserved
 * names (RFC 2606, RFC 6761) belong to nobody, so local installations trust them. In production there are none.
 */
export const isTrusted = ({ TRUSTED_DOMAINS }: Pick<Env, "TRUSTED_DOMAINS">, host: string) =>
  TRUSTED_DOMAINS.split(/\s+/).some((name) => name !== "" && (host === name || host.endsWith(`.${name}`)));
