import { spawnSync } from "node:child_process";

/** These start fast, and exist on every developer's machine. */
const QUICK = [process.execPath, "node", "python3"];
const PACKAGES: Record<string, string> = { php: "php-cli", go: "golang-go", java: "default-jdk-headless" };

const isThere = (command: string) => ["--version", "version"].some((asked) => spawnSync(command, [asked]).status === 0);

/** Why a sample is not run now, or false. `npm run proof -- samples` runs all languages. */
export function whyNot(command: string): string | false {
  if (!QUICK.includes(command) && process.env.SAMPLES !== "all") return `npm run proof -- samples runs ${command}.`;
  return !isThere(command) && `There is no ${command} here: apt-get install ${PACKAGES[command] ?? command}`;
}
