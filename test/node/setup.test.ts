import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, it } from "node:test";
import { SECRETS } from "../../scripts/secrets.ts";
import { type Ask, answersOf } from "../../scripts/setup/answers.ts";
import { configOf, resourcesOf, trackedConfig } from "../../scripts/setup/config.ts";
import { STRIPE_SECRETS, stripeSecrets } from "../../scripts/setup/stripe.ts";
import { ONE, OTHER, openAccount } from "./support/cloudflare-account.ts";

const tracked = await trackedConfig();
const wanted = resourcesOf(tracked);
const isShort = Number(process.env.RUNS ?? 1) === 1;
/** The calls before which a setup is interrupted. */
const CUTS = [
  "d1 create",
  "queues create",
  "secret bulk",
  ...(isShort ? [] : ["kv namespace create", "r2 bucket create"]),
];

describe("npm run setup", { timeout: 3_600_000 }, () => {
  it("prints every call and changes nothing, until --apply", async () => {
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

    const { databases, queues, buckets, namespaces, workers } = account.state();
    assert.deepEqual(
      namespaces.map(({ title }) => title),
      ["referrals-oauth"],
    );
    assert.equal(account.installation()?.kv_id, namespaces[0]?.id);
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
      STRIPE_PRICES: "",
    });
  });

  const noTerminal =
    existsSync("/usr/bin/script") && process.platform === "linux" ? false : "needs script of util-linux";
  it("asks for Stripe's secrets without showing them, and stops at Ctrl+C", { skip: noTerminal }, async () => {
    const [prices, secret] = ['{"price_1QxGrowth": 2}', "sk_test_51Typed8Z"];
    const sell = ["--domain", "refer.acme.com", "--mail-from", "hello@acme.com", "--stripe-prices", prices, "--apply"];
    const account = openAccount();
    const stopped = await account.setupTyping(`${secret}\u0003`, ...sell);
    assert.equal(stopped.code, 1, stopped.output);
    assert.match(stopped.output, /later\): \s+Stopped\. Nothing was changed\.\s*$/);
    assert.ok(!stopped.output.includes(secret));
    assert.deepEqual([stopped.changes, account.hasFiles()], [[], false]);

    const wrong = await account.setupTyping(`${secret}\r`, ...sell);
    assert.match(wrong.output, /STRIPE_WEBHOOK_SECRET must be like whsec_…\. Nothing was changed\./);
    assert.ok(!wrong.output.includes(secret));
    const later = await account.setupTyping("\r", ...sell);
    assert.equal(later.code, 0, later.output);
    assert.deepEqual(Object.keys(account.state().workers.referrals ?? {}), SECRETS);
  });

  it("uploads Stripe's secrets from the environment without showing them", async () => {
    const account = openAccount();
    const prices = '{"price_1QxGrowth": 2, "price_1QxPioneer": 3}';
    const [key, signing] = ["rk_live_51QxNobodyMaySeeThis", "whsec_NorThisOneEither"];
    const sell = ["--domain", "refer.acme.com", "--stripe-prices", prices, "--apply"];
    const unset = await account.setup(...sell);
    assert.equal(unset.code, 0, unset.output);
    assert.match(
      unset.output,
      /Nobody can buy a plan until the Worker has STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET/,
    );
    assert.match(unset.output, /https:\/\/refer\.acme\.com\/api\/v1\/billing\/stripe/);
    assert.equal(account.installation()?.vars.STRIPE_PRICES, prices);
    assert.deepEqual(Object.keys(account.state().workers.referrals ?? {}), SECRETS);

    account.environment = { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: `${signing}!` };
    const wrong = await account.setup("--apply");
    assert.equal(wrong.code, 1);
    assert.match(wrong.output, /STRIPE_WEBHOOK_SECRET must be like whsec_…/);
    assert.deepEqual(wrong.changes, []);

    account.environment = { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: signing };
    const set = await account.setup("--apply");
    assert.equal(set.code, 0, set.output);
    const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = account.state().workers.referrals ?? {};
    assert.deepEqual([STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET], [key, signing]);
    assert.ok(!set.output.includes("Nobody can buy"));
    for (const { output, calls } of [unset, wrong, set])
      for (const shown of [output, JSON.stringify(calls), JSON.stringify(account.installation())])
        for (const secret of [key, signing]) assert.ok(!shown.includes(secret), "secrets are not shown");
    assert.match(readFileSync(account.secretsFile, "utf8"), new RegExp(`^STRIPE_SECRET_KEY=${key}$`, "m"));
    assert.equal(statSync(account.secretsFile).mode & 0o777, 0o600);
  });

  it("does nothing the second time, and keeps the answers", async () => {
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

  it("completes an interrupted run, with the same answers and secrets", async () => {
    const whole = openAccount();
    const { calls, changes } = await whole.setup("--domain", "refer.acme.com", "--apply");
    for (const kind of CUTS) {
      const last = changes.findLast((change) => change.startsWith(kind)) ?? assert.fail(kind);
      const made = calls.findIndex(({ args }) => args.join(" ") === last);
      const account = openAccount();
      account.change({ failAfter: made });
      const cut = await account.setup("--domain", "refer.acme.com", "--apply");
      assert.equal(cut.code, 1, `cut before ${last}`);
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

  it("never replaces a Worker's secret, and never saves another one for it", async () => {
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

  it("treats a bucket that the list omits as existing", async () => {
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

  it("explains a missing login, and an invalid flag", async () => {
    assert.match((await openAccount([]).setup()).output, /npx wrangler login/);
    const account = openAccount();
    const refused = await account.setup("--domain", "https://acme.com", "--apply");
    assert.equal(refused.code, 1);
    assert.match(refused.output, /Enter a domain/);
    assert.deepEqual(refused.changes, []);
    assert.match((await account.setup("--installation", "../x")).output, /must be a name/);
  });

  it("never changes a jurisdiction", async () => {
    const account = openAccount();
    const made = await account.setup("--jurisdiction", "eu", "--apply");
    assert.equal(made.code, 0, made.output);
    assert.equal(account.state().databases[0]?.jurisdiction, "eu");
    assert.ok(account.state().buckets.every(({ jurisdiction }) => jurisdiction === "eu"));
    assert.ok(account.state().namespaces.every(({ jurisdiction }) => jurisdiction === "eu"));
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
  it("ask for missing Stripe secrets, and accept an empty answer for later", async () => {
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return asked.length === 1 ? " rk_test_51QxTypedByHand\n" : "";
    };
    const typed = await stripeSecrets(STRIPE_SECRETS, {}, ask);
    assert.deepEqual(typed, { STRIPE_SECRET_KEY: "rk_test_51QxTypedByHand" });
    assert.equal(asked.length, STRIPE_SECRETS.length);
    const environment = { STRIPE_SECRET_KEY: "sk_live_51QxFromTheShell" };
    assert.deepEqual(await stripeSecrets(["STRIPE_SECRET_KEY"], environment, assert.fail), environment);
    const pasted = "sk_live_51Qx Pasted";
    await assert.rejects(
      stripeSecrets(["STRIPE_SECRET_KEY"], {}, async () => pasted),
      ({ message }: Error) => !message.includes(pasted) && message.startsWith("STRIPE_SECRET_KEY must be like"),
    );
  });

  const context = { label: "staging", accounts: [ONE, OTHER], settings: {} };

  it("suggest defaults and accept input", async () => {
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
      vars: { PUBLIC_URL: "https://refer.acme.com", MAIL_FROM: "hi@acme.com", SUPPORT_EMAIL: "", STRIPE_PRICES: "" },
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

  it("refuse invalid input", async () => {
    for (const [flags, settings, complaint] of [
      [{ region: "mars" }, {}, /region/],
      [{ name: "Acme_1" }, {}, /lowercase/],
      [{ "mail-from": "acme" }, {}, /must be an email address/],
      [{ "public-url": "acme.com" }, {}, /--public-url/],
      ...["price_1", "{}", "[1]", '{"price_1": 0}', '{"price_1": "2"}'].map(
        (prices) => [{ "stripe-prices": prices }, {}, /--stripe-prices/] as const,
      ),
      [{}, { MAIL_PER_DAI: "1" }, /no setting MAIL_PER_DAI/],
      [{}, { JURISDICTION: "eu" }, /no setting JURISDICTION/],
    ] as const) {
      const answers = answersOf({ account: ONE.id, ...flags }, undefined, { ...context, settings });
      await assert.rejects(async () => configOf(tracked, await answers), complaint);
    }
  });
});
