import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Demo, demoCampaigns, type Product } from "./campaigns.ts";
import { answerOrder } from "./orders.ts";
import { failure, pageOf, policyOf } from "./pages.ts";

const css = readFileSync(join(import.meta.dirname, "shop.css"));

/**
 * A small shop that embeds the widget and sells, on another origin than the product: `localhost` instead of `127.0.0.1`.
 * If the port is taken, it uses any free one.
 * @returns its origin, and a function to call with the product once the product listens
 */
export async function openShop(port: number, stateDir: string) {
  const told = Promise.withResolvers<Product>();
  let demo: Promise<Demo> | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? "/", origin);
    const { pathname, searchParams } = url;
    if (pathname === "/shop.css") return send(response, 200, "text/css", css, { "Cache-Control": "max-age=300" });
    const product = await told.promise;
    demo ??= demoCampaigns(product, stateDir, origin);
    const { campaigns, till, regular } = await demo.catch((error) => {
      demo = undefined;
      throw error;
    });
    const order = await answerOrder(till, request, url);
    if (order) return send(response, order.status, HTML, order.html ?? "", order.headers);
    const html = pageOf({
      pathname,
      mode: searchParams.get("mode"),
      campaign: searchParams.get("campaign"),
      product: product.url,
      campaigns,
      regular,
    });
    if (!html) return send(response, 404, "text/plain", "Page not found.\n");
    const referral = searchParams.get("ref");
    send(response, 200, HTML, html, {
      ...(pathname === "/strict" && { "Content-Security-Policy": policyOf(product.url) }),
      ...(referral && { "Set-Cookie": referralCookie(referral) }),
    });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => send(response, 500, HTML, failure(error)));
  });
  await listen(server, port).catch(() => listen(server, 0));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, serve: told.resolve, close: () => server.close() };
}

const HTML = "text/html; charset=utf-8";

/** The shop remembers who referred a visitor, as `docs/browsers.md` advises. */
const referralCookie = (code: string) =>
  `ref=${encodeURIComponent(code)}; Max-Age=${30 * 86_400}; Path=/; HttpOnly; SameSite=Lax`;

function listen(server: Server, port: number) {
  return new Promise<void>((listening, refused) => {
    server.once("error", refused);
    server.listen(port, "localhost", () => {
      server.off("error", refused);
      listening();
    });
  });
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { "Content-Type": type, ...headers }).end(body);
}
