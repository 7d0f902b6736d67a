import { existsSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { readSecrets, SECRETS } from "../secrets.ts";
import { ANSWERS, type Ask, answersOf, type Flags } from "./answers.ts";
import { configOf, resourcesOf, trackedConfig } from "./config.ts";
import { checked, filesOf, type Installation, readInstallation, writeInstallation } from "./installation.ts";
import { leftToDo } from "./prerequisites.ts";
import {
  accountsOf,
  bucketsOf,
  create,
  createBucket,
  createDatabase,
  createNamespace,
  createQueue,
  databaseOf,
  expectJurisdiction,
  namespaceOf,
  queuesOf,
  secretsOf,
} from "./resources.ts";
import { type AskHidden, STRIPE_SECRETS, stripeSecrets } from "./stripe.ts";
import { Wrangler } from "./wrangler.ts";

const HEAD = "# Secrets of this installation, as npm run setup made them. Never commit this file.\n";
const USAGE = `npm run setup -- [--installation staging] [--apply] ${ANSWERS.map((flag) => `[--${flag} …]`).join(" ")} [--set NAME=value]…

Prepares a Cloudflare account for an installation, and may be run again at any time: it creates what is missing and
changes nothing that exists. Without --apply it only reads, and prints what it would do.`;

try {
  await setUp();
} catch (error) {
  console.error(
    isInterrupted(error) ? "\nStopped. Nothing was changed." : error instanceof Error ? error.message : error,
  );
  process.exitCode = 1;
}

/** Whether Ctrl+C or Ctrl+D answered a question. All of them come before the first change. */
function isInterrupted(error: unknown) {
  return error instanceof Error && "code" in error && error.code === "ABORT_ERR";
}

async function setUp() {
  const { values } = parseArgs({
    options: {
      installation: { type: "string", default: "production" },
      apply: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      set: { type: "string", multiple: true, default: [] },
      ...Object.fromEntries(ANSWERS.map((flag) => [flag, { type: "string" as const }])),
    },
  });
  if (values.help) return console.log(USAGE);
  const { installation: label, apply, set, help: _, ...flags } = values;
  const files = filesOf(label);
  const tracked = await trackedConfig();

  console.log("Checking what exists:");
  const wrangler = new Wrangler();
  const accounts = await accountsOf(wrangler);
  const terminal = process.stdin.isTTY ? createInterface(process.stdin, process.stdout) : undefined;
  const ask: Ask | undefined =
    terminal &&
    (async (question, suggestion) => (await terminal.question(`${question} [${suggestion}]: `)) || suggestion);
  const answers = await answersOf(flags as Flags, readInstallation(files.values), {
    label,
    accounts,
    settings: Object.fromEntries(set.map(pairOf)),
    ask,
  }).finally(() => terminal?.close());
  wrangler.account = answers.account_id;

  const config = configOf(tracked, answers);
  const wanted = resourcesOf(config);
  const database = await databaseOf(wrangler, answers, wanted.database);
  if (database) expectJurisdiction(database, answers);
  const namespace = await namespaceOf(wrangler, wanted.namespace);
  const queues = await queuesOf(wrangler);
  const buckets = await bucketsOf(wrangler, answers);
  const secrets = await secretsOf(wrangler, answers.name);

  const steps = [
    ...(database ? [] : [createDatabase(wanted.database, answers)]),
    ...(namespace ? [] : [createNamespace(wanted.namespace, answers)]),
    ...wanted.queues.filter((name) => !queues.has(name)).map(createQueue),
    ...wanted.buckets.filter((name) => !buckets.has(name)).map((name) => createBucket(name, answers)),
  ];
  const made = SECRETS.filter((name) => !secrets.has(name));
  const unsold = answers.vars.STRIPE_PRICES ? STRIPE_SECRETS.filter((name) => !secrets.has(name)) : [];
  const saved = existsSync(files.secrets) ? readSecrets(files.secrets, []) : {};
  const given = await stripeSecrets(unsold, { ...process.env, ...saved }, apply ? hiddenAsk() : undefined);
  const missing = [...made, ...Object.keys(given)];
  const upload = { args: ["secret", "bulk", "--name", answers.name] };

  console.log(apply ? "\nCreated:" : "\n--apply would do this:");
  if (steps.length === 0 && missing.length === 0) console.log("  Nothing: everything exists.");
  if (apply) {
    // Saved first, so a run that is cut short can be repeated with the same answers and secrets.
    writeInstallation(files.values, answers);
    for (const args of steps) await create(wrangler, args);
    const kv_id = await namespaceOf(wrangler, wanted.namespace);
    const placed = await withDatabase(wrangler, answers, wanted.database);
    writeInstallation(files.values, { ...placed, ...(kv_id && { kv_id }) });
    if (missing.length > 0)
      await wrangler.run({ ...upload, input: JSON.stringify(kept(files.secrets, missing, given)) });
  } else {
    for (const args of steps) console.log(`  ${wrangler.told({ args })}`);
    if (missing.length > 0)
      console.log(`  ${wrangler.told({ ...upload, input: "" })}   # ${missing.join(", ")}, kept in ${files.secrets}`);
    console.log(`\n${files.values} would contain:\n${JSON.stringify(answers, null, 2)}`);
  }
  console.log("\nLeft for you to do or check:");
  const unset = unsold.filter((name) => given[name] === undefined);
  for (const line of leftToDo(label, answers, unset)) console.log(`  - ${line}`);
  const same = label === "production" ? "" : ` -- --installation ${label}`;
  console.log(apply ? `\nNow run npm run deploy${same}` : "\nNothing was changed. Add --apply to do it.");
}

/** The installation with the ID of its database, which exists by now. */
async function withDatabase(wrangler: Wrangler, installation: Installation, name: string) {
  const database = await databaseOf(wrangler, installation, name);
  if (!database) throw new Error(`wrangler created the database ${name}, but does not list it. Run this again.`);
  expectJurisdiction(database, installation);
  return checked({ ...installation, database_id: database.uuid }, "The database's ID");
}

/** The secrets that the Worker lacks. Adds missing ones to the file first. */
function kept(file: string, names: string[], given: Record<string, string>) {
  const all = readSecrets(file, names, HEAD, given);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** Asks on this terminal without echo, if it is interactive. */
function hiddenAsk(): AskHidden | undefined {
  if (!process.stdin.isTTY) return undefined;
  return async (question) => {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
    // After the terminal's echo is off, so nothing typed at once is shown.
    process.stdout.write(`${question}: `);
    const typed = await terminal.question("").finally(() => terminal.close());
    console.log();
    return typed;
  };
}

function pairOf(pair: string): [string, string] {
  const at = pair.indexOf("=");
  if (at < 1) throw new Error(`--set must be like --set MAIL_PER_DAY=1000, not ${pair}.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
