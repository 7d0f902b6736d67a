import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../root.ts";

export type Call = { args: string[] /** Goes to its standard input, and is never printed. */; input?: string };

/** Runs wrangler in one account, and prints every call. It never prompts: the answers are in its arguments. */
export class Wrangler {
  account: string | undefined;
  constructor(account?: string) {
    this.account = account;
  }

  /** A call as you would type it in a shell. */
  told({ args, input }: Call) {
    const account = this.account ? `CLOUDFLARE_ACCOUNT_ID=${this.account} ` : "";
    return `${account}npx wrangler ${args.join(" ")}${input === undefined ? "" : " < (secrets)"}`;
  }

  /**
   * @returns its output
   * @throws WranglerError if it failed
   */
  async run(call: Call): Promise<string> {
    console.log(`  ${this.told(call)}`);
    const child = this.#spawn(call.args, "pipe");
    child.stdin?.end(call.input);
    const [output, complaint, [code]] = await Promise.all([
      child.stdout ? text(child.stdout) : "",
      child.stderr ? text(child.stderr) : "",
      once(child, "close"),
    ]);
    if (code !== 0) throw new WranglerError(this.told(call), `${output}\n${complaint}`.trim());
    return output;
  }

  /** Runs it on this terminal, where it may ask questions. */
  async show(args: string[]): Promise<void> {
    console.log(`\n${this.told({ args })}`);
    const [code] = await once(this.#spawn(args, "inherit"), "close");
    if (code !== 0) throw new WranglerError(this.told({ args }), `exit code ${code}`);
  }

  #spawn(args: string[], stdio: "pipe" | "inherit") {
    const env = {
      ...process.env,
      PATH: `${process.env.PATH}${delimiter}${join(root, "node_modules/.bin")}`,
      ...(this.account && { CLOUDFLARE_ACCOUNT_ID: this.account }),
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      FORCE_COLOR: "0",
    };
    return spawn("wrangler", args, { cwd: root, stdio, env, shell: process.platform === "win32" });
  }
}

export class WranglerError extends Error {
  readonly output: string;
  constructor(call: string, output: string) {
    super(`This failed: ${call}\n${output}`);
    this.output = output;
  }
}
