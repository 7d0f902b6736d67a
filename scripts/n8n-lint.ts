import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.ts";

/** n8n's own tools. They bring hundreds of packages, so they are installed into a temporary folder. */
const TOOLS = ["@n8n/node-cli@0.48.3", "n8n-workflow@2.41.0", "typescript@5.9.3", "@types/node@24.19.2"];

// Compiles the n8n nodes with n8n's types, and lints them as n8n does for verified community nodes.
const folder = mkdtempSync(join(tmpdir(), "referrals-n8n-lint-"));
const run = (command: string, args: string[], cwd: string) => execFileSync(command, args, { cwd, stdio: "inherit" });
try {
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  // The packages' install scripts serve databases and editors that we do not use.
  const quiet = ["--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  run("npm", ["install", "--save-exact", ...quiet, ...TOOLS], folder);
  const nodes = join(folder, "n8n-nodes-referrals");
  cpSync(join(root, "packages/n8n-nodes-referrals"), nodes, {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist)$/.test(path),
  });
  run(process.execPath, [join(folder, "node_modules/typescript/bin/tsc"), "-p", ".", "--noEmit"], nodes);
  run(join(folder, "node_modules/.bin/n8n-node"), ["lint"], nodes);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
