import { z } from "zod";
import type { Installation } from "./installation.ts";
import { type Wrangler, WranglerError } from "./wrangler.ts";

const QUEUE_PAGES_MAX = 50;

const Databases = z.array(z.looseObject({ uuid: z.string(), name: z.string(), jurisdiction: z.string().nullish() }));
const Namespaces = z.array(z.looseObject({ id: z.string(), title: z.string() }));
const Secrets = z.array(z.looseObject({ name: z.string() }));
const Identity = z.looseObject({ accounts: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

/**
 * The accounts of the current login.
 * @throws if there is no login
 */
export async function accountsOf(wrangler: Wrangler) {
  const told = await wrangler.run({ args: ["whoami", "--json"] }).catch((error) => {
    const why = error instanceof WranglerError ? error.output : error;
    throw new Error(`Nobody is logged in to Cloudflare. Run npx wrangler login, or set CLOUDFLARE_API_TOKEN.\n${why}`);
  });
  return Identity.parse(jsonIn(told)).accounts;
}

/** The installation's database, or else the one of this name. */
export async function databaseOf(wrangler: Wrangler, { database_id }: Installation, name?: string) {
  const list = Databases.parse(jsonIn(await wrangler.run({ args: ["d1", "list", "--json"] })));
  return list.find(({ uuid }) => uuid === database_id) ?? list.find((database) => database.name === name);
}

/**
 * A database's jurisdiction is permanent, and the ledgers' names depend on it: another one would start with empty ledgers.
 * @throws if the database is in another jurisdiction than the installation
 */
export function expectJurisdiction(database: { jurisdiction?: string | null | undefined }, installation: Installation) {
  const actual = database.jurisdiction ?? "";
  if (actual !== installation.jurisdiction)
    throw new Error(
      `The database is in the jurisdiction "${actual}", the installation in "${installation.jurisdiction}". A jurisdiction cannot change: set up another installation.`,
    );
}

/** The names of the account's queues. wrangler lists them as tables, page by page. */
export async function queuesOf(wrangler: Wrangler): Promise<Set<string>> {
  const names = new Set<string>();
  for (let page = 1; page <= QUEUE_PAGES_MAX; page++) {
    const told = await wrangler.run({ args: ["queues", "list", "--page", String(page)] });
    if (!/\b[0-9a-f]{32}\b/.test(told)) break;
    for (const word of wordsOf(told)) names.add(word);
  }
  return names;
}

/** The id of the account's KV namespace with this name. */
export async function namespaceOf(wrangler: Wrangler, name: string): Promise<string | undefined> {
  const list = Namespaces.parse(jsonIn(await wrangler.run({ args: ["kv", "namespace", "list"] })));
  return list.find(({ title }) => title === name)?.id;
}

export async function bucketsOf(wrangler: Wrangler, { jurisdiction }: Installation): Promise<Set<string>> {
  return new Set(wordsOf(await wrangler.run({ args: ["r2", "bucket", "list", ...within(jurisdiction)] })));
}

/** The names of the Worker's secrets. A Worker that does not exist has none. */
export async function secretsOf(wrangler: Wrangler, name: string): Promise<Set<string>> {
  try {
    const told = await wrangler.run({ args: ["secret", "list", "--name", name, "--format", "json"] });
    return new Set(Secrets.parse(jsonIn(told)).map((secret) => secret.name));
  } catch (error) {
    if (error instanceof WranglerError && /not found|does not exist/i.test(error.output)) return new Set();
    throw error;
  }
}

export const createDatabase = (name: string, { region, jurisdiction }: Installation) => [
  ...["d1", "create", name],
  ...(jurisdiction ? within(jurisdiction) : ["--location", region]),
  // Otherwise wrangler may write into the configuration.
  "--update-config=false",
];
export const createNamespace = (name: string, { jurisdiction }: Installation) => [
  ...["kv", "namespace", "create", name],
  ...within(jurisdiction),
  "--update-config=false",
];
export const createQueue = (name: string) => ["queues", "create", name];
export const createBucket = (name: string, { jurisdiction }: Installation) => [
  ...["r2", "bucket", "create", name],
  ...within(jurisdiction),
  "--update-config=false",
];

/** Creates a resource, or accepts an existing one, because the list may have been incomplete. */
export async function create(wrangler: Wrangler, args: string[]) {
  try {
    await wrangler.run({ args });
  } catch (error) {
    if (!(error instanceof WranglerError && /already (exists|taken)|is already/i.test(error.output))) throw error;
    console.log("  It already exists.");
  }
}

const within = (jurisdiction: string) => (jurisdiction ? ["--jurisdiction", jurisdiction] : []);

const wordsOf = (text: string) => text.split(/[^\w-]+/);

/** wrangler may print warnings before its JSON. */
const jsonIn = (text: string) => JSON.parse(text.slice(Math.max(0, text.search(/^[[{]/m))));
