import { ReferralsError } from "@referrals/sdk";
import { run } from "./command.js";
import { UsageError } from "./usage.js";

/** 1: the server refused, or could not be reached. 2: invalid command. 130: Ctrl-C. */
const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;

process.on("SIGINT", () => process.exit(INTERRUPTED));
// Such as `| head`.
process.stdout.on("error", () => process.exit(0));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nTry: referrals help`);
    process.exitCode = MISUSED;
  } else if (error instanceof ReferralsError) {
    const id = error.requestId ? ` (request ${error.requestId})` : "";
    console.error(`${error.message}${id}`);
    for (const { path, message } of error.issues) console.error(`  ${path}: ${message}`);
    if (error.status === 401) console.error("Sign in with another key: referrals login");
    process.exitCode = FAILED;
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = FAILED;
  }
}
