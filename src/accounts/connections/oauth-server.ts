import { GrantType, OAuthAuthorizationServer, OAuthError } from "@cloudflare/workers-oauth-provider";
import { grantScopes } from "../../../drizzle/schema/sessions";
import { CONNECTION_SECONDS, connectionOf } from "../../auth/sessions/connection";
import type { Ctx } from "../../lib/ctx";
import { openDb } from "../../lib/db";
import type { Env } from "../../lib/env";
import { AUTHORIZE, REGISTER, resourceOf, TOKEN } from "./oauth-paths";

/** A grant's data, encrypted with the app's own token: the connection's secret. */
type Props = { secret: string };

const servers = new Map<string, OAuthAuthorizationServer<Env>>();
const ORIGINS_MAX = 20;

/** The OAuth server of an origin. Loaded only when an app connects or makes a request. */
export function oauthServer(ctx: Ctx) {
  const { origin } = ctx;
  let server = servers.get(origin);
  if (!server) {
    if (servers.size >= ORIGINS_MAX) servers.clear();
    server = new OAuthAuthorizationServer<Env>({
      issuer: origin,
      authorizeEndpoint: AUTHORIZE,
      tokenEndpoint: TOKEN,
      clientRegistrationEndpoint: REGISTER,
      resources: [resourceOf(origin)],
      scopesSupported: [...grantScopes],
      // `client-document.ts` fetches the metadata documents of apps. The library would follow redirects and request any
      // host.
      clientIdMetadataDocumentEnabled: false,
      refreshTokenTTL: CONNECTION_SECONDS,
      refreshTokenIdleTTL: CONNECTION_SECONDS,
      clientRegistrationTTL: CONNECTION_SECONDS,
      tokenExchangeCallback: async ({ grantType, props, env }) => {
        if (grantType !== GrantType.REFRESH_TOKEN || (await isOpen(env, props))) return;
        throw new OAuthError("invalid_grant", { description: "The connection was revoked" });
      },
      onError: () => {},
    });
    servers.set(origin, server);
  }
  return server;
}

/** Whether the connection still exists: the person may have revoked it in the meantime. */
function isOpen(env: Env, { secret }: Props) {
  const db = openDb(env.DB, "first-primary");
  return connectionOf({ db, now: () => new Date(), later: () => {} }, secret);
}

export const oauthApi = (ctx: Ctx) => oauthServer(ctx).getOAuthApi(boundedEnv(ctx.env));

/** KV's own limit. KV throws for a longer key, and strangers choose the keys that the server looks up. */
const KEY_BYTES_MAX = 512;
const encoder = new TextEncoder();

/** The environment, with a KV store that finds nothing under longer keys. */
export function boundedEnv(env: Env): Env {
  const { OAUTH_KV: kv } = env;
  if (!kv) return env;
  const get = (key: string, options?: unknown) =>
    encoder.encode(key).byteLength > KEY_BYTES_MAX ? Promise.resolve(null) : kv.get(key, options as "json");
  const bounded = new Proxy(kv, {
    get: (target, name: keyof KVNamespace) => (name === "get" ? get : target[name].bind(target)),
  });
  return Object.assign(Object.create(env), { OAUTH_KV: bounded });
}

/** The secret of an access token's connection. Null if the token is not valid here. */
export async function secretIn(ctx: Ctx, token: string): Promise<string | null> {
  const valid = await oauthServer(ctx).validateToken<Props>(resourceOf(ctx.origin), token, boundedEnv(ctx.env));
  return valid?.props.secret ?? null;
}
