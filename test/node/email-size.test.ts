import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { build } from "esbuild";
import { root } from "../../scripts/root.ts";

const LANGUAGES = ["en", "de", "pl", "ja", "ar"];

/** LETTERS_DIR=/tmp/letters saves them there, for viewing in a browser. */
it("emails are small enough for every email program", async () => {
  const bundle = await build({
    entryPoints: [join(root, "test/support/email-samples.ts")],
    bundle: true,
    write: false,
    external: ["node:*"],
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
  });
  const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64");
  const { everyLetter, kinds } = await import(`data:text/javascript;base64,${code}`);
  const folder = process.env.LETTERS_DIR;
  if (folder) mkdirSync(folder, { recursive: true });
  for (const { name, letter } of everyLetter(kinds, LANGUAGES)) {
    // Gmail clips messages beyond 102 kB.
    assert.ok(Buffer.byteLength(letter.html) < 102_000, name);
    if (!folder) continue;
    writeFileSync(join(folder, `${name}.html`), letter.html);
    writeFileSync(join(folder, `${name}.txt`), `${letter.subject}\n\n${letter.text}`);
  }
});
