import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Unstable_RawConfig as RawConfig } from "wrangler";
import { root } from "../root.ts";
import type { Installation } from "./installation.ts";

/** wrangler.toml as it is in the repository. */
export async function trackedConfig(): Promise<RawConfig> {
  const { experimental_readRawConfig } = await import("wrangler");
  return experimental_readRawConfig({ config: join(root, "wrangler.toml") }).rawConfig;
}

/**
 * wrangler.toml with the values of an installation. Everything that an account can have only once is named after the
 * installation, so several fit in one account.
 * @throws if a setting is unknown
 */
export function configOf(tracked: RawConfig, installation: Installation): RawConfig {
  const { name, account_id, database_id, kv_id, region, jurisdiction, domain, vars } = installation;
  const own = (shared: string) =>
    shared === tracked.name || shared.startsWith(`${tracked.name}-`)
      ? name + shared.slice(tracked.name?.length)
      : shared;
  const unknown = Object.keys(vars).filter((setting) => !(setting in (tracked.vars ?? {})) || setting in PLACE);
  if (unknown.length > 0)
    throw new Error(`wrangler.toml has no setting ${unknown.join(", ")} that an installation may change.`);
  return {
    ...tracked,
    name,
    account_id,
    keep_vars: true,
    workers_dev: domain === "",
    preview_urls: false,
    ...(domain && { routes: [{ pattern: domain, custom_domain: true }] }),
    vars: { ...tracked.vars, ...vars, D1_REGION: region, JURISDICTION: jurisdiction },
    d1_databases: tracked.d1_databases?.map(({ preview_database_id: _, ...database }) => ({
      ...database,
      database_name: own(database.database_name ?? ""),
      database_id,
    })),
    kv_namespaces: kv_id ? tracked.kv_namespaces?.map((namespace) => ({ ...namespace, id: kv_id })) : [],
    r2_buckets: tracked.r2_buckets?.map((bucket) => ({
      ...bucket,
      bucket_name: own(bucket.bucket_name ?? ""),
      ...(jurisdiction && { jurisdiction }),
    })),
    queues: {
      producers: tracked.queues?.producers?.map((producer) => ({ ...producer, queue: own(producer.queue ?? "") })),
      consumers: tracked.queues?.consumers?.map((consumer) => ({
        ...consumer,
        queue: own(consumer.queue),
        ...(consumer.dead_letter_queue && { dead_letter_queue: own(consumer.dead_letter_queue) }),
      })),
    },
    ratelimits: tracked.ratelimits?.map((limit) => ({
      ...limit,
      namespace_id: name === tracked.name ? limit.namespace_id : limitIdOf(name, limit.namespace_id),
    })),
  };
}

/** Settings derived from the data's location. */
const PLACE = { D1_REGION: true, JURISDICTION: true };

/** Workers of an account that use the same id would share the counters. Below 2^31. */
const limitIdOf = (name: string, id: string) => {
  const hash = createHash("sha256").update(name).digest("hex");
  return String(Number.parseInt(hash.slice(0, 6), 16) * 100 + (Number(id) % 100));
};

/** The names of the resources that a deploy requires. */
export function resourcesOf(config: RawConfig) {
  const { producers = [], consumers = [] } = config.queues ?? {};
  const queues = [...producers.map(({ queue }) => queue), ...consumers.flatMap((c) => [c.queue, c.dead_letter_queue])];
  return {
    database: config.d1_databases?.[0]?.database_name ?? "",
    queues: [...new Set(queues.filter((queue) => queue !== undefined))],
    /** The KV namespace of connected apps. */
    namespace: `${config.name}-oauth`,
    buckets: (config.r2_buckets ?? []).map(({ bucket_name }) => bucket_name ?? ""),
  };
}

/**
 * Writes the merged configuration for wrangler, with paths relative to its own folder.
 * @returns its path
 */
export function writeConfig(config: RawConfig): string {
  const file = join(root, "dist/installations", config.name ?? "", "wrangler.json");
  const here = (path = "") => relative(dirname(file), join(root, path));
  mkdirSync(dirname(file), { recursive: true });
  const placed: RawConfig = {
    ...config,
    main: here(config.main),
    ...(config.assets && { assets: { ...config.assets, directory: here(config.assets.directory) } }),
    d1_databases: config.d1_databases?.map((database) => ({
      ...database,
      migrations_dir: here(database.migrations_dir),
    })),
  };
  writeFileSync(file, `${JSON.stringify(placed, null, 2)}\n`);
  return file;
}
