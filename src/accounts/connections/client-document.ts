import { z } from "zod";
import { CONNECTION_SECONDS } from "../../auth/sessions/connection";
import { sitePage } from "../../campaigns/proof/site-page";
import type { Ctx } from "../../lib/ctx";
import { invalid } from "../../lib/errors";

/** The limit that the specification of these documents suggests. */
const BYTES_MAX = 5 * 1024;
const [ID_MAX, URL_MAX, FETCHED_AGAIN_SECONDS] = [400, 2_000, 3_600];

/** The fields that we use of a client's metadata document (draft-ietf-oauth-client-id-metadata-document). */
const Document = z.object({
  client_id: z.string(),
  client_name: z.string().trim().min(1).max(100),
  redirect_uris: z.array(z.string().max(URL_MAX)).min(1).max(20),
  token_endpoint_auth_method: z.literal("none").default("none"),
  client_secret: z.undefined().optional(),
});

export const isDocumentUrl = (clientId: string) => /^https?:\/\/[^/]+\/./i.test(clientId);

/**
 * Reads the metadata document at a client ID's URL, and stores the client where the OAuth server looks for it. For
 * signed-in people only, so strangers cannot make us request other hosts.
 * @throws 400 if there is no such document, or it belongs to another client
 */
export async function learnClient(ctx: Ctx, kv: KVNamespace, clientId: string): Promise<void> {
  const url = URL.parse(clientId);
  if (!url || clientId.length > ID_MAX || url.href !== clientId)
    throw refused("is not a short URL in its standard form");
  const key = `client:${clientId}`;
  const known = await kv.get<{ registrationDate: number }>(key, "json");
  const seconds = Math.floor(ctx.now().getTime() / 1000);
  if (known && known.registrationDate > seconds - FETCHED_AGAIN_SECONDS) return;
  const answer = await sitePage(ctx.env, [ctx.origin], {
    url: clientId,
    isOurs: (host) => host === url.hostname,
    accept: /json/i,
    maxBytes: BYTES_MAX + 1,
    userAgent: "Referrals OAuth",
  });
  if (answer.found !== "page") throw refused("does not point to a document that we can read");
  if (answer.url !== clientId) throw refused("redirects elsewhere");
  if (answer.text.length > BYTES_MAX) throw refused("points to a document larger than 5 kB");
  const read = Document.safeParse(jsonIn(answer.text));
  if (!read.success || read.data.client_id !== clientId) throw refused("points to another app's document");
  const { client_name, redirect_uris } = read.data;
  const client = {
    clientId,
    clientName: client_name,
    redirectUris: redirect_uris,
    grantTypes: ["authorization_code", "refresh_token"],
    responseTypes: ["code"],
    tokenEndpointAuthMethod: "none",
    authMethodExplicit: true,
    registrationDate: seconds,
  };
  await kv.put(key, JSON.stringify(client), { expirationTtl: CONNECTION_SECONDS });
}

const refused = (why: string) => invalid("client_id", `The app's address (client_id) ${why}.`);

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
