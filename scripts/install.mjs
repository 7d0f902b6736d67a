// Installs the dependencies when package.json or the lock file changed since the last time, and waits for another one that is at it.
// Runs on any Node >= 20 with nothing installed; every other script then runs on the Node of node_modules/.bin.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "node_modules/.install-stamp");
const lock = join(root, ".cache/install.lock");

if (!isInstalled()) {
  await takeLock();
  try {
    if (!isInstalled()) install();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isInstalled() {
  return read(stamp) === wanted();
}

/** What is asked for: the exact versions of package.json, and the rest of the tree in the lock file. */
function wanted() {
  const { dependencies, devDependencies, overrides } = JSON.parse(read(join(root, "package.json")));
  return createHash("sha256")
    .update(JSON.stringify([dependencies, devDependencies, overrides]))
    .update(read(join(root, "package-lock.json")))
    .digest("hex");
}

/** `npm install` and not `npm ci`, which refuses a lock file that lacks the binaries of this platform; nothing is saved back. */
function install() {
  console.log("Installing dependencies (the first time takes a minute).");
  const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: "inherit" };
  const { status } = npm?.endsWith("npm-cli.js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status !== 0) {
    console.error("npm install failed.");
    process.exitCode = 1;
    return;
  }
  writeFileSync(stamp, wanted());
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
    await setTimeout(200);
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
