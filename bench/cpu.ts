import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Milliseconds of processor time that a process has used so far; NaN where there is no /proc. Unlike time on the clock it is the same on a busy machine. */
export function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return Number.NaN;
  const nanoseconds = readdirSync(tasks).map((task) => {
    const [running = "0"] = readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ");
    return Number(running);
  });
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
