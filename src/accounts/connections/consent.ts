import type { ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { type App, type GrantScope, openConnection } from "../../auth/sessions/connection";
import type { Session } from "../../auth/sessions/session";
import type { Ctx } from "../../lib/ctx";
import { AppError } from "../../lib/errors";
import { isDocumentUrl, learnClient } from "./client-document";

/** An app's connection request, as shown on the consent page. The app chose its own name, so it may be anything. */
export type Asking = {
  app: App & { isProven: boolean; wantsWrite: boolean };
  /** The form sends this back. It works once, for ten minutes, in the browser that has the cookies. */
  handle: string;
  cookies: string[];
  redirectHost: string;
  /** Whether the app runs on the person's own computer, where any program could listen. */
  isLocal: boolean;
  /** The form's final redirect target, for the page's Content Security Policy. */
  formTarget: string;
};

/** The redirect back to the app, with the result. */
type Answer = { redirectTo: string; cookies: string[] };

/**
 * An app's connection request, or where to redirect the browser if the request was invalid.
 * @throws 404 if OAuth is off, 400 if we cannot trust the app's redirect URL
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
 * Connects the app of a submitted page as the signed-in person, in their current account.
 * @throws 400 if the page has expired, was already submitted, or belongs to another browser
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
      // One app may be connected on several machines and to several accounts. Each connection is revoked separately.
      revokeExistingGrants: false,
    });
    return { redirectTo, cookies: headers.getSetCookie() };
  });
  return "cookies" in answer ? answer : { ...answer, cookies: [] };
}

/** Tells the app that the person declined. @throws 400 like `connectApp` */
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

/** The request at our public origin, as the OAuth server expects it. */
function publicly({ origin }: Ctx, request: Request): Request {
  const { pathname, search } = new URL(request.url);
  return new Request(`${origin}${pathname}${search}`, { headers: request.headers });
}

/** If a client's ID is a URL, we fetched it from there, so its host is verified. */
function appOf({
  clientId,
  clientName,
  redirectHost,
}: Pick<ConsentDescription, "clientId" | "clientName" | "redirectHost">) {
  const isProven = isDocumentUrl(clientId);
  return { name: clientName, host: isProven ? new URL(clientId).hostname : redirectHost, isProven };
}

/**
 * Sends the OAuth server's errors back to the app if its redirect URL was verified. Otherwise they appear on our own
 * page.
 */
async function trusted<T>(work: () => Promise<T>): Promise<T | { redirectTo: string }> {
  const { AuthorizationError } = await import("@cloudflare/workers-oauth-provider");
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    if (error.redirectTo) return { redirectTo: error.redirectTo };
    throw new AppError("invalid_request", `We cannot connect this app: ${error.description}.`);
  }
}
