import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { root } from "../../../scripts/root.ts";

const NOT_IN_A_CLONE = new Set(["node_modules", "dist", ".wrangler", ".cache", ".dev.vars", "installations", ".git"]);

/** The repository without build results, but with the installed packages. */
export function freshClone() {
  const scratch = mkdtempSync(join(tmpdir(), "referrals-clone-"));
  const clone = join(scratch, "clone");
  const started: ChildProcess[] = [];
  execFileSync(process.execPath, [join(root, "scripts/install.mjs")]);
  cpSync(root, clone, { recursive: true, filter: (path) => path === root || !NOT_IN_A_CLONE.has(basename(path)) });
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));

  /** Runs a command in the clone. `ended` also waits for its children, which hold its output open. */
  function run(command: string, args: string[], env: Record<string, string> = {}) {
    const child = spawn(command, args, { cwd: clone, env: { ...process.env, PORT: "0", ...env } });
    started.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    let isOver = false;
    const ended = once(child, "close").then(([code]) => {
      isOver = true;
      return code as number | null;
    });
    /** Waits until it has printed this. */
    const printed = async (what: RegExp) => {
      while (!what.test(output) && !isOver) await setTimeout(20);
      const [, found = ""] = output.match(what) ?? assert.fail(`ended before it printed ${what}:\n${output}`);
      return found;
    };
    return { child, ended, printed, output: () => output };
  }

  return {
    folder: clone,
    run,
    /** Starts the product and waits until it prints its URL. */
    start: async (command: string, args: string[], env: Record<string, string> = {}) => {
      const product = run(command, args, env);
      return { ...product, url: await product.printed(/Listening on (http:\S+)/) };
    },
    patch: (file: string, from: string, to: string) => {
      const text = readFileSync(join(clone, file), "utf8");
      assert.ok(text.includes(from), `${file} no longer contains ${from}`);
      writeFileSync(join(clone, file), text.replace(from, to));
    },
    remove: () => {
      for (const child of started) child.kill("SIGKILL");
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** The status of /healthz, 0 if nothing answers. */
export const answers = (url: string) =>
  fetch(`${url}/healthz`).then(
    (response) => response.status,
    () => 0,
  );
