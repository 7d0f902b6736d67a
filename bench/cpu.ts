import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Milliseconds of CPU time that a process has used so far, or NaN without a /proc. Unlike wall-clock time, it is the
 * same on a busy machine.
 */
export function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return Number.NaN;
  const nanoseconds = readdirSync(tasks).map((task) => {
    const [running = "0"] = readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ");
    return Number(running);
  });
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
