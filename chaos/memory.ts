import { readFileSync } from "node:fs";

const LOOKS_EVERY_MS = 100;

/**
 * Records the peak memory of each runtime process, running or ended, where there is a `/proc`. It covers all of
 * workerd, including SQLite, the simulated queue and every isolate, so Cloudflare's limit of 128 MB per isolate does
 * not apply to it.
 */
export function watchMemory(pidFile: string) {
  const peaks = new Map<string, number>();
  const look = () => {
    try {
      const pid = readFileSync(pidFile, "utf8").trim();
      const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      if (kilobytes) peaks.set(pid, Number(kilobytes));
    } catch {
      // The process has not started or has ended, or this system has no `/proc`.
    }
  };
  setInterval(look, LOOKS_EVERY_MS).unref();
  return { peaks: () => [...peaks.values()] };
}
