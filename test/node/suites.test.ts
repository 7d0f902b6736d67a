import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/root.ts";

describe("the suites in Node", () => {
  const folder = mkdtempSync(join(tmpdir(), "referrals-suites-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What the suites report about a file with this code. */
  const resultOf = (tests: string) => {
    const file = join(folder, "one.test.mjs");
    writeFileSync(file, `import { it } from "node:test";\n${tests}`);
    const program = join(folder, "run.mjs");
    const suites = pathToFileURL(join(root, "scripts/suite-node.ts"));
    const code = `import { runNodeSuites } from ${JSON.stringify(suites)};
      const [{ passed, failed }] = await runNodeSuites([process.argv[2]], 1);
      console.log("\\n" + JSON.stringify({ passed, failed }));`;
    writeFileSync(program, code);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const told = execFileSync(process.execPath, [program, file], { cwd: root, env, encoding: "utf8" });
    return JSON.parse(told.trim().split("\n").at(-1) ?? "");
  };

  it("count what passes and what fails", () => {
    assert.deepEqual(resultOf('it("a", () => {}); it("b", () => { throw new Error("no"); });'), {
      passed: 1,
      failed: 1,
    });
  });

  it("fail a file that ends before its report, however many of its tests passed", () => {
    const { failed } = resultOf('it("a", () => {}); it("b", () => process.exit(0)); it("c", () => {});');
    assert.equal(failed, 1);
  });
});
