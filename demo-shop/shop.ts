import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { demoCampaigns, type Product } from "./campaigns.ts";
import { failure, pageOf, policyOf } from "./pages.ts";

const css = readFileSync(join(import.meta.dirname, "shop.css"));

/**
 * A small shop that embeds the widget, on another origin than the product: `localhost` instead of `127.0.0.1`. If the
 * port is taken, it uses any free one.
 * @returns its origin, and a function to call with the product once that listens
 */
export async function openShop(port: number, stateDir: string) {
  const told = Promise.withResolvers<Product>();
  let campaigns: Promise<number[]> | undefined;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", origin);
    if (pathname === "/shop.css") return send(response, 200, "text/css", css, { "Cache-Control": "max-age=300" });
    const product = await told.promise;
    try {
      campaigns ??= demoCampaigns(product, stateDir, origin);
      const html = pageOf({
        pathname,
        mode: searchParams.get("mode"),
        campaign: searchParams.get("campaign"),
        product: product.url,
        campaigns: await campaigns,
      });
      const headers: Record<string, string> =
        pathname === "/strict" ? { "Content-Security-Policy": policyOf(product.url) } : {};
      if (html) send(response, 200, "text/html; charset=utf-8", html, headers);
      else send(response, 404, "text/plain", "There is no such page in this shop.\n");
    } catch (error) {
      campaigns = undefined;
      send(response, 500, "text/html; charset=utf-8", failure(error));
    }
  });
  await listen(server, port).catch(() => listen(server, 0));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, serve: told.resolve, close: () => server.close() };
}

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
