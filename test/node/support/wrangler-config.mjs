// Stands in for wrangler's own module in programs that only read wrangler.toml with it: $TRACKED_CONFIG is what the
// test read with the real one. That takes a second of the processor each time.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const source = `export const experimental_readRawConfig = () => ({ rawConfig: ${readFileSync(process.env.TRACKED_CONFIG, "utf8")} });`;
const url = `data:text/javascript,${encodeURIComponent(source)}`;
registerHooks({
  resolve: (name, context, next) => (name === "wrangler" ? { url, shortCircuit: true } : next(name, context)),
});
