import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { root } from "../../scripts/root.ts";
import { answers, freshClone } from "./support/clone.ts";

/** Larger than the backlog, and than any pipe. */
const REQUESTS_OF_A_FLOOD = 400;

/** Opens a port to show that it runs, and does nothing. */
const HANGS = `require("node:net").createServer().listen(0, "127.0.0.1", function () {
  require("node:fs").writeFileSync(process.env.HANGS_AT, "http://127.0.0.1:" + this.address().port);
});`;

const clone = freshClone();
const scratch = mkdtempSync(join(tmpdir(), "referrals-stop-"));
const pidFile = join(scratch, "workerd.pid");
const modules = join(clone.folder, "node_modules");
// Each request logs 20 KB.
clone.patch(
  "src/worker.ts",
  "fetch: answer,",
  'fetch: (request, env, ctx) => (console.log("x".repeat(20_000)), answer(request, env, ctx)),',
);

const isOpen = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(500) }).then(
    () => true,
    (error) => error.name === "TimeoutError",
  );
async function gone(url: string) {
  while (await isOpen(url)) await setTimeout(50);
}
async function made(file: string) {
  while (!existsSync(file) || readFileSync(file, "utf8") === "") await setTimeout(20);
  return readFileSync(file, "utf8");
}

/** Each of these once hung forever, or left a process behind. */
describe("SIGTERM ends npm start", { timeout: 3_600_000 }, () => {
  after(() => {
    clone.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("during installation, with an unresponsive registry", async () => {
    rmSync(modules, { recursive: true });
    const registry = createServer().listen(0, "127.0.0.1");
    await once(registry, "listening");
    const asked = once(registry, "connection");
    const product = clone.run("npm", ["start"], {
      npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
      npm_config_cache: join(scratch, "npm"),
      npm_config_update_notifier: "false",
    });
    await product.printed(/Installing dependencies/);
    await asked;
    product.child.kill("SIGTERM");
    await product.ended;
    registry.close();
  });

  it("during a build that hangs", async () => {
    rmSync(modules, { recursive: true, force: true });
    mkdirSync(modules);
    for (const name of readdirSync(join(root, "node_modules")).filter((name) => name !== "wrangler"))
      symlinkSync(join(root, "node_modules", name), join(modules, name));
    mkdirSync(join(modules, "wrangler/bin"), { recursive: true });
    writeFileSync(join(modules, "wrangler/bin/wrangler.js"), HANGS);
    const at = join(scratch, "build");
    const product = clone.run("npm", ["start"], { HANGS_AT: at });
    const url = await made(at);
    product.child.kill("SIGTERM");
    assert.equal(await product.ended, 0);
    await gone(url);
    assert.deepEqual(
      readdirSync(join(clone.folder, "dist")).filter((name) => name.startsWith("building-")),
      [],
    );
    rmSync(modules, { recursive: true });
    symlinkSync(join(root, "node_modules"), modules);
  });

  it("during migrations, with a hanging runtime", async () => {
    const state = join(scratch, "state");
    const product = clone.run("npm", ["start"], { WORKERD_PID_FILE: pidFile, STATE_DIR: state });
    const isBegun = () =>
      existsSync(state) && readdirSync(state, { recursive: true }).some((file) => /sqlite$/.test(String(file)));
    while (!isBegun()) await setTimeout(1);
    const pid = Number(readFileSync(pidFile, "utf8"));
    process.kill(pid, "SIGSTOP");
    product.child.kill("SIGTERM");
    assert.equal(await product.ended, 0);
    await untilGone(pid);
  });

  it("while it serves, with a runtime that hangs or was just killed", async () => {
    for (const signal of ["SIGSTOP", "SIGKILL"]) {
      const product = await clone.start("npm", ["start"], { WORKERD_PID_FILE: pidFile });
      process.kill(Number(readFileSync(pidFile, "utf8")), signal);
      product.child.kill("SIGTERM");
      assert.equal(await product.ended, 0, signal);
      await untilGone(Number(readFileSync(pidFile, "utf8")));
    }
  });

  it("while its output is not read, and it serves until then", async () => {
    const product = await clone.start("npm", ["start"]);
    product.child.stdout.pause();
    await flood(product.url);
    const exited = once(product.child, "exit");
    product.child.kill("SIGTERM");
    assert.deepEqual(await exited, [0, null]);
    await gone(product.url);
  });

  it("and so does the end of its reader", async () => {
    const product = await clone.start("npm", ["start"]);
    const exited = once(product.child, "exit");
    product.child.stdout.destroy();
    await answers(product.url);
    await exited;
    await gone(product.url);
  });

  it("while its terminal is paused, and it serves until then", {
    skip: hasTerminal() ? false : "needs script",
  }, async () => {
    const terminal = clone.run("script", ["-qefc", "sh -c 'echo npm=$$; exec npm start'", "/dev/null"]);
    const npm = Number(await terminal.printed(/npm=(\d+)/));
    const url = await terminal.printed(/Listening on (http:[^\s]+)/);
    terminal.child.stdout.pause();
    await flood(url);
    process.kill(npm, "SIGTERM");
    await gone(url);
    terminal.child.stdout.resume();
    await terminal.ended;
  });

  it("after the process that started npm has ended; it also ends when npm does", async () => {
    const orphan = clone.run("sh", ["-c", "npm start & echo npm=$!; wait"]);
    const npm = Number(await orphan.printed(/npm=(\d+)/));
    await orphan.printed(/Listening on (http:\S+)/);
    orphan.child.kill("SIGKILL");
    process.kill(npm, "SIGTERM");
    await orphan.ended;

    const left = await clone.start("npm", ["start"]);
    left.child.kill("SIGKILL");
    await left.ended;
    await gone(left.url);
  });
});

async function flood(url: string) {
  for (let i = 0; i < REQUESTS_OF_A_FLOOD; i++) assert.equal(await answers(url), 200);
}

/** A zombie process counts as ended. */
async function untilGone(pid: number) {
  const isThere = () => {
    try {
      return process.kill(pid, 0) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };
  while (isThere()) await setTimeout(50);
}

function hasTerminal() {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
}
