import { spawnSync } from "node:child_process";
import { root } from "./root.ts";

/** A script, or another command, with its arguments and settings. */
export type Step = { name: string; what: string; command?: string; args: string[]; env?: Record<string, string> };
type Ran = Step & { seconds: number; result: string };

/** Many times the duration of the longest step on an idle machine. A hanging step must not block the others. */
const LONGEST_MS = 12 * 3_600_000;

/** Runs all steps, one after the other, even if some fail. */
export function runSteps(steps: Step[]): Ran[] {
  return steps.map((step) => {
    const { what, command = process.execPath, args, env = {} } = step;
    const settings = Object.entries(env).map((pair) => `${pair.join("=")} `);
    console.log(`\n${what}: ${settings.join("")}${step.command ?? "node"} ${args.join(" ")}`);
    const started = performance.now();
    const ended = spawnSync(command, args, {
      cwd: root,
      stdio: "inherit",
      timeout: LONGEST_MS,
      env: { ...process.env, ...env },
    });
    return { ...step, seconds: Math.round((performance.now() - started) / 1000), result: resultOf(ended) };
  });
}

const resultOf = ({ status, signal }: { status: number | null; signal: string | null }) =>
  status === 0 ? "passed" : `failed (${status === null ? signal : `exit ${status}`})`;

export function tableOf(ran: Ran[]): string {
  const width = Math.max(...ran.map(({ what }) => what.length));
  return ran
    .map(({ what, seconds, result }) => `${what.padEnd(width)}  ${timeOf(seconds).padStart(8)}  ${result}`)
    .join("\n");
}

const timeOf = (seconds: number) => `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, "0")}s`;
