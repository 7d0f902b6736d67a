import { resolve } from "node:path";
import { openShop } from "../demo-shop/shop.ts";
import { startLocal } from "./local.ts";
import { root } from "./root.ts";

const { PORT = "8787", STATE_DIR = ".wrangler/state", LOGS, DEMO } = process.env;

// These run before Miniflare's own handlers, which exit with 143. Exiting also stops workerd, because Miniflare handles
// `exit`.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));

// Exits when npm was killed.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && process.exit(0), 500).unref();

try {
  if (!/^\d{1,5}$/.test(PORT)) throw new Error(`PORT must be a number, not ${PORT}.`);
  const port = Number(PORT);
  const shop = DEMO === "off" ? null : await openShop(port && port + 1, resolve(root, STATE_DIR));
  const { url, settings } = await startLocal({
    port,
    stateDir: STATE_DIR,
    logs: LOGS !== "off",
    vars: shop ? { DEMO_URL: shop.origin } : {},
  });
  shop?.serve({ url, operatorToken: settings.OPERATOR_TOKEN ?? "" });
  console.log(`Listening on ${url} (state in ${STATE_DIR}, API reference at ${url}/docs). Ctrl-C stops it.`);
  if (shop) console.log(`Listening on ${shop.origin}, too: a demo shop with the widget (DEMO=off disables it).`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
