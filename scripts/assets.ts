import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { dictionary } from "@zxcvbn-ts/language-common";
import { disposableEmailBlocklist } from "disposable-email-domains-js";
import { build } from "esbuild";
import { docsSite } from "./docs-site.ts";
import { root } from "./root.ts";
import { shareFonts } from "./share-font.ts";

const DOCS_ASSETS = ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"];

/**
 * Our scripts for browsers: the loader on customers' pages, the modules that it imports when needed, and the script of
 * our own frames.
 */
const SCRIPTS = [
  { name: "widget.js", entry: "src/widget/loader.ts", format: "iife" },
  { name: "embed.js", entry: "src/widget/embed.ts", format: "esm" },
  { name: "popup.js", entry: "src/widget/launcher.ts", format: "esm" },
  // The same file for loaders of the last release, which browsers keep for a day.
  { name: "launcher.js", entry: "src/widget/launcher.ts", format: "esm" },
  { name: "memory.js", entry: "src/widget/memory.ts", format: "esm" },
  { name: "frame.js", entry: "src/widget/frame.ts", format: "iife" },
] as const;

/**
 * The dashboard's files. Only our own pages load them, and browsers revalidate them each time, so they match their
 * page.
 */
const DASHBOARD = [
  { name: "dashboard.js", entry: "src/dashboard/browser/main.ts" },
  { name: "dashboard.css", entry: "src/dashboard/styles/all.css" },
];

/** The documentation's files. Browsers revalidate them, too. */
const DOCS = [
  { name: "docs-assets/docs.js", entry: "src/docs/browser/docs.ts" },
  { name: "docs-assets/theme.js", entry: "src/docs/browser/theme.ts" },
  { name: "docs-assets/reference.js", entry: "src/docs/browser/reference.ts" },
  { name: "docs-assets/docs.css", entry: "src/docs/browser/docs.css" },
];

/** Pictures of the product for the front page, on a laptop and on a phone, light and dark. */
const FRONT = ["overview-light.webp", "overview-dark.webp", "phone-light.webp", "phone-dark.webp"];

/**
 * Inter, which the dashboard and widgets may use. The package's version is in the path, so browsers keep the files
 * forever.
 */
const FONTS = ["latin", "latin-ext"].map((part) => ({
  name: `fonts/inter-5.3.0/${part}.woff2`,
  file: `@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`,
}));

export const BROWSER_ENTRIES = [...SCRIPTS, ...DASHBOARD, ...DOCS].map(({ entry }) => entry);

/**
 * Headers for files on other sites' pages, which may require CORP or fetch them with integrity. A new release reaches
 * everyone within minutes.
 */
const headersOf = (path: string) => `/${path}
  Cache-Control: public, max-age=300, stale-while-revalidate=86400
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
`;

const DOCS_HEADERS = `/docs-assets/*
  X-Content-Type-Options: nosniff
`;

const FONT_HEADERS = `/fonts/*
  Cache-Control: public, max-age=31536000, immutable
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
`;

/**
 * Fills the folder of static assets. Each file is replaced at once, because another process may be serving the folder.
 */
export async function makeAssets(folder: string) {
  mkdirSync(join(folder, "docs-assets"), { recursive: true });
  for (const file of DOCS_ASSETS)
    copyFileSync(join(root, "node_modules/swagger-ui-dist", file), join(folder, "docs-assets", file));
  const made = SCRIPTS.filter(({ entry }) => existsSync(join(root, entry)));
  for (const { name, entry, format } of made) put(join(folder, name), await bundled(join(root, entry), format));
  copyFileSync(join(root, "src/docs/browser/icon.svg"), join(folder, "docs-assets/icon.svg"));
  put(join(folder, "docs-site.json"), JSON.stringify(docsSite()));
  for (const { name, entry } of [...DASHBOARD, ...DOCS])
    put(join(folder, name), await bundled(join(root, entry), "iife", MODERN));
  for (const name of FRONT) {
    mkdirSync(join(folder, "front"), { recursive: true });
    copyFileSync(join(root, "src/visitors/front", name), join(folder, "front", name));
  }
  for (const { name, file } of FONTS) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    copyFileSync(join(root, "node_modules", file), join(folder, name));
  }
  put(join(folder, "disposable-domains.txt"), disposableEmailBlocklist().join("\n"));
  put(join(folder, "common-passwords.txt"), commonPasswords().join("\n"));
  mkdirSync(join(folder, "share-font"), { recursive: true });
  for (const [name, font] of Object.entries(shareFonts())) put(join(folder, name), font);
  put(join(folder, "_headers"), [...made.map(({ name }) => headersOf(name)), DOCS_HEADERS, FONT_HEADERS].join("\n"));
}

/** Shorter passwords are refused anyway (see `Password` in src/accounts/account-schema.ts). */
const commonPasswords = () => dictionary["passwords-common"].filter((password) => password.length >= 8);

/** The first versions that support `light-dark()` in style sheets. */
const MODERN = ["chrome123", "firefox120", "safari17.5"];

async function bundled(entry: string, format: "iife" | "esm", target: string | string[] = "es2020") {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format,
    minify: true,
    target,
    charset: "utf8",
    legalComments: "none",
    external: ["/fonts/*"],
    tsconfig: join(root, "src/widget/tsconfig.json"),
    write: false,
  });
  return outputFiles[0]?.contents ?? "";
}

/** Writes a file so that it appears complete. */
export function put(path: string, content: string | Uint8Array) {
  const aside = join(dirname(path), "..", `${basename(path)}.${process.pid}`);
  writeFileSync(aside, content);
  renameSync(aside, path);
}
