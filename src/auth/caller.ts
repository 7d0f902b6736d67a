import type { Context } from "hono";
import { AUTO, languageFor } from "../texts/text";
import { addressIn } from "./address";
import { bearerToken, type Credential } from "./credential";
import { isApiKey } from "./key-text";

/** A key may also be sent as a bearer token. If `X-API-Key` is sent as well, it takes precedence. */
export function credentialOf(c: Context): Credential {
  const authorization = c.req.header("Authorization");
  const bearer = bearerToken(authorization) ?? "";
  return { apiKey: c.req.header("X-API-Key") ?? (isApiKey(bearer) ? bearer : undefined), authorization };
}

export const addressOf = (c: Context) => addressIn(c.req.raw.headers);

/** What we know about a visitor: their IP address, preferred language, browser, and connection. */
export type Caller = { address: string; language: string; browser: Browser };

/** Properties of a browser and its connection. Null: unknown. */
export type Browser = {
  agent: string | null;
  languages: string | null;
  protocol: string | null;
  asn: number | null;
  country: string | null;
};

function browserOf(c: Context): Browser {
  const cf = c.req.raw.cf as Partial<IncomingRequestCfProperties> | undefined;
  return {
    agent: c.req.header("User-Agent") ?? null,
    languages: c.req.header("Accept-Language") ?? null,
    protocol: cf?.tlsVersion ?? null,
    asn: cf?.asn ?? null,
    country: cf?.country ?? null,
  };
}

export const callerOf = (c: Context): Caller => ({
  address: addressOf(c),
  language: languageFor(AUTO, c.req.header("Accept-Language")),
  browser: browserOf(c),
});

/** The visitor's country according to Cloudflare, as an ISO 3166-1 code. */
export const countryOf = (c: Context) => (c.req.raw as { cf?: { country?: string } }).cf?.country ?? null;

/** The address and browser of a sign-in. */
export const visitOf = (c: Context) => ({ address: addressOf(c), agent: c.req.header("User-Agent") ?? null });
