import type { ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { type App, type GrantScope, openConnection } from "../../auth/sessions/connection";
import type { Session } from "../../auth/sessions/session";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { isDocumentUrl, learnClient } from "./client-document";

/** An app that asks, as the page must show it. What it calls itself may be anything. */
export type Asking = {
  app: App & { isProven: boolean; wantsWrite: boolean };
  /** Sent back by the form. It works once, for ten minutes, in the browser that the cookies are for. */
  handle: string;
  cookies: string[];
  redirectHost: string;
  /** Whether the app runs on the person's own computer, where any program could listen. */
  isLocal: boolean;
  /** Where the form leads in the end, for the page's policy. */
  formTarget: string;
};

/** Back to the app, with what came of it. */
type Answer = { redirectTo: string; cookies: string[] };

/**
 * What an app asks for, or where to send the browser if the app asked wrongly.
 * @throws 404 if OAuth is off, 400 if we cannot trust the app's address
 */
export async function appAsking(ctx: Ctx, request: Request): Promise<Asking | { redirectTo: string }> {
  const kv = kvOf(ctx);
  const clientId = new URL(request.url).searchParams.get("client_id") ?? "";
  if (isDocumentUrl(clientId)) await learnClient(ctx, kv, clientId);
  const api = await apiOf(ctx);
  return trusted(async () => {
    const asked = await api.parseAuthRequest(publicly(ctx, request));
    const described = await api.describeConsent(asked);
    const { handle, headers } = await api.beginConsent(asked);
    return {
      app: { ...appOf(described), wantsWrite: asked.scope.length === 0 || asked.scope.includes("write") },
      handle,
      cookies: headers.getSetCookie(),
      redirectHost: described.redirectHost,
      isLocal: described.redirectIsLoopback,
      formTarget: new URL(asked.redirectUri).origin,
    };
  });
}

/**
 * Connects the app of a page that was sent: as the person, in the account that they are in.
 * @throws 400 if the page has expired, was sent before, or was another browser's
 */
export async function connectApp(
  ctx: Ctx,
  request: Request,
  handle: string,
  person: Session,
  scopes: GrantScope[],
): Promise<Answer> {
  kvOf(ctx);
  const api = await apiOf(ctx);
  const answer = await trusted(async () => {
    const { request: asked, headers } = await api.approveConsent(publicly(ctx, request), handle, { scope: scopes });
    const app = appOf(await api.describeConsent(asked));
    const secret = await openConnection(ctx, person, app, scopes);
    const { redirectTo } = await api.completeAuthorization({
      request: asked,
      userId: `person-${person.person_id}`,
      metadata: {},
      scope: scopes,
      props: { secret },
      // One app may be connected on several machines, and to several accounts. Each connection is revoked by itself.
      revokeExistingGrants: false,
    });
    return { redirectTo, cookies: headers.getSetCookie() };
  });
  return "cookies" in answer ? answer : { ...answer, cookies: [] };
}

/** Tells the app that the person said no. @throws 400 as `connectApp` */
export async function refuseApp(ctx: Ctx, request: Request, handle: string): Promise<Answer> {
  kvOf(ctx);
  const api = await apiOf(ctx);
  const answer = await trusted(async () => {
    const { redirectTo, headers } = await api.denyConsent(publicly(ctx, request), handle);
    return { redirectTo, cookies: headers.getSetCookie() };
  });
  return "cookies" in answer ? answer : { ...answer, cookies: [] };
}

const apiOf = async (ctx: Ctx) => (await import("./oauth-server")).oauthApi(ctx);

function kvOf({ env }: Ctx): KVNamespace {
  if (!env.OAUTH_KV)
    throw new AppError("not_found", "Apps cannot be connected here: OAuth is off in this installation.");
  return env.OAUTH_KV;
}

/** The request at our public origin, where the OAuth server expects it. */
function publicly({ origin }: Ctx, request: Request): Request {
  const { pathname, search } = new URL(request.url);
  return new Request(`${origin}${pathname}${search}`, { headers: request.headers });
}

/** A client's id that is a URL was fetched from there, so its host is proven. */
function appOf({
  clientId,
  clientName,
  redirectHost,
}: Pick<ConsentDescription, "clientId" | "clientName" | "redirectHost">) {
  const isProven = isDocumentUrl(clientId);
  return { name: clientName, host: isProven ? new URL(clientId).hostname : redirectHost, isProven };
}

/** Refusals of the OAuth server: back to the app if it proved its address, else on our own page. */
async function trusted<T>(work: () => Promise<T>): Promise<T | { redirectTo: string }> {
  const { AuthorizationError } = await import("@cloudflare/workers-oauth-provider");
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    if (error.redirectTo) return { redirectTo: error.redirectTo };
    throw new AppError("invalid_request", `The app cannot be connected: ${error.description}.`);
  }
}
