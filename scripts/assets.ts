import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { disposableEmailBlocklist } from "disposable-email-domains-js";
import { buildSync } from "esbuild";
import { root } from "./root.ts";
import { shareFont } from "./share-font.ts";

const DOCS_ASSETS = ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"];

/** Our code in browsers: the loader on other people's pages, the module that it imports when it needs it, and what enhances our own. */
const SCRIPTS = [
  { name: "widget.js", entry: "src/widget/loader.ts", format: "iife" },
  { name: "launcher.js", entry: "src/widget/launcher.ts", format: "esm" },
  { name: "frame.js", entry: "src/widget/frame.ts", format: "iife" },
] as const;

/** The dashboard's own: nobody else's page loads them, and a browser asks for them anew each time, so that they fit their page. */
const DASHBOARD = [
  { name: "dashboard.js", entry: "src/dashboard/browser/main.ts" },
  { name: "dashboard.css", entry: "src/dashboard/styles/all.css" },
];

export const BROWSER_ENTRIES = [...SCRIPTS, ...DASHBOARD].map(({ entry }) => entry);

/** For pages of others, which may insist on CORP or fetch with integrity; a new release is everywhere within minutes. */
const headersOf = (path: string) => `/${path}
  Cache-Control: public, max-age=300, stale-while-revalidate=86400
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
`;

/** Fills the folder of static assets. Each file appears whole: another process may be serving the folder. */
export function makeAssets(folder: string) {
  mkdirSync(join(folder, "docs-assets"), { recursive: true });
  for (const file of DOCS_ASSETS)
    copyFileSync(join(root, "node_modules/swagger-ui-dist", file), join(folder, "docs-assets", file));
  const made = SCRIPTS.filter(({ entry }) => existsSync(join(root, entry)));
  for (const { name, entry, format } of made) put(join(folder, name), bundled(join(root, entry), format));
  for (const { name, entry } of DASHBOARD) put(join(folder, name), bundled(join(root, entry), "iife", MODERN));
  put(join(folder, "disposable-domains.txt"), disposableEmailBlocklist().join("\n"));
  put(join(folder, "share-font.json"), shareFont());
  put(join(folder, "_headers"), made.map(({ name }) => headersOf(name)).join("\n"));
}

/** `light-dark()` of style sheets is in browsers since then. */
const MODERN = ["chrome123", "firefox120", "safari17.5"];

function bundled(entry: string, format: "iife" | "esm", target: string | string[] = "es2020") {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    format,
    minify: true,
    target,
    charset: "utf8",
    legalComments: "none",
    tsconfig: join(root, "src/widget/tsconfig.json"),
    write: false,
  });
  return outputFiles[0]?.contents ?? "";
}

/** Writes a file that appears whole. */
export function put(path: string, content: string | Uint8Array) {
  const aside = join(dirname(path), "..", `${basename(path)}.${process.pid}`);
  writeFileSync(aside, content);
  renameSync(aside, path);
}
