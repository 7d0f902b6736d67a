import { type Env, isLocal } from "../../lib/env";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Why a request is refused: another site's page sent it, or a foreign host name resolves to us (DNS rebinding). Null
 * for programs, which send no origin, and for our own pages.
 */
export function refusalOf(env: Env, request: Request): string | null {
  const { host, hostname } = new URL(request.url);
  const own = URL.parse(env.PUBLIC_URL);
  const isOurs = (name: string) =>
    own ? name === own.hostname : isLocal(env) ? LOOPBACK.has(name) : name === hostname;
  if (!isOurs(hostname)) return `This host does not serve MCP. Use ${own?.origin ?? "a loopback address"}/mcp.`;
  const origin = request.headers.get("Origin");
  if (origin === null) return null;
  const from = URL.parse(origin);
  const isOwnPage = from?.host === host || (isLocal(env) && from !== null && LOOPBACK.has(from.hostname));
  return isOwnPage ? null : "Requests from other sites' pages are not accepted.";
}
