import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.ts";

/** Each has its program in a package for one platform, which npm picks. The scripts that would download one do not run. */
const PACKAGES = ["deno@2.9.6", "bun@1.4.5"];

// Plays the SDK's README in Deno and Bun, against the running product.
const folder = mkdtempSync(join(tmpdir(), "referrals-runtimes-"));
try {
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", "--save-exact", ...quiet, ...PACKAGES], { cwd: folder, stdio: "inherit" });
  const [deno, bun] = [programOf("@deno", "deno"), programOf("@oven", "bun")];
  const runtimes = { Deno: [deno, "run", "-A", "--node-modules-dir=manual"], Bun: [bun, "run"] };
  execFileSync(process.execPath, ["--test", "--test-force-exit", "test/node/sdk.test.ts"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SDK_RUNTIMES: JSON.stringify(runtimes), DENO_NO_UPDATE_CHECK: "1" },
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The program of this machine, among the packages of a scope. */
function programOf(scope: string, name: string): string {
  const found = globSync(`node_modules/${scope}/*/{,bin/}${name}{,.exe}`, { cwd: folder });
  const [file] = found.toSorted((a, b) => a.length - b.length);
  if (!file) throw new Error(`npm installed no ${name} for ${process.platform} on ${process.arch}.`);
  return join(folder, file);
}
