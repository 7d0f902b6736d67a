import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../../package.json" with { type: "json" };

/** The package always unpacks into the folder for temporary files. */
const UNPACK = `await (await import("@sparticuz/chromium")).default.executablePath()`;

/**
 * The path of Chromium, unpacked once for all runs on this machine. The package would unpack in place: a concurrent run would start
 * an incomplete browser, and a killed run would leave one behind. Here, it gets its name once it is complete.
 */
export function unpackedChromium(): string {
  const whole = join(tmpdir(), `chromium-${manifest.devDependencies["@sparticuz/chromium"]}`);
  if (!existsSync(whole)) {
    const own = mkdtempSync(`${whole}-`);
    execFileSync(process.execPath, ["--input-type=module", "--eval", UNPACK], {
      cwd: import.meta.dirname,
      env: { ...process.env, TMPDIR: own },
    });
    try {
      renameSync(own, whole);
    } catch (error) {
      if (!existsSync(whole)) throw error;
      // Another run was faster.
      rmSync(own, { recursive: true });
    }
  }
  return join(whole, "chromium");
}
