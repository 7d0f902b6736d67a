import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** A tab in each engine, as the tests use it. Functions run in the page, so they cannot use variables around them. */
export type Tab = {
  goTo(url: string): Promise<void>;
  /** Activates the tab, whose page may be suspended in the background. */
  show(): Promise<void>;
  /** @returns what the function returns, as JSON */
  run<T>(work: () => T): Promise<T>;
  /** The same in the first frame of the page's first widget. */
  runInFrame<T>(work: () => T): Promise<T>;
  /** Presses a key at the current focus: `Tab`, `Enter`, `Escape`, a character, or `Control+v`. */
  press(key: string): Promise<void>;
  /** Clicks at a point of the window. */
  click(x: number, y: number): Promise<void>;
  /** Saves a picture of the window. */
  shoot(path: string): Promise<void>;
  close(): Promise<void>;
};

export type Engine = {
  name: string;
  version: string;
  /** A tab of a new visitor, who shares no storage with others. */
  visitor(): Promise<Tab>;
  close(): Promise<void>;
};

/** Missing on this machine. The message says how to install it. */
export class MissingEngine extends Error {}

/** Far longer than any step takes, even on a busy machine. Without it, a hanging engine would stop the whole run. */
export const STEP_MS = 300_000;

/** Fails if a step hangs. */
export async function within<T>(what: string, step: Promise<T>, ms = STEP_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`${what} took more than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([step, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Polls the page until it returns something. */
export async function until<T>(tab: Tab, what: string, work: () => T | null | undefined | false, inFrame = false) {
  const look = async () => {
    for (;;) {
      const found = inFrame ? await tab.runInFrame(work).catch(() => null) : await tab.run(work);
      if (found) return found as T;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return within(what, look());
}

const started = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of started) child.kill("SIGKILL");
});

/** Starts a process that ends with this one. */
export function start(command: string, args: string[], options: SpawnOptions) {
  const child = spawn(command, args, options);
  started.add(child);
  return child;
}

/** Ends a process that we started, and waits for its end. */
export async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, "exit");
  child.kill("SIGKILL");
  await over;
}
