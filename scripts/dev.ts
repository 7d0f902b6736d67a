import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Cron } from "croner";
import { build, built } from "./build.ts";
import { migrate } from "./migrate.ts";
import { root } from "./root.ts";
import { readSecrets } from "./secrets.ts";
import { localSettings } from "./settings.ts";

const { PORT = "8787", STATE_DIR = ".wrangler/state" } = process.env;
const stateDir = resolve(root, STATE_DIR);

await build();
const { bindings, d1Databases, cronTriggers } = JSON.parse(readFileSync(built.options, "utf8"));
const secrets = readSecrets(join(root, ".dev.vars"));
await migrate(d1Databases.DB.id, join(stateDir, "v3"));

// wrangler reads the secrets from .dev.vars itself. As arguments, everyone on the machine could see them.
const settings = Object.entries(localSettings(bindings, {})).filter(([name]) => !(name in secrets));
const vars = settings.flatMap(([name, value]) => ["--var", `${name}:${value}`]);
const wrangler = spawn(
  join(root, "node_modules/.bin/wrangler"),
  ["dev", "--port", PORT, "--persist-to", stateDir, ...vars],
  { cwd: root, stdio: "inherit", env: { ...process.env, WRANGLER_SEND_METRICS: "false" } },
);
for (const pattern of cronTriggers as string[])
  new Cron(pattern, { timezone: "UTC", protect: true, unref: true, catch: true }, async () => {
    await fetch(`http://127.0.0.1:${PORT}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(pattern)}`);
  });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => wrangler.kill(signal));
wrangler.on("exit", (code) => process.exit(code ?? 0));
