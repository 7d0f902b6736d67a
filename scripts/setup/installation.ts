import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { root } from "../root.ts";

/** Where D1 databases may be placed. */
export const REGIONS = ["weur", "eeur", "apac", "oc", "wnam", "enam"] as const;
/** Jurisdictions that D1, Durable Objects and R2 all know. Without one, data may be stored anywhere. */
export const JURISDICTIONS = ["", "eu", "us"] as const;

/** The values of one installation. `npm run deploy` merges them over wrangler.toml, which is the same for all. */
const Installation = z.strictObject({
  /** The Worker's name. The database, the queues, and the buckets are named after it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "Use up to 40 lowercase letters, digits, and hyphens."),
  account_id: z.string().regex(/^[0-9a-f]{32}$/, "A Cloudflare account ID has 32 hexadecimal digits."),
  /** Unset until the database exists. */
  database_id: z.uuid().optional(),
  /** Unset until the namespace exists. */
  kv_id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  region: z.enum(REGIONS),
  jurisdiction: z.enum(JURISDICTIONS),
  /** A domain of the account. If empty, the Worker is served on workers.dev. */
  domain: z.union([
    z.literal(""),
    z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "Enter a domain, like refer.acme.com."),
  ]),
  /** Settings that differ from wrangler.toml's. */
  vars: z.record(z.string(), z.string()),
});
export type Installation = z.infer<typeof Installation>;

/**
 * The files of an installation, which git ignores: its values, and its secrets.
 * @throws if the label cannot be a file's name
 */
export function filesOf(label: string) {
  if (!/^[a-z][a-z0-9-]*$/.test(label)) throw new Error(`--installation must be a name like staging, not ${label}.`);
  const folder = process.env.INSTALLATIONS_DIR ?? join(root, "installations");
  return { values: join(folder, `${label}.json`), secrets: join(folder, `${label}.secrets`) };
}

/**
 * The values of an installation, if they were saved.
 * @throws if one of them is wrong
 */
export function readInstallation(file: string): Installation | undefined {
  return existsSync(file) ? checked(JSON.parse(readFileSync(file, "utf8")), file) : undefined;
}

/** @throws an error that lists every wrong value and its problem */
export function checked(values: unknown, where: string): Installation {
  const { data, error } = Installation.safeParse(values);
  if (error) throw new Error(`${where} is wrong.\n${z.prettifyError(error)}`);
  return data;
}

export function writeInstallation(file: string, installation: Installation) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(installation, null, 2)}\n`);
}
