import { readFileSync } from "node:fs";

const LOOKS_EVERY_MS = 100;

/**
 * How much memory the runtime's processes had at their peaks, as far as there is a `/proc` to tell: one peak for each, ended or not. It
 * is all of workerd, with SQLite, the simulated queue and every isolate in it, so Cloudflare's 128 MB for one isolate say nothing of it.
 */
export function watchMemory(pidFile: string) {
  const peaks = new Map<string, number>();
  const look = () => {
    try {
      const pid = readFileSync(pidFile, "utf8").trim();
      const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      if (kilobytes) peaks.set(pid, Number(kilobytes));
    } catch {
      // It is not there yet, or no more, or this is another system.
    }
  };
  setInterval(look, LOOKS_EVERY_MS).unref();
  return { peaks: () => [...peaks.values()] };
}
