import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.ts";

// Builds the Zapier app as its README says, next to Zapier's own core, and runs the tests on both: the core validates, runs every
// method, and reports errors like Zapier. The core has too many packages for the project's own installation.
const folder = mkdtempSync(join(tmpdir(), "referrals-zapier-app-"));
const run = (command: string, args: string[], cwd: string, env = {}) =>
  execFileSync(command, args, { cwd, stdio: "inherit", env: { ...process.env, ...env } });
try {
  for (const name of ["packages/zapier", "packages/tsconfig.json"])
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)$/.test(path),
    });
  const app = join(folder, "packages/zapier");
  run("npm", ["ci", "--no-audit", "--no-fund"], app);
  run("npm", ["run", "_zapier-build"], app);
  run(process.execPath, ["--test", "--test-force-exit", "test/node/zapier.test.ts"], root, { ZAPIER_APP: app });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
