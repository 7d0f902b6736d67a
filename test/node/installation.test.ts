import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { unstable_readConfig } from "wrangler";
import { root } from "../../scripts/root.ts";
import { configOf, resourcesOf, trackedConfig, writeConfig } from "../../scripts/setup/config.ts";
import { ONE, openAccount } from "./support/cloudflare-account.ts";

const tracked = await trackedConfig();

describe("an installation's configuration", { timeout: 3_600_000 }, () => {
  const installation = {
    name: "referrals-staging",
    account_id: ONE.id,
    database_id: "6f9d2c4e-0000-4000-8000-000000000000",
    kv_id: "b".repeat(32),
    region: "enam",
    jurisdiction: "us",
    domain: "staging.acme.com",
    vars: { MAIL_FROM: "hi@acme.com" },
  } as const;

  it("shares nothing with another one in the same account", () => {
    const [staging, production] = [installation, { ...installation, name: "referrals" }].map((one) =>
      configOf(tracked, one),
    );
    const namesOf = (config = tracked) => {
      const { database, queues, buckets } = resourcesOf(config);
      const limits = config.ratelimits?.map(({ namespace_id }) => namespace_id) ?? [];
      return [`worker ${config.name}`, `database ${database}`, ...queues, ...buckets, ...limits];
    };
    const all = [...namesOf(staging), ...namesOf(production)];
    assert.equal(new Set(all).size, all.length, all.join(" "));
    assert.deepEqual(namesOf(production), namesOf(tracked), "the first installation has the names of wrangler.toml");
    const dead = staging?.queues?.consumers?.flatMap(({ dead_letter_queue }) => dead_letter_queue ?? []) ?? [];
    assert.ok(
      dead.length > 0 && dead.every((queue) => queue.endsWith("-dead")),
      "src/outbox/consumer.ts knows them by it",
    );
  });

  it("is accepted by wrangler, with the files of the repository", () => {
    const file = writeConfig(configOf(tracked, installation));
    try {
      const config = unstable_readConfig({ config: file });
      const own = unstable_readConfig({ config: join(root, "wrangler.toml") });
      assert.equal(config.main, own.main);
      assert.ok(existsSync(join(file, "..", config.d1_databases[0]?.migrations_dir ?? "-")));
      assert.deepEqual(config.routes, [{ pattern: "staging.acme.com", custom_domain: true }]);
      assert.deepEqual([config.workers_dev, config.preview_urls, config.keep_vars], [false, false, true]);
      assert.equal(config.r2_buckets[0]?.jurisdiction, "us");
      assert.deepEqual(config.vars, { ...own.vars, MAIL_FROM: "hi@acme.com", D1_REGION: "enam", JURISDICTION: "us" });
      for (const key of [
        "compatibility_date",
        "compatibility_flags",
        "observability",
        "upload_source_maps",
        "triggers",
        "durable_objects",
        "migrations",
      ] as const)
        assert.equal(JSON.stringify(config[key]), JSON.stringify(own[key]), key);
    } finally {
      rmSync(join(file, ".."), { recursive: true });
    }
  });

  it("is deployed after its migrations, if it was set up", async () => {
    const account = openAccount();
    assert.match(
      (await account.deploy("--installation", "staging")).output,
      /npm run setup -- --installation staging --apply/,
    );
    await account.setup("--installation", "staging", "--apply");
    const done = await account.deploy("--installation", "staging");
    assert.equal(done.code, 0, done.output);
    const { deployed, workers, databases } = account.state();
    assert.deepEqual(
      deployed.map(({ what }) => what),
      ["d1", "deploy"],
    );
    for (const { config } of deployed)
      assert.deepEqual([config.name, config.account_id], ["referrals-staging", ONE.id]);

    account.change({ databases: databases.map((database) => ({ ...database, name: "restored" })) });
    assert.equal((await account.deploy("--installation", "staging")).code, 0, "a database is known by its ID");

    account.change({
      workers: { "referrals-staging": { ...workers["referrals-staging"], SEAL_SECRET: undefined as never } },
    });
    const refused = await account.deploy("--installation", "staging");
    assert.match(refused.output, /The Worker has no SEAL_SECRET/);
    assert.deepEqual(refused.changes, []);
  });
});

it("wrangler.toml keeps visitors out of Cloudflare's own log, and limits its queues", () => {
  const { observability, upload_source_maps, queues } = unstable_readConfig({ config: join(root, "wrangler.toml") });
  assert.equal(observability?.logs?.invocation_logs, false);
  assert.equal(observability?.redact_query_string, true);
  assert.equal(upload_source_maps, true);
  const consumers: { queue: string; max_concurrency?: number | null }[] = queues.consumers ?? [];
  const bounds = Object.fromEntries(consumers.map(({ queue, max_concurrency }) => [queue, max_concurrency]));
  assert.ok(Number(bounds["referrals-deliveries"]) >= 5 && Number(bounds["referrals-deliveries"]) <= 10);
  assert.equal(bounds["referrals-mails"], 2);
});
