import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { after } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { root } from "../../../scripts/root.ts";
import { trackedConfig } from "../../../scripts/setup/config.ts";
import { readInstallation } from "../../../scripts/setup/installation.ts";

export const [ONE, OTHER] = [
  { id: "1".repeat(32), name: "Acme" },
  { id: "2".repeat(32), name: "Acme's customer" },
];
const scratch = mkdtempSync(join(tmpdir(), "referrals-setup-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
symlinkSync(join(root, "test/node/support/wrangler.mjs"), join(scratch, "wrangler"));
const TRACKED_CONFIG = join(scratch, "tracked.json");
writeFileSync(TRACKED_CONFIG, JSON.stringify(await trackedConfig()));
const KNOWN_CONFIG = ["--import", join(root, "test/node/support/wrangler-config.mjs")];

type Account = {
  accounts: (typeof ONE)[];
  databases: { uuid: string; name: string; jurisdiction: string | null; region?: string }[];
  queues: string[];
  buckets: { name: string; jurisdiction: string }[];
  namespaces: { id: string; title: string; jurisdiction: string }[];
  workers: Record<string, Record<string, string>>;
  deployed: { what: string; config: Awaited<ReturnType<typeof trackedConfig>> }[];
  calls: { args: string[]; account: string | null }[];
  failAfter?: number;
};

/** A word of a shell's command line. */
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** A Cloudflare account, and its folder of installations. */
export function openAccount(accounts = [ONE]) {
  const folder = mkdtempSync(join(scratch, "account-"));
  const file = join(folder, "account.json");
  const fresh: Account = {
    accounts,
    databases: [],
    queues: [],
    buckets: [],
    namespaces: [],
    workers: {},
    deployed: [],
    calls: [],
  };
  const save = (state: Account) => writeFileSync(file, JSON.stringify(state));
  save(fresh);
  const state = (): Account => JSON.parse(readFileSync(file, "utf8"));
  const account = { environment: {} as Record<string, string> };
  const run = async (script: string, args: string[], flags: string[] = [], keys?: string) => {
    const before = state().calls.length;
    const env = {
      ...process.env,
      PATH: `${scratch}${delimiter}${process.env.PATH}`,
      FAKE_ACCOUNT: file,
      TRACKED_CONFIG,
      INSTALLATIONS_DIR: join(folder, "installations"),
      ...account.environment,
    };
    const line = [process.execPath, ...flags, join(root, "scripts/setup", script), ...args];
    const [command = "", ...rest] =
      keys === undefined ? line : ["script", "-qefc", line.map(quoted).join(" "), "/dev/null"];
    const child = spawn(command, rest, { env, cwd: root, stdio: "pipe" });
    if (keys === undefined) child.stdin.end();
    // Takes every suggestion, and types the keys where nothing is shown.
    child.stdout.on("data", (said: Buffer) => {
      const shown = stripVTControlCharacters(`${said}`);
      if (/\]: $/.test(shown)) child.stdin.write("\r");
      if (/later\): $/.test(shown)) child.stdin.write(keys ?? "");
    });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    const calls = state().calls.slice(before);
    const changes = calls.filter(({ args: [a, b, c] }) =>
      [a, b, c].some((word) => ["create", "bulk", "deploy", "apply"].includes(word ?? "")),
    );
    return { code: code as number, output: `${out}${err}`, calls, changes: changes.map((call) => call.args.join(" ")) };
  };
  return Object.assign(account, {
    state,
    change: (changes: Partial<Account>) => save({ ...state(), ...changes }),
    setup: (...args: string[]) => run("setup.ts", args, KNOWN_CONFIG),
    /** On a terminal, where each hidden question gets these keys. */
    setupTyping: (keys: string, ...args: string[]) => run("setup.ts", args, KNOWN_CONFIG, keys),
    deploy: (...args: string[]) => run("deploy.ts", args),
    installation: (label = "production") => readInstallation(join(folder, `installations/${label}.json`)),
    secretsFile: join(folder, "installations/production.secrets"),
    hasFiles: () => existsSync(join(folder, "installations")),
  });
}
