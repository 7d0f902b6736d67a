import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { after, describe, it } from "node:test";
import { unstable_readConfig } from "wrangler";
import { root } from "../../scripts/root.ts";
import { SECRETS } from "../../scripts/secrets.ts";
import { type Ask, answersOf } from "../../scripts/setup/answers.ts";
import { configOf, resourcesOf, trackedConfig, writeConfig } from "../../scripts/setup/config.ts";
import { readInstallation } from "../../scripts/setup/installation.ts";

const [ONE, OTHER] = [
  { id: "1".repeat(32), name: "Acme" },
  { id: "2".repeat(32), name: "Acme's customer" },
];
const scratch = mkdtempSync(join(tmpdir(), "referrals-setup-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
symlinkSync(join(root, "test/node/support/wrangler.mjs"), join(scratch, "wrangler"));

type Account = {
  accounts: (typeof ONE)[];
  databases: { uuid: string; name: string; jurisdiction: string | null; region?: string }[];
  queues: string[];
  buckets: { name: string; jurisdiction: string }[];
  workers: Record<string, Record<string, string>>;
  deployed: { what: string; config: Awaited<ReturnType<typeof trackedConfig>> }[];
  calls: { args: string[]; account: string | null }[];
  failAfter?: number;
};

/** A Cloudflare account, and a folder of installations that goes with it. */
function openAccount(accounts = [ONE]) {
  const folder = mkdtempSync(join(scratch, "account-"));
  const file = join(folder, "account.json");
  const fresh: Account = { accounts, databases: [], queues: [], buckets: [], workers: {}, deployed: [], calls: [] };
  const save = (state: Account) => writeFileSync(file, JSON.stringify(state));
  save(fresh);
  const state = (): Account => JSON.parse(readFileSync(file, "utf8"));
  const run = async (script: string, args: string[]) => {
    const before = state().calls.length;
    const env = {
      ...process.env,
      PATH: `${scratch}${delimiter}${process.env.PATH}`,
      FAKE_ACCOUNT: file,
      INSTALLATIONS_DIR: join(folder, "installations"),
    };
    const child = spawn(process.execPath, [join(root, "scripts/setup", script), ...args], {
      env,
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    const calls = state().calls.slice(before);
    const changes = calls.filter(({ args: [a, b, c] }) =>
      [a, b, c].some((word) => ["create", "bulk", "deploy", "apply"].includes(word ?? "")),
    );
    return { code: code as number, output: `${out}${err}`, calls, changes: changes.map((call) => call.args.join(" ")) };
  };
  return {
    state,
    change: (changes: Partial<Account>) => save({ ...state(), ...changes }),
    setup: (...args: string[]) => run("setup.ts", args),
    deploy: (...args: string[]) => run("deploy.ts", args),
    restore: (...args: string[]) => run("../restore/restore.ts", args),
    installation: (label = "production") => readInstallation(join(folder, `installations/${label}.json`)),
    secretsFile: join(folder, "installations/production.secrets"),
    hasFiles: () => existsSync(join(folder, "installations")),
  };
}

const tracked = await trackedConfig();
const wanted = resourcesOf(tracked);

describe("npm run setup", { timeout: 600_000 }, () => {
  it("shows every call and changes nothing, until --apply", async () => {
    const account = openAccount();
    const tried = await account.setup("--domain", "refer.acme.com", "--mail-from", "hello@acme.com");
    assert.equal(tried.code, 0, tried.output);
    assert.deepEqual(tried.changes, []);
    assert.equal(account.hasFiles(), false);
    for (const call of tried.calls)
      assert.ok(tried.output.includes(`npx wrangler ${call.args.join(" ")}`), call.args.join(" "));

    const applied = await account.setup("--domain", "refer.acme.com", "--mail-from", "hello@acme.com", "--apply");
    assert.equal(applied.code, 0, applied.output);
    assert.ok(applied.changes.length > 0);
    for (const change of applied.changes)
      assert.ok(tried.output.includes(`npx wrangler ${change}`), `announced: ${change}`);
    for (const what of ["Workers Paid", "R2 must be on", "refer.acme.com must belong", "DNS of acme.com"])
      assert.ok(tried.output.includes(what), what);

    const { databases, queues, buckets, workers } = account.state();
    assert.deepEqual(
      databases.map(({ name, region }) => [name, region]),
      [[wanted.database, "weur"]],
    );
    assert.deepEqual(queues.toSorted(), wanted.queues.toSorted());
    assert.deepEqual(buckets.map(({ name }) => name).toSorted(), wanted.buckets.toSorted());
    assert.deepEqual(Object.keys(workers.referrals ?? {}), SECRETS);
    for (const secret of Object.values(workers.referrals ?? {})) {
      assert.match(secret, /^[\w-]{43}$/);
      assert.ok(!applied.output.includes(secret), "secrets are not printed");
      assert.ok(readFileSync(account.secretsFile, "utf8").includes(secret));
    }
    assert.equal(statSync(account.secretsFile).mode & 0o777, 0o600);
    assert.deepEqual(account.installation()?.vars, {
      PUBLIC_URL: "https://refer.acme.com",
      MAIL_FROM: "hello@acme.com",
      SUPPORT_EMAIL: "",
    });
  });

  it("does nothing the second time, and keeps what was answered", async () => {
    const account = openAccount();
    await account.setup("--domain", "refer.acme.com", "--set", "MAIL_PER_DAY=7", "--apply");
    const before = { ...account.state(), calls: [] };
    const installation = account.installation();
    const again = await account.setup("--apply");
    assert.equal(again.code, 0, again.output);
    assert.deepEqual(again.changes, []);
    assert.deepEqual({ ...account.state(), calls: [] }, before);
    assert.deepEqual(account.installation(), installation);
    assert.equal(installation?.vars.MAIL_PER_DAY, "7");
  });

  it("finishes what was cut short at any call, with the same secrets", async () => {
    const whole = openAccount();
    const { calls, changes } = await whole.setup("--domain", "refer.acme.com", "--apply");
    for (const change of changes) {
      const made = calls.findIndex(({ args }) => args.join(" ") === change);
      const account = openAccount();
      account.change({ failAfter: made });
      const cut = await account.setup("--domain", "refer.acme.com", "--apply");
      assert.equal(cut.code, 1, `cut before ${change}`);
      const kept = existsSync(account.secretsFile) ? readFileSync(account.secretsFile, "utf8") : undefined;
      account.change({ failAfter: undefined });
      const rest = await account.setup("--apply");
      assert.equal(rest.code, 0, rest.output);
      const state = account.state();
      assert.deepEqual(state.databases, whole.state().databases);
      assert.deepEqual(state.queues, whole.state().queues);
      assert.deepEqual(state.buckets, whole.state().buckets);
      assert.deepEqual(account.installation(), whole.installation());
      if (kept) assert.equal(readFileSync(account.secretsFile, "utf8"), kept);
      for (const [name, secret] of Object.entries(state.workers.referrals ?? {}))
        assert.ok(readFileSync(account.secretsFile, "utf8").includes(`${name}=${secret}\n`));
    }
  });

  it("never replaces a secret that the Worker has, nor keeps another one for it", async () => {
    const account = openAccount();
    account.change({ workers: { referrals: { SEAL_SECRET: "theirs", JWT_SECRET: "theirs" } } });
    const applied = await account.setup("--apply");
    assert.equal(applied.code, 0, applied.output);
    const secrets = account.state().workers.referrals ?? {};
    assert.equal(secrets.SEAL_SECRET, "theirs");
    assert.equal(secrets.JWT_SECRET, "theirs");
    assert.match(secrets.CODE_SECRET ?? "", /^[\w-]{43}$/);
    assert.doesNotMatch(readFileSync(account.secretsFile, "utf8"), /SEAL_SECRET|JWT_SECRET/);
  });

  it("takes a bucket that the list leaves out as existing", async () => {
    const account = openAccount();
    const others = Array.from({ length: 20 }, (_, i) => ({ name: `a-${i}`, jurisdiction: "" }));
    account.change({ buckets: [...others, ...wanted.buckets.map((name) => ({ name, jurisdiction: "" }))] });
    const applied = await account.setup("--apply");
    assert.equal(applied.code, 0, applied.output);
    assert.equal(account.state().buckets.length, others.length + wanted.buckets.length);
  });

  it("asks for the account if there are several, and names it in every call", async () => {
    const account = openAccount([ONE, OTHER]);
    const unsure = await account.setup("--apply");
    assert.equal(unsure.code, 1);
    assert.match(unsure.output, new RegExp(`--account.*\n.*${ONE.id} {2}Acme\n.*${OTHER.id} {2}Acme's customer`));
    assert.match((await account.setup("--account", "3".repeat(32))).output, /no account 3/);
    const sure = await account.setup("--account", OTHER.id, "--apply");
    assert.equal(sure.code, 0, sure.output);
    assert.deepEqual(new Set(sure.calls.slice(1).map((call) => call.account)), new Set([OTHER.id]));
    assert.equal(account.installation()?.account_id, OTHER.id);
    assert.equal((await account.deploy()).code, 0);
  });

  it("says what to do without a login, and what is wrong with an answer", async () => {
    assert.match((await openAccount([]).setup()).output, /npx wrangler login/);
    for (const [flag, value, complaint] of [
      ["--region", "mars", /region/],
      ["--domain", "https://acme.com", /Enter a domain/],
      ["--name", "Acme_1", /lowercase/],
      ["--mail-from", "acme", /must be an email address/],
      ["--public-url", "acme.com", /--public-url/],
      ["--set", "MAIL_PER_DAI=1", /no setting MAIL_PER_DAI/],
      ["--set", "JURISDICTION=eu", /no setting JURISDICTION/],
      ["--installation", "../x", /must be a name/],
    ] as const) {
      const account = openAccount();
      const refused = await account.setup(flag, value, "--apply");
      assert.equal(refused.code, 1, flag);
      assert.match(refused.output, complaint);
      assert.deepEqual(refused.changes, []);
    }
  });

  it("keeps a jurisdiction for good", async () => {
    const account = openAccount();
    const made = await account.setup("--jurisdiction", "eu", "--apply");
    assert.equal(made.code, 0, made.output);
    assert.equal(account.state().databases[0]?.jurisdiction, "eu");
    assert.ok(account.state().buckets.every(({ jurisdiction }) => jurisdiction === "eu"));
    assert.match(
      (await account.setup("--jurisdiction", "", "--apply")).output,
      /--jurisdiction cannot change from "eu"/,
    );
    assert.equal((await account.deploy()).code, 0);
    const [{ config } = assert.fail("not deployed")] = account.state().deployed;
    assert.equal(config.vars?.JURISDICTION, "eu");

    account.change({ databases: account.state().databases.map((database) => ({ ...database, jurisdiction: null })) });
    for (const refused of [await account.setup("--apply"), await account.deploy()]) {
      assert.equal(refused.code, 1);
      assert.match(refused.output, /cannot change/);
      assert.deepEqual(refused.changes, []);
    }
  });
});

describe("the questions of npm run setup", () => {
  const context = { label: "staging", accounts: [ONE, OTHER], settings: {} };

  it("suggest the usual and take what is typed", async () => {
    const asked: [string, string][] = [];
    const replies: Record<string, string> = {
      "Which account": OTHER.id,
      Domain: "refer.acme.com",
      Keep: "eu",
      Sender: "hi@acme.com",
    };
    const ask: Ask = async (question, suggestion) => {
      asked.push([question, suggestion]);
      return Object.entries(replies).find(([start]) => question.startsWith(start))?.[1] ?? suggestion;
    };
    const answers = await answersOf({}, undefined, { ...context, ask });
    assert.deepEqual(answers, {
      account_id: OTHER.id,
      name: "referrals-staging",
      domain: "refer.acme.com",
      region: "weur",
      jurisdiction: "eu",
      vars: { PUBLIC_URL: "https://refer.acme.com", MAIL_FROM: "hi@acme.com", SUPPORT_EMAIL: "" },
    });

    const database_id = "6f9d2c4e-0000-4000-8000-000000000000";
    asked.length = 0;
    const again = await answersOf(
      {},
      { ...answers, database_id },
      {
        ...context,
        ask: async (question, suggestion) => {
          asked.push([question, suggestion]);
          return suggestion;
        },
      },
    );
    assert.deepEqual(again, { ...answers, database_id });
    assert.ok(
      !asked.some(([question]) => /^Which account|^Keep|^Region|^Name/.test(question)),
      "what cannot change is not asked again",
    );
    const cleared = await answersOf(
      { domain: "none" },
      { ...answers, database_id },
      { ...context, ask: async () => "none" },
    );
    assert.deepEqual([cleared.domain, cleared.vars.MAIL_FROM], ["", ""]);
  });
});

describe("an installation's configuration", { timeout: 600_000 }, () => {
  const installation = {
    name: "referrals-staging",
    account_id: ONE.id,
    database_id: "6f9d2c4e-0000-4000-8000-000000000000",
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

  it("is one that wrangler takes, with the files of the repository", () => {
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

it("npm run restore reads an installation's own bucket, into its own database", { timeout: 600_000 }, async () => {
  const account = openAccount([ONE, OTHER]);
  const staging = ["--installation", "staging"];
  await account.setup(...staging, "--account", OTHER.id, "--jurisdiction", "eu", "--apply");
  const { calls, output } = await account.restore(...staging, "--remote", "--date", "2026-11-28");
  assert.match(output, /There is no complete backup of 2026-11-28/);
  assert.deepEqual(new Set(calls.map((call) => call.account)), new Set([OTHER.id]));
  const [{ config } = assert.fail("no migrations")] = account.state().deployed;
  assert.equal(config.d1_databases?.[0]?.database_id, account.state().databases[0]?.uuid);
  const got = calls.find(({ args }) => args[2] === "get")?.args.join(" ") ?? "";
  assert.match(
    got,
    /^r2 object get referrals-staging-backups\/2026-11-28\/manifest.json --remote .*--jurisdiction eu$/,
  );
});

it("wrangler.toml keeps visitors out of Cloudflare's own log, and bounds its queues", () => {
  const { observability, upload_source_maps, queues } = unstable_readConfig({ config: join(root, "wrangler.toml") });
  assert.equal(observability?.logs?.invocation_logs, false);
  assert.equal(observability?.redact_query_string, true);
  assert.equal(upload_source_maps, true);
  const consumers: { queue: string; max_concurrency?: number | null }[] = queues.consumers ?? [];
  const bounds = Object.fromEntries(consumers.map(({ queue, max_concurrency }) => [queue, max_concurrency]));
  assert.ok(Number(bounds["referrals-deliveries"]) >= 5 && Number(bounds["referrals-deliveries"]) <= 10);
  assert.equal(bounds["referrals-mails"], 2);
});
