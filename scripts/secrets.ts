import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

const NAMES = ["JWT_SECRET", "CODE_SECRET", "SEAL_SECRET", "OPERATOR_TOKEN"];

export const newSecret = () => randomBytes(32).toString("base64url");

/**
 * The secrets and settings of a file like .dev.vars. Creates the file, and adds missing secrets without changing
 * existing ones.
 */
export function readSecrets(file: string): Record<string, string> {
  const text = existsSync(file)
    ? readFileSync(file, "utf8")
    : "# Local secrets and settings, read by npm start and npm run dev. Never commit this file.\n";
  const known = parseEnv(text);
  const missing = NAMES.filter((name) => known[name] === undefined);
  if (missing.length > 0) {
    const gap = text.endsWith("\n") ? "" : "\n";
    const lines = missing.map((name) => `${name}=${newSecret()}\n`);
    writeFileSync(file, text + gap + lines.join(""), { mode: 0o600 });
  }
  return Object.fromEntries(Object.entries(parseEnv(readFileSync(file, "utf8"))).map(([k, v]) => [k, v ?? ""]));
}
