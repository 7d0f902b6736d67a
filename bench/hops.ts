import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { build, built } from "../scripts/build.ts";
import { ASSETS_WORKER, assetsWorker } from "../scripts/local.ts";
import { migrate } from "../scripts/migrate.ts";
import { localSettings } from "../scripts/settings.ts";
import { newFolder, SETTINGS } from "./targets.ts";

/** A call from one place to another before the response. `began` and `ended` count moments, not time. */
export type Hop = {
  by: "worker" | "ledger";
  to: "cache" | "asset" | "limit" | "replica" | "primary" | "ledger";
  began: number;
  ended: number;
};

/** Runs the built Worker and records the hops that each request waits for. */
export async function startRecorder() {
  await build();
  const worker = JSON.parse(readFileSync(built.options, "utf8"));
  const resourcePersistencePath = newFolder();
  await migrate(worker.d1Databases.DB.id, resourcePersistencePath);
  const settings = localSettings(worker.bindings, {}, { ...SETTINGS, RATE_LIMITS: "on", LOGS: "off" });
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      resourcePersistencePath,
      workers: [
        {
          ...worker,
          modules: [
            {
              type: "ESModule",
              path: join(built.script, "../recorder.js"),
              contents: readFileSync(join(import.meta.dirname, "recorder.js"), "utf8"),
            },
            { type: "ESModule", path: built.script },
          ],
          modulesRoot: join(built.script, ".."),
          bindings: settings,
          serviceBindings: { ASSETS: ASSETS_WORKER },
        },
        assetsWorker(worker.compatibilityDate),
      ],
    }),
  );
  await runtime.ready;
  return {
    database: () => runtime.getD1Database("DB"),
    hops: async (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Hop[]> => {
      const response = await runtime.dispatchFetch(`http://referrals.test${path}`, {
        method,
        headers: { "Content-Type": "application/json", ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const { status, hops } = (await response.json()) as { status: number; hops: Hop[] };
      if (status >= 400) throw new Error(`${method} ${path} replied with ${status}.`);
      return hops;
    },
    stop: () => runtime.dispose(),
  };
}

/** The hops that a response waited for, one after the other. A ledger's own hops are within the call to it. */
export function inSequence(hops: Hop[]): Hop[] {
  return chain(hops.filter(({ by }) => by === "worker")).flatMap((hop) => {
    if (hop.to !== "ledger") return [hop];
    return [
      hop,
      ...chain(
        hops.filter(({ by, began }) => by === "ledger" && began > hop.began),
        hop.ended,
      ),
    ];
  });
}

/**
 * From the end backward: the hop that ended last, the one that ended last before it began, and so on. The response did
 * not wait for any others.
 */
function chain(hops: Hop[], before = Number.POSITIVE_INFINITY): Hop[] {
  const last = hops.filter(({ ended }) => ended < before).sort((a, b) => b.ended - a.ended)[0];
  return last ? [...chain(hops, last.began), last] : [];
}
