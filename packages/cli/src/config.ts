import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Referrals } from "@referrals/sdk";
import { UsageError } from "./usage.js";

export type Config = { url?: string; key?: string; secret?: string };
export type Values = { url?: string; key?: string };

const folder = () =>
  join(
    process.env.XDG_CONFIG_HOME || (process.platform === "win32" && process.env.APPDATA) || join(homedir(), ".config"),
    "referrals",
  );
const file = () => join(folder(), "config.json");

export function readConfig(): Config {
  try {
    return JSON.parse(readFileSync(file(), "utf8"));
  } catch {
    return {};
  }
}

/** Only this user may read it. */
export function writeConfig(config: Config): string {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  writeFileSync(file(), `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  // The mode above counts for new files only.
  chmodSync(file(), 0o600);
  return file();
}

export const removeConfig = () => rmSync(file(), { force: true });

export function addressOf(values: Values): string {
  const url = values.url ?? process.env.REFERRALS_URL ?? readConfig().url;
  if (!url) throw new UsageError("Which installation? Pass --url, set REFERRALS_URL, or sign in with: referrals login");
  if (!/^https?:\/\/./.test(url)) throw new UsageError(`--url must start with https://, not "${url}".`);
  return url.replace(/\/+$/, "");
}

export type Access = { baseUrl: string; apiKey: string };

/** @throws `UsageError` if there is no key, or the saved one is for another installation */
export function accessOf(values: Values): Access {
  const baseUrl = addressOf(values);
  const kept = readConfig();
  // A key must not be sent to another server.
  const keptKey = kept.url === baseUrl ? kept.key : undefined;
  const apiKey = values.key ?? process.env.REFERRALS_API_KEY ?? keptKey;
  if (!apiKey) throw new UsageError(`No API key for ${baseUrl}. Sign in with: referrals login`);
  return { apiKey, baseUrl };
}

export const clientOf = (values: Values) => new Referrals(accessOf(values));
