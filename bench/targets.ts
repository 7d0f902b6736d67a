import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { build, built } from "../scripts/build.ts";
import { startLocal } from "../scripts/local.ts";
import { migrate } from "../scripts/migrate.ts";
import { root } from "../scripts/root.ts";
import { LEAST, OWNER } from "./least.ts";

/** A runtime under test. Its data is deleted when it stops. */
export type Target = {
  url: string;
  pid: number;
  database: () => ReturnType<Miniflare["getD1Database"]>;
  stop: () => Promise<void>;
};

export const OPERATOR_TOKEN = "bench-operator";
export const SETTINGS = {
  JWT_SECRET: "bench-jwt",
  CODE_SECRET: "bench-code",
  SEAL_SECRET: "bench-seal",
  OPERATOR_TOKEN,
  ALLOW_LOCAL_WEBHOOKS: "on",
  RATE_LIMITS: "off",
};

/** How long to wait for a process to say that it listens. */
const START_PATIENCE_MS = 30_000;

const folders = new Set<string>();
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "referrals-bench-"));
  folders.add(folder);
  return folder;
}

/** Starts a runtime and reads its process id, which scripts/workerd.sh writes. */
async function noted<T>(start: () => Promise<T>) {
  const file = join(newFolder(), "pid");
  process.env.WORKERD_PID_FILE = file;
  const started = await start();
  delete process.env.WORKERD_PID_FILE;
  return { ...started, pid: Number(readFileSync(file, "utf8")) };
}

/** The product as `npm start` runs it, without its log. */
export async function startProduct(start = startLocal): Promise<Target> {
  const { url, pid, runtime, stop } = await noted(() =>
    start({ port: 0, stateDir: newFolder(), vars: SETTINGS, logs: false }),
  );
  return { url, pid, database: () => runtime.getD1Database("DB"), stop };
}

const GROUPS = "const GROUP_MAX_ITEMS = 200;";
const COPIED = [
  "src",
  "drizzle",
  "scripts",
  "migrations",
  "wrangler.toml",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

let ungrouped: Promise<{ startLocal: typeof startLocal }> | undefined;

/** The product with ledger groups of one item: the same transaction, one request per batch. */
export async function startUngrouped(): Promise<Target> {
  ungrouped ??= ungroupedCopy();
  const local = await ungrouped;
  return startProduct(local.startLocal);
}

async function ungroupedCopy(): Promise<{ startLocal: typeof startLocal }> {
  const copy = newFolder();
  for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const file = join(copy, "src/ledger/queue.ts");
  const text = readFileSync(file, "utf8");
  if (!text.includes(GROUPS))
    throw new Error(`src/ledger/queue.ts no longer contains "${GROUPS}". Update ${import.meta.filename}.`);
  writeFileSync(file, text.replace(GROUPS, "const GROUP_MAX_ITEMS = 1;"));
  return import(pathToFileURL(join(copy, "scripts/local.ts")).href);
}

/**
 * `floor.js` on the product's own tables. `constant` is its response to requests for no work. `receiver` is the URL
 * that it posts queue messages to; its queue has the settings of the product's webhook queue.
 */
export async function startFloor({ constant = "{}", receiver = "" } = {}): Promise<Target> {
  await build();
  const { compatibilityDate, d1Databases, queueProducers, queueConsumers } = JSON.parse(
    readFileSync(built.options, "utf8"),
  );
  const queue = queueProducers.DELIVERIES.queueName;
  const resourcePersistencePath = join(newFolder(), "v3");
  mkdirSync(resourcePersistencePath);
  await migrate(d1Databases.DB.id, resourcePersistencePath);
  const runtimeOptions = convertV4MiniflareOptions({
    port: 0,
    cf: false,
    resourcePersistencePath,
    modules: true,
    script: readFileSync(join(import.meta.dirname, "floor.js"), "utf8"),
    compatibilityDate,
    bindings: { ...LEAST, CONSTANT: constant, RECEIVER: receiver },
    d1Databases: { DB: d1Databases.DB.id },
    queueProducers: { DELIVERIES: queue },
    queueConsumers: { [queue]: queueConsumers[queue] },
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  });
  const { runtime, url, pid } = await noted(async () => {
    const runtime = new Miniflare(runtimeOptions);
    return { runtime, url: (await runtime.unsafeGetDirectURL()).origin };
  });
  const database = () => runtime.getD1Database("DB");
  await (await database()).exec(OWNER);
  return { url, pid, database, stop: () => runtime.dispose() };
}

/** `plain.ts`, a process without Workers and D1. */
export async function startPlain(): Promise<Omit<Target, "database">> {
  const child = fork(join(import.meta.dirname, "plain.ts"), [join(newFolder(), "plain.sqlite")]);
  const [port] = (await once(child, "message", { signal: AbortSignal.timeout(START_PATIENCE_MS) })) as [number];
  const stop = async () => {
    const gone = once(child, "exit");
    child.kill();
    await gone;
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? Number.NaN, stop };
}
