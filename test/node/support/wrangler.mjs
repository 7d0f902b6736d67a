#!/usr/bin/env node
// Stands in for wrangler in tests: keeps the state of a Cloudflare account in $FAKE_ACCOUNT, and records every call.
import { readFileSync, writeFileSync } from "node:fs";

const file = process.env.FAKE_ACCOUNT;
const state = JSON.parse(readFileSync(file, "utf8"));
const args = process.argv.slice(2);
const account = process.env.CLOUDFLARE_ACCOUNT_ID ?? null;
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
};
const is = (...words) => words.every((word, i) => args[i] === word);
const print = (what) => console.log(what);
const fail = (what) => {
  console.error(what);
  process.exitCode = 1;
};

state.calls.push({ args, account });
const left = state.failAfter === undefined ? Number.POSITIVE_INFINITY : state.failAfter--;
if (left <= 0) fail("✘ [ERROR] fetch failed");
else if (account === null && state.accounts.length > 1 && !is("whoami"))
  fail("More than one account available but unable to select one in non-interactive mode.");
else run();
writeFileSync(file, JSON.stringify(state));

function run() {
  if (is("whoami"))
    return state.accounts.length > 0
      ? print(JSON.stringify({ loggedIn: true, accounts: state.accounts }))
      : fail('{"loggedIn":false}');
  if (is("d1", "list")) return print(JSON.stringify(state.databases));
  if (is("d1", "create")) {
    if (state.databases.some(({ name }) => name === args[2]))
      return fail("A database with that name already exists [code: 7502]");
    const uuid = `6f9d2c4e-0000-4000-8000-${String(state.databases.length).padStart(12, "0")}`;
    state.databases.push({
      uuid,
      name: args[2],
      jurisdiction: option("--jurisdiction") ?? null,
      region: option("--location"),
    });
    return print(`✅ Successfully created DB '${args[2]}'`);
  }
  if (is("kv", "namespace", "list")) return print(JSON.stringify(state.namespaces));
  if (is("kv", "namespace", "create")) {
    if (state.namespaces.some(({ title }) => title === args[3]))
      return fail("A namespace with this account ID and title already exists. [code: 10014]");
    state.namespaces.push({
      id: String(state.namespaces.length).padStart(32, "b"),
      title: args[3],
      jurisdiction: option("--jurisdiction") ?? "",
    });
    return print(`✨ Success! Created namespace '${args[3]}'`);
  }
  // Two to a page, as a table.
  if (is("queues", "list")) {
    const page = Number(option("--page") ?? 1);
    const rows = state.queues.slice((page - 1) * 2, page * 2);
    return print(
      ["┌─┬─┐", "│ id │ name │", ...rows.map((name, i) => `│ ${String(i).padStart(32, "a")} │ ${name} │ 0 │`)].join(
        "\n",
      ),
    );
  }
  if (is("queues", "create")) {
    if (state.queues.includes(args[2])) return fail(`Queue name '${args[2]}' is already taken. [code: 11009]`);
    state.queues.push(args[2]);
    return print(`✅ Created queue '${args[2]}'`);
  }
  const jurisdiction = option("--jurisdiction") ?? "";
  // The API lists twenty buckets at most.
  if (is("r2", "bucket", "list"))
    return print(
      [
        "Listing buckets...",
        ...state.buckets
          .filter((bucket) => bucket.jurisdiction === jurisdiction)
          .slice(0, 20)
          .map(({ name }) => `name:           ${name}`),
      ].join("\n"),
    );
  if (is("r2", "bucket", "create")) {
    if (state.buckets.some((bucket) => bucket.name === args[3] && bucket.jurisdiction === jurisdiction))
      return fail("The bucket you tried to create already exists, and you own it. [code: 10004]");
    state.buckets.push({ name: args[3], jurisdiction });
    return print(`✅ Created bucket '${args[3]}'`);
  }
  const worker = option("--name");
  if (is("secret", "list"))
    return state.workers[worker]
      ? print(JSON.stringify(Object.keys(state.workers[worker]).map((name) => ({ name, type: "secret_text" }))))
      : fail(`✘ [ERROR] Worker "${worker}" not found.`);
  if (is("secret", "bulk")) {
    state.workers[worker] = { ...state.workers[worker], ...JSON.parse(readFileSync(0, "utf8")) };
    return print("✨ 4 secrets successfully uploaded");
  }
  if (is("d1", "migrations", "apply") || is("deploy")) {
    const config = JSON.parse(readFileSync(option("--config"), "utf8"));
    state.deployed.push({ what: args[0], config });
    return print("done");
  }
  return fail(`Unknown command: ${args.join(" ")}`);
}
