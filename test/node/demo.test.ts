import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, it } from "node:test";
import { root } from "../../scripts/root.ts";

async function play(...args: string[]) {
  const child = spawn(process.execPath, [join(root, "demo/play.ts"), ...args]);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, "close");
  return { code, output };
}

describe("the demo", { timeout: 3_600_000, concurrency: true }, () => {
  it("runs a campaign of a hundred people whose numbers add up", async () => {
    const { code, output } = await play("100");
    assert.match(output, /Everything adds up/);
    assert.doesNotMatch(output, /WRONG/);
    assert.equal(code, 0, output);
  });

  it("fails loudly when a single event is missing", async () => {
    const { code, output } = await play("40", "--cheat");
    assert.match(output, /IT DOES NOT ADD UP: .*lost/);
    assert.equal(code, 1, output);
  });
});
