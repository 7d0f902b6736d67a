export const AUTHORIZE = "/oauth/authorize";
export const TOKEN = "/oauth/token";
export const REGISTER = "/oauth/register";

/** What tokens are for: the endpoint of the tools. */
export const resourceOf = (origin: string) => `${origin}/mcp`;
