import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { Cron } from "croner";
import {
  convertV4MiniflareOptions,
  Miniflare,
  type Request,
  type Response,
  type WorkerdStructuredLog,
} from "miniflare";
import { build, built } from "./build.ts";
import { isLost } from "./lost.ts";
import { migrate } from "./migrate.ts";
import { printError, printLine } from "./output.ts";
import { root } from "./root.ts";
import { readSecrets } from "./secrets.ts";
import { localSettings } from "./settings.ts";

export type LocalOptions = {
  /** 0 for any free port. */
  port: number;
  stateDir: string;
  /** These override .dev.vars and the environment. */
  vars?: Record<string, string>;
  /** Whether to print the Worker's log lines. The runtime's warnings and errors always go to stderr. */
  logs?: boolean;
  /** Whether to hide even those. */
  isSilent?: boolean;
  /** Cron patterns in place of wrangler.toml's. croner also supports seconds. */
  crons?: string[];
  /** Whether the runtime's own address (not the product's) shows what the simulated bindings received, such as emails. */
  explorer?: boolean;
  /** A module that stands in for the Worker, which it imports from `./worker.js`, and service bindings that it needs. */
  between?: { module: string; services: Record<string, () => Response> };
  /** Answers the Worker's outgoing requests in place of the network. */
  world?: (request: Request) => Promise<Response>;
};

/**
 * Serves the assets in front of the Worker, as Cloudflare's edge does. Miniflare's own router makes each request three
 * times slower.
 */
const front = (worker: string) => `
import worker from "./${worker}";
export * from "./${worker}";
let paths;
const pathOf = (url) => {
  const [from, to] = [url.indexOf("/", 8), url.indexOf("?")];
  return to < 0 ? url.slice(from) : url.slice(from, to);
};
export default {
  ...worker,
  fetch: (request, env, ctx) => {
    paths ??= new Set(env.ASSET_PATHS);
    return paths.has(pathOf(request.url)) ? env.ASSETS.fetch(request) : worker.fetch(request, env, ctx);
  },
};`;

if (process.platform !== "win32") {
  const fromMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  process.env.WORKERD = fromMiniflare("workerd").default;
  process.env.MINIFLARE_WORKERD_PATH = join(root, "scripts/workerd.sh");
}

/** Starts the built Worker in Miniflare, with all bindings of wrangler.toml, persistent state, and no dev proxy. */
export async function startLocal({
  port,
  stateDir,
  vars,
  logs = true,
  isSilent = false,
  crons,
  explorer = false,
  between,
  world,
}: LocalOptions) {
  await build();
  // wrangler returns options in Miniflare's older format, which Miniflare converts itself.
  const worker = JSON.parse(readFileSync(built.options, "utf8"));
  const settings = localSettings(worker.bindings, readSecrets(join(root, ".dev.vars")), {
    ...vars,
    ...(!logs && { LOGS: "off" }),
  });
  // wrangler uses this folder inside its --persist-to.
  const persistencePath = join(resolve(root, stateDir), "v3");
  mkdirSync(persistencePath, { recursive: true });
  await migrate(worker.d1Databases.DB.id, persistencePath);

  const folder = join(built.script, "..");
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      port: 0,
      cf: false,
      unsafeLocalExplorer: explorer,
      unsafeTriggerHandlers: true,
      resourcePersistencePath: persistencePath,
      handleStructuredLogs: isSilent ? () => {} : logs ? printLog : printComplaint,
      workers: [
        {
          ...worker,
          modulesRoot: folder,
          modules: [
            {
              type: "ESModule",
              path: join(folder, "front.js"),
              contents: front(between ? "between.js" : "worker.js"),
            },
            ...(between ? [{ type: "ESModule", path: join(folder, "between.js"), contents: between.module }] : []),
            { type: "ESModule", path: built.script },
          ],
          bindings: { ...settings, ASSET_PATHS: assetPaths() },
          serviceBindings: { ASSETS: ASSETS_WORKER, ...between?.services },
          ...(world && { outboundService: world }),
          unsafeDirectSockets: [{ host: "127.0.0.1", port }],
        },
        assetsWorker(worker.compatibilityDate),
      ],
    }),
  );
  const url = await addressOf(runtime, port);
  const jobs = startCrons(runtime, crons ?? worker.cronTriggers ?? []);
  return {
    url,
    runtime,
    settings,
    /** Runs the minute jobs and waits for them. Repeats the call if its answer was lost. */
    runJobs: async () => {
      const run = () => runCron(runtime, "* * * * *", new Date());
      await run().catch((error) => {
        if (!isLost(error)) throw error;
        return run();
      });
    },
    stop: async () => {
      for (const job of jobs) job.stop();
      await runtime.dispose();
    },
  };
}

export const ASSETS_WORKER = "assets";

export const assetsWorker = (compatibilityDate: string) => ({
  name: ASSETS_WORKER,
  modules: true as const,
  script: "export default {}",
  compatibilityDate,
  assets: { directory: built.assets, binding: "ASSETS" },
});

async function addressOf(runtime: Miniflare, port: number) {
  try {
    return (await runtime.unsafeGetDirectURL()).origin;
  } catch (error) {
    if (String(error).includes("Address already in use"))
      throw new Error(`Port ${port} is in use. Stop the other process, or choose another port: PORT=8788 npm start`);
    throw error;
  }
}

/**
 * Runs the cron triggers, which nothing else fires locally. A run that takes longer than its period is not started a
 * second time.
 */
function startCrons(runtime: Miniflare, patterns: string[]) {
  return patterns.map(
    (pattern) =>
      new Cron(pattern, { timezone: "UTC", protect: true, unref: true }, async (cron) => {
        try {
          await runCron(runtime, pattern, cron.currentRun() ?? new Date());
        } catch (error) {
          printError(`The cron trigger ${pattern} failed: ${error}`);
        }
      }),
  );
}

/**
 * Fires a cron trigger by a request to the runtime's own address, which is not the product's. Never by Miniflare's
 * `getWorker` or another of its proxies: they stop this thread until the runtime answers, while the runtime may be
 * waiting for this thread to read its log.
 */
async function runCron(runtime: Miniflare, pattern: string, time: Date) {
  const query = new URLSearchParams({ cron: pattern, time: String(time.getTime()) });
  const response = await runtime.dispatchFetch(`http://localhost/cdn-cgi/local/scheduled?${query}`);
  const outcome = await response.text();
  if (!response.ok) throw new Error(outcome);
}

const assetPaths = () =>
  readdirSync(built.assets, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "_headers")
    .map((entry) => `/${relative(built.assets, join(entry.parentPath, entry.name)).replaceAll(sep, "/")}`);

const isComplaint = ({ level }: WorkerdStructuredLog) => level === "warn" || level === "error";

function printLog(line: WorkerdStructuredLog) {
  (isComplaint(line) ? printError : printLine)(line.message);
}

function printComplaint(line: WorkerdStructuredLog) {
  if (isComplaint(line)) printLog(line);
}
