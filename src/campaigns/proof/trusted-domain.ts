import type { Env } from "../../lib/env";

/**
 * Whether the installation trusts a host without verification: it is one of `TRUSTED_DOMAINS` or a subdomain of one.
 * Nobody owns the reserved names (RFC 2606, RFC 6761), so local installations trust them. Production trusts none.
 */
export const isTrusted = ({ TRUSTED_DOMAINS }: Pick<Env, "TRUSTED_DOMAINS">, host: string) =>
  TRUSTED_DOMAINS.split(/\s+/).some((name) => name !== "" && (host === name || host.endsWith(`.${name}`)));
