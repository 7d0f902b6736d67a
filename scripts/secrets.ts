import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

export const SECRETS = ["JWT_SECRET", "CODE_SECRET", "SEAL_SECRET", "OPERATOR_TOKEN"];

export const newSecret = () => randomBytes(32).toString("base64url");

const HEAD = "# Local secrets and settings, read by npm start and npm run dev. Never commit this file.\n";

/**
 * The secrets and settings of a file like .dev.vars. Creates the file, and adds those of the secrets `names` that are
 * missing, without changing existing ones: new ones, or those that were `given`. Only its owner can read it.
 */
export function readSecrets(
  file: string,
  names = SECRETS,
  head = HEAD,
  given: Record<string, string> = {},
): Record<string, string> {
  const text = existsSync(file) ? readFileSync(file, "utf8") : head;
  const known = parseEnv(text);
  const missing = names.filter((name) => known[name] === undefined);
  if (missing.length > 0) {
    const gap = text.endsWith("\n") ? "" : "\n";
    const lines = missing.map((name) => `${name}=${given[name] ?? newSecret()}\n`);
    writeFileSync(file, text + gap + lines.join(""), { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return Object.fromEntries(Object.entries(parseEnv(readFileSync(file, "utf8"))).map(([k, v]) => [k, v ?? ""]));
}
