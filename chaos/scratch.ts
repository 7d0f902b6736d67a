import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "../scripts/root.ts";
import { STARTS_MAX } from "../scripts/suite-workerd.ts";
import type { Check } from "./mutant.ts";

const NOT_COPIED = new Set(["node_modules", "dist", ".wrangler", ".cache", ".dev.vars", ".git"]);

/** A temporary copy of the repository for the mutants, deleted when this process exits. */
export function copyOfRepository() {
  const scratch = mkdtempSync(join(tmpdir(), "referrals-mutants-"));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
  cpSync(root, scratch, { recursive: true, filter: (path) => path === root || !NOT_COPIED.has(basename(path)) });
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
  return scratch;
}

/**
 * @returns how the check failed, or null if it passed
 * @throws if it ended without a verdict
 */
export function runCheck(scratch: string, check: Check): string | null {
  if ("chaos" in check) return brokenInChaos(scratch, check.chaos);
  const results = runTests(scratch, [check.file], check.test);
  const failed = results.find(({ status }) => status === "failed");
  if (failed) return `“${failed.fullName}”`;
  if (results.some(({ status }) => status === "passed")) return null;
  console.error(`No test ran: ${check.file} -t ${check.test}`);
  return null;
}

/** The checks that fail, or do not exist, without any mutant. */
export function unmutated(scratch: string, checks: Check[]): string[] {
  const runs = new Set(checks.flatMap((check) => ("chaos" in check ? [check.chaos.join(" ")] : [])));
  const files = new Set(checks.flatMap((check) => ("chaos" in check ? [] : [check.file])));
  // Without file names, vitest would run all files.
  const results = files.size > 0 ? runTests(scratch, [...files]) : [];
  const failing = checks.flatMap((check) => {
    if ("chaos" in check) return [];
    const own = results.filter(({ file, fullName }) => file.endsWith(check.file) && fullName.includes(check.test));
    return own.length > 0 && own.every(({ status }) => status === "passed") ? [] : [`${check.file}: ${check.test}`];
  });
  const broken = [...runs].flatMap((args) => {
    const promises = brokenInChaos(scratch, args.split(" "));
    return promises === null ? [] : [`chaos ${args}: ${promises}`];
  });
  return [...failing, ...broken];
}

type Result = { file: string; fullName: string; status: string };
type Report = { testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[] };

function runTests(scratch: string, files: string[], name?: string, starts = 1): Result[] {
  const output = join(scratch, "results.json");
  rmSync(output, { force: true });
  const pattern = name === undefined ? [] : ["-t", name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")];
  const args = ["run", ...files, ...pattern, "--reporter=json", `--outputFile=${output}`];
  const { stdout, stderr } = run(scratch, "node_modules/vitest/vitest.mjs", args);
  try {
    const report = JSON.parse(readFileSync(output, "utf8")) as Report;
    if (report.testResults.length === 0 && starts < STARTS_MAX) return runTests(scratch, files, name, starts + 1);
    return report.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({ file, fullName, status })),
    );
  } catch {
    throw new Error(`vitest reported nothing about ${files}:\n${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  }
}

function brokenInChaos(scratch: string, args: string[]): string | null {
  const { status, stdout, stderr } = run(scratch, "chaos/run.ts", args);
  // A run without broken promises may also be void.
  if (status === 0 || status === 2) return null;
  const broken = stdout.split("\n").flatMap(
    (line) =>
      line
        .match(/^ +([1-9]\d*) {2}(\S.*)$/)
        ?.slice(1)
        .join(" ") ?? [],
  );
  if (!stdout.includes("PROMISES WERE BROKEN"))
    throw new Error(`The chaos run ended without a verdict:\n${stdout}${stderr}`);
  return broken.slice(0, 3).join("; ");
}

const run = (cwd: string, script: string, args: string[]) =>
  spawnSync(process.execPath, [join(cwd, script), ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
