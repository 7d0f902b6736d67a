import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { it } from "node:test";
import { root } from "../../scripts/root.ts";

it("keeps every promise while it is repeatedly killed", { timeout: 3_600_000 }, async () => {
  const options = ["--short", "--seconds", "8", "--kills", "2", "--clients", "8"];
  const child = spawn(process.execPath, [join(root, "chaos/run.ts"), ...options]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  assert.equal(code, 0, output);
  assert.match(output, /^chaos .* --seed \d+$/m);
  const kills = Number(output.match(/(\d+) kills/)?.[1]);
  assert.ok(kills >= 2, output);
});
