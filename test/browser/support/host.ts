import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type HostPage = { body: string; head?: string; headers?: Record<string, string> };

/** A customer's website on `localhost`; the product is on `127.0.0.1`. */
export async function openHost() {
  const pages = new Map<string, HostPage>();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? "/", "http://localhost").pathname);
    if (!page) {
      response.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
      return;
    }
    const { head = "", body, headers } = page;
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(
      `<!doctype html><html lang="en"><head><title>Host</title><meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    /** @returns its address */
    page: (path: string, page: HostPage) => {
      pages.set(path, page);
      return `${origin}${path}`;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
