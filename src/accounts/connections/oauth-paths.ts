export const AUTHORIZE = "/oauth/authorize";
export const TOKEN = "/oauth/token";
export const REGISTER = "/oauth/register";

/** The resource that tokens are issued for: the MCP endpoint. */
export const resourceOf = (origin: string) => `${origin}/mcp`;
