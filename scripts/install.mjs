// Installs the dependencies if package.json or the lock file changed since the last time, and waits if another process
// is installing. Runs on any Node >= 20 with nothing installed; all other scripts then run on the Node of
// node_modules/.bin. package.json calls it in parentheses, because a shell remembers where it found `node` and would
// continue with the old one.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "node_modules/.install-stamp");
const lock = join(root, ".cache/install.lock");
const linked = join(root, "node_modules/.bin/node");
const major = Number.parseInt(process.versions.node, 10);

/** How long npm may take to undo what it began. */
const UNDOES_WITHIN_MS = 3000;
let installing;

// A signal to npm, or its end, reaches the shell in between but not this process.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && stop(), 500).unref();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);

if (major < 20) {
  fail(`Node 20 or newer is needed; ${process.execPath} is Node ${process.versions.node}.`);
} else if (!isInstalled() || !existsSync(linked)) {
  await takeLock();
  try {
    if (isInstalled() || (await install())) linkNode();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isInstalled() {
  return read(stamp) === wanted();
}

/** A hash of what should be installed: the exact versions in package.json, and the rest of the tree in the lock file. */
function wanted() {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest();
  return createHash("sha256")
    .update(JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides]))
    .update(read(join(root, "package-lock.json")))
    .digest("hex");
}

/**
 * `npm install --no-save`, because `npm ci` would delete node_modules, including the Node that may be running this
 * script.
 */
async function install() {
  console.log("Installing dependencies (the first time takes a minute).");
  const args = ["install", "--no-save"];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: "inherit" };
  installing = npm?.endsWith("npm-cli.js")
    ? spawn(process.execPath, [npm, ...args], options)
    : spawn("npm", args, { ...options, shell: process.platform === "win32" });
  const [code] = await once(installing, "close");
  if (code !== 0) return fail("npm install failed.");
  writeFileSync(stamp, wanted());
  return true;
}

function stop() {
  if (!installing) process.exit(1);
  clearInterval(watch);
  installing.kill();
  setTimeout(() => installing.kill("SIGKILL"), UNDOES_WITHIN_MS).unref();
}

/**
 * npm 10 drops its link to Node together with the packages for other platforms, because their `bin` has the same name.
 */
function linkNode() {
  if (existsSync(linked)) return;
  const brought = Object.keys(manifest().optionalDependencies).find((name) =>
    existsSync(join(root, "node_modules", name, "bin/node")),
  );
  rmSync(linked, { force: true });
  if (brought) symlinkSync(`../${brought}/bin/node`, linked);
  // Node 24 is the first version that runs our TypeScript without a build.
  else if (major < 24)
    fail(`npm has no Node package for ${process.platform} ${process.arch}. Install Node 24 or newer, and try again.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

function manifest() {
  return JSON.parse(read(join(root, "package.json")));
}

async function takeLock() {
  mkdirSync(join(root, ".cache"), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!isAlive(Number(read(lock)))) rmSync(lock, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function isAlive(pid) {
  try {
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
