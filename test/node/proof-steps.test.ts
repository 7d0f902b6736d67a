import assert from "node:assert/strict";
import { it } from "node:test";
import { runSteps, tableOf } from "../../scripts/steps.ts";

it("a proof continues after a failed step, and its table shows it", () => {
  const step = (name: string, code: string) => ({ name, what: `Step ${name}`, args: ["-e", code] });
  const ran = runSteps([
    step("one", "process.exit(3)"),
    step("two", "process.kill(process.pid, 'SIGKILL')"),
    { ...step("three", "process.exit(process.env.RUNS === '8' ? 0 : 1)"), env: { RUNS: "8" } },
  ]);
  assert.deepEqual(
    tableOf(ran)
      .split("\n")
      .map((line) => line.split(/ {2,}/).filter((_, i) => i !== 1)),
    [
      ["Step one", "failed (exit 3)"],
      ["Step two", "failed (SIGKILL)"],
      ["Step three", "passed"],
    ],
  );
});
