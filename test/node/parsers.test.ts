import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { build } from "esbuild";
import { root } from "../../scripts/root.ts";
import { GROWTH_MAX, growthOf } from "../support/expressions.ts";

const bundle = await build({
  entryPoints: [join(root, "test/support/parsers.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  jsx: "automatic",
  jsxImportSource: "hono/jsx",
});
const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64");
type Reader = { read: (text: string) => unknown; worst: string[] };
const { readers }: { readers: Record<string, Reader> } = await import(`data:text/javascript;base64,${code}`);

describe("untrusted text is read in linear time", () => {
  for (const [name, { read, worst }] of Object.entries(readers))
    it(name, () => {
      for (const part of worst)
        for (const start of new Set(["", worst[0]])) {
          const growth = growthOf(read, (length) => start + part.repeat(Math.ceil(length / part.length)));
          assert.ok(
            growth < GROWTH_MAX,
            `${JSON.stringify([start, part])}: ${growth.toFixed(1)} times as long for each character`,
          );
        }
    });
});
