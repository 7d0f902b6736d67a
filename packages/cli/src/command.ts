import { readFileSync } from "node:fs";
import { stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { Referrals } from "@referrals/sdk";
import { reportOf, tableOf } from "./analytics.js";
import { accessOf, addressOf, clientOf, readConfig, removeConfig, writeConfig } from "./config.js";
import { type Event, follow, forward, ownSecret, sampleOf } from "./events.js";
import { exportList, KINDS, type Kind } from "./export.js";
import { importFile, undoImport } from "./import.js";
import { upsertFile } from "./upsert.js";
import { HELP, UsageError } from "./usage.js";

const OPTIONS = {
  url: { type: "string" },
  key: { type: "string" },
  campaign: { type: "string" },
  type: { type: "string" },
  after: { type: "string" },
  forward: { type: "string" },
  "dry-run": { type: "boolean" },
  upsert: { type: "boolean" },
  kind: { type: "string", default: "participants" },
  emails: { type: "boolean" },
  webhooks: { type: "boolean" },
  undo: { type: "string" },
  out: { type: "string", short: "o" },
  status: { type: "string" },
  filter: { type: "string", multiple: true },
  format: { type: "string", default: "csv" },
  from: { type: "string" },
  to: { type: "string" },
  by: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
type Values = ReturnType<typeof parse>["values"];

const printed = (values: Values, value: unknown, text: string) =>
  console.log(values.json ? JSON.stringify(value) : text);

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,15}$/.test(text))
    throw new UsageError(`--${name} must be a number, not "${text}".`);
  return text === undefined ? undefined : Number(text);
}

function needed(name: string, text: string | undefined): string {
  if (!text) throw new UsageError(`--${name} is missing.`);
  return text;
}

async function login(values: Values) {
  const questions = createInterface({ input: stdin, output: process.stderr });
  try {
    const url = addressOf({
      url: values.url ?? process.env.REFERRALS_URL ?? (await questions.question("Installation (https://…): ")),
    });
    const key = (values.key ?? (await questions.question("API key: "))).trim();
    if (!key) throw new UsageError("No API key. Create one on the dashboard's Account page.");
    const { email } = await new Referrals({ apiKey: key, baseUrl: url }).profile.get();
    const path = writeConfig({ ...readConfig(), url, key });
    printed(values, { email, url }, `Signed in as ${email} on ${url}. The key is in ${path}.`);
  } finally {
    questions.close();
  }
  return 0;
}

async function campaigns(values: Values) {
  for await (const { id, name, brand_id, status, publish } of clientOf(values).campaigns.list())
    printed(values, { id, name, brand_id, status, publish }, `${String(id).padStart(8)}  ${status.padEnd(9)}  ${name}`);
  return 0;
}

/** One of the allowed words. @throws `UsageError` */
function oneOf<T extends string>(name: string, text: string | undefined, words: readonly T[]): T {
  const word = words.find((each) => each === text);
  if (!word) throw new UsageError(`${name} must be one of ${words.join(", ")}.`);
  return word;
}

/** A file's text: UTF-8, or another encoding that Excel uses. */
function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function importCommand(values: Values, path?: string) {
  const say = (line: string) => console.error(line);
  if (values.undo) {
    const job = await undoImport(clientOf(values), numberOf("undo", values.undo) as number, say);
    printed(values, job, `Import ${job.id} was undone. ${job.kept ?? 0} were kept because other data depends on them.`);
    return 0;
  }
  if (!path) throw new UsageError("Which file? referrals import FILE.csv --campaign ID");
  const campaign_id = numberOf("campaign", needed("campaign", values.campaign)) as number;
  const kind = oneOf("--kind", values.kind, ["participants", "coupons"]);
  const { upsert = false, emails = false, webhooks = false, "dry-run": isDry = false } = values;
  if (upsert && (isDry || kind === "coupons"))
    throw new UsageError("--upsert updates participants immediately, without --dry-run or --kind coupons.");
  const client = clientOf(values);
  const text = textOf(path);
  const report = upsert
    ? await upsertFile(client, text, campaign_id)
    : await importFile(client, text, { campaign_id, kind, isDry, emails, webhooks, say });
  const { imports, rows, counts, problems, isWhole } = report;
  const counted = Object.entries(counts).flatMap(([outcome, n]) => (n > 0 ? [`${n} ${outcome}`] : []));
  const told = [
    `${rows} rows: ${counted.join(", ") || "none"}.${isDry ? " Nothing was changed." : ""}`,
    ...problems.map(({ row, message }) => `  row ${row}: ${message}`),
    ...imports.map((id) => `To undo it: referrals import --undo ${id}`),
  ];
  printed(values, { imports, rows, counts, problems }, told.join("\n"));
  return isWhole ? 0 : 1;
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--filter must be like --filter signed_up_after=2026-11-01, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

async function exportCommand(values: Values, what?: string) {
  const kind: Kind = oneOf("What to export", what, KINDS);
  const format = oneOf("--format", values.format, ["csv", "jsonl"]);
  const { status, out } = values;
  const campaign_id = numberOf("campaign", values.campaign);
  const filters: Record<string, string | number> = {
    ...Object.fromEntries((values.filter ?? []).map(pairOf)),
    ...(campaign_id !== undefined && { campaign_id }),
    ...(status !== undefined && { status }),
  };
  const { id, bytes } = await exportList(accessOf(values), { kind, format, filters, out });
  if (out) printed(values, { id, out, bytes }, `${out}: ${bytes.toLocaleString("en")} bytes.`);
  return 0;
}

async function analyticsCommand(values: Values) {
  const id = numberOf("campaign", needed("campaign", values.campaign)) as number;
  const { from, to, by: group_by } = values;
  const query = Object.entries({ from, to, group_by }).filter(([, value]) => value !== undefined);
  const report = await reportOf(clientOf(values), id, Object.fromEntries(query));
  printed(values, report, tableOf(report));
  return 0;
}

const filterOf = ({ campaign, type }: Values) => ({ campaign_id: numberOf("campaign", campaign), type });
const lineOf = ({ created, sequence, type, data }: Event) =>
  `${created}  ${sequence}  ${type}  ${JSON.stringify(data)}`;

async function tail(values: Values) {
  for await (const event of follow(clientOf(values), filterOf(values), numberOf("after", values.after)))
    printed(values, event, lineOf(event));
  return 0;
}

function targetOf(values: Values): string {
  const target = needed("forward", values.forward);
  if (!URL.canParse(target) || !/^https?:/.test(target))
    throw new UsageError(`--forward must be a URL, not "${target}".`);
  return target;
}

async function listen(values: Values) {
  const target = targetOf(values);
  const client = clientOf(values);
  const secret = ownSecret();
  console.error(`Events go to ${target}. Your receiver's secret is ${secret}\nCtrl-C ends it.`);
  for await (const event of follow(client, filterOf(values), numberOf("after", values.after))) {
    const { status, error } = await forward(target, event, secret);
    printed(
      values,
      { id: event.id, type: event.type, status, error },
      `${event.type}  ${event.id}  ${error ?? status}`,
    );
  }
  return 0;
}

async function trigger(values: Values, type?: string) {
  if (!type) throw new UsageError("Which event? referrals trigger reward.fulfilled --forward URL");
  const target = targetOf(values);
  const { event, types } = await sampleOf(addressOf(values), type);
  if (!event) throw new UsageError(`Unknown event "${type}". Events: ${types.join(", ")}.`);
  const { status, error } = await forward(target, event, ownSecret());
  printed(values, { id: event.id, type, status, error }, `${type}  ${event.id}  ${error ?? status}`);
  return status >= 200 && status < 300 ? 0 : 1;
}

const COMMANDS: Record<string, (values: Values, rest: string[]) => Promise<number>> = {
  login,
  async logout() {
    removeConfig();
    return 0;
  },
  async whoami(values) {
    const { id, email, name } = await clientOf(values).profile.get();
    printed(values, { id, email, name, url: addressOf(values) }, `${email} (${name}) on ${addressOf(values)}`);
    return 0;
  },
  campaigns,
  import: (values, [path]) => importCommand(values, path),
  export: (values, [what]) => exportCommand(values, what),
  analytics: analyticsCommand,
  events(values, [what]) {
    if (what !== "tail") throw new UsageError("referrals events tail");
    return tail(values);
  },
  listen,
  trigger: (values, [type]) => trigger(values, type),
};

/** Runs a command. @returns its exit code */
export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parse(argv);
  const [name, ...rest] = positionals;
  if (values.help || name === "help" || name === undefined) {
    (name || values.help ? console.log : console.error)(HELP);
    return name || values.help ? 0 : 2;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`Unknown command "${name}".`);
  return command(values, rest);
}
