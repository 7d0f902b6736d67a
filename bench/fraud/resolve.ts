import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

/** Resolves the files of `src` like the bundler, so the benchmark runs the product's own code. */
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith(".")) throw error;
      return next(`${specifier}.ts`, context);
    }
  },
  load(url, context, next) {
    if (!/\/src\/.*\.ts$/.test(url)) return next(url, context);
    const source = transformSync(readFileSync(fileURLToPath(url), "utf8"), { loader: "ts", format: "esm" }).code;
    return { format: "module", source, shortCircuit: true };
  },
});
