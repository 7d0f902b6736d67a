import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { makeAssets, put } from "./assets.ts";
import { DOCS_SOURCES } from "./docs-site.ts";
import { thirdPartyLicenses } from "./licenses.ts";
import { root } from "./root.ts";

/** Everything that the build's output depends on. */
const INPUTS = [
  "src",
  "drizzle/schema",
  "wrangler.toml",
  "tsconfig.json",
  "package-lock.json",
  "scripts/build.ts",
  "scripts/assets.ts",
  "scripts/licenses.ts",
  "scripts/share-font.ts",
  "scripts/zod/zod.js",
  "scripts/zod/classic.js",
  "scripts/zod/core.js",
  "scripts/docs-contents.ts",
  "scripts/docs-site.ts",
  ...DOCS_SOURCES,
];
const dist = join(root, "dist");

/** The built Worker, and its wrangler.toml configuration in Miniflare's format. */
export const built = {
  script: join(dist, "worker/worker.js"),
  options: join(dist, "worker/options.json"),
  assets: join(dist, "assets"),
};

/** Builds the Worker and its assets, unless nothing changed since the last build. */
export async function build(say: (line: string) => void = console.log) {
  const hash = inputsHash();
  if (isBuilt(hash)) return;
  say("Building the Worker.");
  await makeAssets(built.assets);
  put(join(built.assets, "third-party-licenses.txt"), (await thirdPartyLicenses()).text);
  // Built in a temporary folder and moved at the end, because another process may be building or starting from the same
  // folder.
  const made = mkdtempSync(join(dist, "building-"));
  const clear = () => rmSync(made, { recursive: true, force: true });
  process.once("exit", clear);
  try {
    say(await bundle(made));
    writeFileSync(join(made, "options.json"), JSON.stringify(await workerOptions(), null, 2));
    writeFileSync(join(made, "inputs"), hash);
    if (isBuilt(hash)) return;
    rmSync(join(dist, "worker"), { recursive: true, force: true });
    renameSync(made, join(dist, "worker"));
  } finally {
    process.off("exit", clear);
    clear();
  }
}

function isBuilt(hash: string) {
  const stamp = join(dist, "worker/inputs");
  return existsSync(built.assets) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

function inputsHash() {
  const hash = createHash("sha256");
  for (const input of INPUTS) {
    const path = join(root, input);
    for (const file of filesIn(path)) hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesIn(path: string): string[] {
  if (/\.[a-z]+$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Makes the bundle that `wrangler deploy` uploads. It ends with this process.
 * @returns its size, as a sentence
 */
async function bundle(outdir: string) {
  const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");
  const child = spawn(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", outdir], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" },
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  process.off("exit", end);
  if (code !== 0) throw new Error(`wrangler could not build the Worker.\n${stdout}${stderr}`);
  return stdout.match(/Total Upload:.*/)?.[0] ?? stdout;
}

/**
 * The Worker's options without the values of variables, which are not part of the build, and without paths of this
 * machine.
 */
async function workerOptions() {
  process.env.WRANGLER_LOG ??= "error";
  const { unstable_getMiniflareWorkerOptions, unstable_readConfig } = await import("wrangler");
  const config = unstable_readConfig({ config: join(root, "wrangler.toml") });
  const { rootPath, modulesRules, assets, ...options } = unstable_getMiniflareWorkerOptions(config).workerOptions;
  return { ...options, name: config.name, bindings: config.vars };
}

if (import.meta.main) await build();
