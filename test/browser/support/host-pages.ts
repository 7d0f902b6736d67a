import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "../../../scripts/root.ts";
import { STEP_MS, type Tab, until, within } from "../engines/engine.ts";

const folder = join(root, "test/browser/host-pages");

/** Each is an HTML file that shows OK or BROKEN by itself. Comments `<!-- header Name: value -->` are sent as headers. */
export const HOST_PAGES = globSync("*.html", { cwd: folder })
  .map((file) => basename(file, ".html"))
  .sort();

/** The matrix row that is not a page. */
export const LOOP = "The loop of two friends";

/** The page's subject, in a few words. */
export const titleOf = (name: string) =>
  /<h1>(.*?)<\/h1>/.exec(readFileSync(join(folder, `${name}.html`), "utf8"))?.[1] ?? name;

/** Serves the pages from `localhost`, which is another site than the product's `127.0.0.1`. */
export async function serveHostPages(product: string, campaigns: number[]) {
  const reactScript = await react();
  const disk = mkdtempSync(join(tmpdir(), "referrals-host-pages-"));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const script = pathname === "/react.js" ? reactScript : pathname === "/verdict.js" && written("verdict.js");
    if (script) return response.writeHead(200, { ...SCRIPT, ...SHARED }).end(script);
    const name = basename(pathname, ".html");
    if (!HOST_PAGES.includes(name)) return response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    const html = written(`${name}.html`);
    const headers = [...html.matchAll(/<!-- header ([\w-]+): (.*?) -->/g)].map(([, key = "", value = ""]) => [
      key,
      value,
    ]);
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...Object.fromEntries(headers) }).end(html);
  });
  await new Promise<void>((listening) => server.listen(0, "localhost", listening));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  /** A file with this run's URLs. */
  function written(file: string) {
    const places: Record<string, string> = { app: product, host: origin };
    for (const [n, id] of campaigns.entries()) places[n === 0 ? "campaign" : `campaign${n + 1}`] = String(id);
    const text = readFileSync(join(folder, file), "utf8");
    return text.replace(/\{\{(\w+)\}\}/g, (whole, place: string) => places[place] ?? whole);
  }

  return {
    /** The page's address; of a file, for the page about files. */
    url: (name: string) => {
      if (name !== "from-disk") return `${origin}/${name}.html`;
      const file = join(disk, `${name}.html`);
      writeFileSync(file, written(`${name}.html`));
      return pathToFileURL(file).href;
    },
    close: () => {
      rmSync(disk, { recursive: true, force: true });
      server.close();
      server.closeAllConnections();
    },
  };
}

const SCRIPT = { "Content-Type": "text/javascript; charset=utf-8" };
/** So that pages of other origins and strict embedders may load them. */
const SHARED = { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" };

/** React's development build, whose StrictMode mounts everything twice. */
async function react() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as React from "react"; import * as client from "react-dom/client"; import { flushSync } from "react-dom";
        Object.assign(window, { React, ReactClient: client, flushSync });`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return outputFiles[0]?.text ?? "";
}

/** Whether typing goes into the first field of the opened widget. */
async function firstFieldTakes(tab: Tab) {
  await until(
    tab,
    "the focus in the first field",
    () => document.hasFocus() && document.activeElement?.getAttribute("name") === "name",
    true,
  );
  await tab.press("A");
  await until(
    tab,
    "what was typed",
    () => document.querySelector<HTMLInputElement>("input[name=name]")?.value === "A",
    true,
  );
}

/**
 * Reads the page's verdict, and presses the keys it requests. If the page has opened its widget for the
 * first time (`isOpenFirst`), it types into the first field.
 */
export async function verdictOf(tab: Tab, url: string) {
  await tab.goTo(url);
  const wait = async () => {
    for (;;) {
      // As text, because pages change how objects are written.
      const said = await tab.run(() => {
        const { wantedKey = "", isOpenFirst = "" } = window as unknown as Record<string, string | undefined>;
        return `${document.title}\n${wantedKey}\n${isOpenFirst}`;
      });
      const [title = "", key, isOpenFirst] = said.split("\n");
      if (title === "OK" && isOpenFirst) await firstFieldTakes(tab);
      if (/^(OK|BROKEN)/.test(title)) return title;
      if (key) {
        await tab.press(key);
        await tab.run(() => Reflect.deleteProperty(window, "wantedKey"));
      } else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return within("the page", wait(), 2 * STEP_MS);
}
