import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "./root.ts";
import type { FileResult } from "./suite.ts";

type Report = {
  testResults: {
    name: string;
    status: string;
    startTime: number;
    endTime: number;
    assertionResults: { status: string }[];
  }[];
};

/** vitest gives its runtime 90 s to start. On a busy machine that may not be enough, and no test runs. */
export const STARTS_MAX = 5;

/** The suites in workerd. vitest prints its own progress, with every failure at the end. */
export async function runWorkerdSuites(): Promise<FileResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "referrals-suites-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    for (let starts = 1; ; starts++) {
      const vitest = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...reporters], {
        cwd: root,
        stdio: ["ignore", "inherit", "inherit"],
      });
      const [code] = await once(vitest, "close");
      const results = (JSON.parse(readFileSync(report, "utf8")) as Report).testResults.map(resultOf);
      if (results.length === 0 && starts < STARTS_MAX) continue;
      // An error outside of any test fails the run, too.
      const isToldOf = code === 0 || results.some(({ failed }) => failed > 0);
      return isToldOf ? results : [...results, { file: "vitest", seconds: 0, passed: 0, failed: 1 }];
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultOf({ name, status, startTime, endTime, assertionResults }: Report["testResults"][number]): FileResult {
  const count = (wanted: string) => assertionResults.filter((test) => test.status === wanted).length;
  return {
    file: relative(root, name),
    seconds: (endTime - startTime) / 1000,
    passed: count("passed"),
    failed: Math.max(count("failed"), Number(status === "failed")),
  };
}
