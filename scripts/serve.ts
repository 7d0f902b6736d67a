import { startLocal } from "./local.ts";

const { PORT = "8787", STATE_DIR = ".wrangler/state", LOGS } = process.env;

// Before Miniflare's own handlers, which end with 143. Exiting is what stops workerd: Miniflare hangs on to `exit`.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));

// npm is killed: so is its child.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && process.exit(0), 500).unref();

try {
  if (!/^\d{1,5}$/.test(PORT)) throw new Error(`PORT must be a number, not ${PORT}.`);
  const { url } = await startLocal({ port: Number(PORT), stateDir: STATE_DIR, logs: LOGS !== "off" });
  console.log(`Listening on ${url} (state in ${STATE_DIR}, API reference at ${url}/docs). Ctrl-C stops it.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
