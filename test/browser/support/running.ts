import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocal } from "../../../scripts/local.ts";
import { newSecret } from "../../../scripts/secrets.ts";

/** A running product's URL, and its operator token. */
export type Running = { url: string; operatorToken: string };

/** The built product on an empty database. Its jobs run every five seconds instead of every minute. `vars` are settings of its own. */
export async function startProduct(
  vars: Record<string, string> = {},
): Promise<Running & { stop: () => Promise<void> }> {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-browser-"));
  process.on("exit", () => rmSync(stateDir, { recursive: true, force: true }));
  const operatorToken = newSecret();
  const { url, stop } = await startLocal({
    port: 0,
    stateDir,
    logs: false,
    crons: ["*/5 * * * * *"],
    vars: {
      JWT_SECRET: newSecret(),
      CODE_SECRET: newSecret(),
      SEAL_SECRET: newSecret(),
      OPERATOR_TOKEN: operatorToken,
      ALLOW_LOCAL_WEBHOOKS: "on",
      RATE_LIMITS: "off",
      ...vars,
    },
  });
  return { url, operatorToken, stop };
}
