import { sha256Hex } from "../../src/lib/crypto";
import { call } from "./client";
import type { Browser } from "./session";

export const REDIRECT = "http://127.0.0.1:7777/callback";

const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Whether the tests' browser accepts the cookie of a page. */
async function challengeOf(verifier: string) {
  const hex = await sha256Hex(verifier);
  return base64Url(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

/** An app that registers itself and requests access, seen from the member's browser. */
export async function openApp(browser: Pick<Browser, "page" | "submit">, client_id?: string, redirect_uri = REDIRECT) {
  const verifier = "v".repeat(50);
  const registered = client_id ?? (await register(redirect_uri)).client_id;
  const authorize = async (more: Record<string, string> = {}) =>
    `/oauth/authorize?${new URLSearchParams({
      response_type: "code",
      client_id: registered,
      redirect_uri,
      scope: "read write",
      state: "s-1",
      code_challenge: await challengeOf(verifier),
      code_challenge_method: "S256",
      resource: "https://referrals.test/mcp",
      ...more,
    })}`;
  const token = (fields: Record<string, string>) =>
    call(
      "POST",
      "/oauth/token",
      new TextEncoder().encode(new URLSearchParams({ client_id: registered, ...fields }).toString()),
      {
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      },
    ).then(({ text, status }) => ({ status, ...JSON.parse(text || "{}") }));
  const handleOn = (html: string) => html.match(/name="handle" value="([^"]+)"/)?.[1] ?? "";
  /** The authorization code after the member's answer. */
  async function agree(answer: { decision?: string; write?: boolean } = {}) {
    const path = await authorize();
    const page = await browser.page(path);
    const sent = await browser.submit(path, { handle: handleOn(page.text), decision: "allow", write: true, ...answer });
    const location = new URL(sent.headers.get("Location") ?? "https://nowhere.test");
    return { page, sent, location, code: location.searchParams.get("code") ?? "" };
  }
  const exchange = (code: string, more: Record<string, string> = {}) =>
    token({ grant_type: "authorization_code", code, redirect_uri, code_verifier: verifier, ...more });
  const refresh = (refresh_token: string) => token({ grant_type: "refresh_token", refresh_token });
  return { authorize, handleOn, agree, exchange, refresh, client_id: registered };
}

async function register(redirect_uri: string) {
  const { text } = await call("POST", "/oauth/register", {
    client_name: "Desk <b>helper</b>",
    redirect_uris: [redirect_uri],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  });
  return JSON.parse(text);
}
