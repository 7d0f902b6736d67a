import { join, relative } from "node:path";
import { run } from "node:test";
import { inspect } from "node:util";
import { root } from "./root.ts";
import { type FileResult, told } from "./suite.ts";

/** A suite fails by its hooks or by its tests. The tests report their own failures. */
const isOfItsTests = (error: Error & { failureType?: string }) => error.failureType === "subtestsFailed";

/** A file whose process ends without its report runs again this many times. After that it fails. */
const RUNS_MAX = 3;

/** Suites that run in Node: several files at once, each in its own process. */
export async function runNodeSuites(files: string[], concurrency: number, runs = 1): Promise<FileResult[]> {
  const reported = new Set<string>();
  const results = new Map<string, FileResult>();
  const printed = new Map<string, string>();
  const resultOf = (file = "") => {
    const name = relative(root, file);
    const result = results.get(name) ?? { file: name, seconds: 0, passed: 0, failed: 0 };
    results.set(name, result);
    return result;
  };
  const keep = ({ file = "", message }: { file?: string; message: string }) =>
    void printed.set(relative(root, file), (printed.get(relative(root, file)) ?? "") + message);

  // Open handles must not keep a file from ending.
  const suites = run({ files, concurrency, execArgv: ["--test-force-exit"], cwd: root });
  suites.on("test:stdout", keep);
  suites.on("test:stderr", keep);
  // Errors outside of any test fail a file, and are reported only here.
  suites.on("test:diagnostic", ({ file, message }) => keep({ file, message: `${message}\n` }));
  suites.on("test:pass", ({ file, details, skip }) => {
    if (details.type !== "suite" && !skip) resultOf(file).passed++;
  });
  suites.on("test:fail", ({ file, line, name, details: { error, type, duration_ms } }) => {
    if (type === "suite" && isOfItsTests(error)) return;
    const result = resultOf(file);
    result.failed++;
    result.seconds ||= duration_ms / 1000;
    console.log(`\nFAIL ${result.file}:${line} ${name}\n${inspect(error.cause ?? error)}\n`);
  });
  suites.on("test:summary", ({ file, duration_ms }) => {
    if (!file) return;
    const result = resultOf(file);
    reported.add(result.file);
    result.seconds = duration_ms / 1000;
    console.log(` ${told(result)}`);
  });
  // The stream must be read to its end.
  for await (const _ of suites);
  // Node sometimes loses the end of a report, and a test that exits has none: its other tests neither pass nor fail.
  const lost = files.map((file) => resultOf(file)).filter(({ file, failed }) => !reported.has(file) && failed === 0);
  const isLast = runs === RUNS_MAX;
  for (const result of lost)
    if (isLast) result.failed++;
    else results.delete(result.file);
  for (const { file, failed } of results.values())
    if (failed > 0) console.log(`Output of ${file}:\n${printed.get(file) ?? ""}`);
  if (lost.length === 0) return [...results.values()];
  const names = lost.map(({ file }) => file).join(", ");
  console.log(
    isLast ? `\nFAIL ${names}: ended without a report.\n` : `\nEnded without a report, runs again: ${names}\n`,
  );
  if (isLast) return [...results.values()];
  const again = lost.map(({ file }) => join(root, file));
  return [...results.values(), ...(await runNodeSuites(again, concurrency, runs + 1))];
}
