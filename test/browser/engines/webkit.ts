import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { type Engine, end, MissingEngine, STEP_MS, start, type Tab } from "./engine.ts";

const [DRIVER, DISPLAY_SERVER] = ["/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb"];

/** The WebDriver standard's names for keys that are not characters. */
const KEYS: Record<string, string> = {
  Tab: "\uE004",
  Enter: "\uE007",
  Escape: "\uE00C",
  Shift: "\uE008",
  Control: "\uE009",
};

/** WebKitGTK, the engine of Safari, over WebDriver, on a virtual screen. */
export async function openWebkit(): Promise<Engine> {
  const [browser] = globSync("/usr/lib/*/webkit2gtk-4.1/MiniBrowser");
  if (!existsSync(DRIVER) || !existsSync(DISPLAY_SERVER) || !browser)
    throw new MissingEngine("Install it: apt-get install webkit2gtk-driver xvfb");
  const [screen, display] = await startScreen();
  const drivers: ChildProcess[] = [];
  let version = "";

  /** Each driver has one browser, with one visitor. */
  async function visitor(): Promise<Tab> {
    const port = await freePort();
    const driver = start(DRIVER, [`--port=${port}`], { env: { ...process.env, DISPLAY: display }, stdio: "ignore" });
    drivers.push(driver);
    const send = commandsTo(`http://127.0.0.1:${port}/session`);
    const alwaysMatch = { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } };
    const { sessionId, capabilities } = await send<Session>(
      "",
      { capabilities: { alwaysMatch } },
      () => !isOver(driver),
    );
    version = capabilities.browserVersion;
    const ask = <T>(path: string, body?: object) => send<T>(`/${sessionId}${path}`, body);
    await ask("/window/rect", { x: 0, y: 0, width: 1280, height: 800 });
    await ask("/timeouts", { script: STEP_MS, pageLoad: STEP_MS });
    const run = <T>(work: () => T) => ask<T>("/execute/sync", { script: `return (${work})()`, args: [] });
    const act = (type: string, actions: object[], more = {}) =>
      ask("/actions", { actions: [{ type, id: type, actions, ...more }] });
    return {
      goTo: (url) => ask("/url", { url }),
      show: async () => {},
      run,
      runInFrame: async (work) => {
        const element = await run(() => {
          const roots = [...document.querySelectorAll("*")].map((host) => host.shadowRoot);
          return roots.map((root) => root?.querySelector("iframe")).find(Boolean) as unknown;
        });
        await ask("/frame", { id: element });
        try {
          return await run(work);
        } finally {
          await ask("/frame", { id: null });
        }
      },
      press: async (keys) => {
        const values = (keys.length > 1 ? keys.split("+") : [keys]).map((key) => KEYS[key] ?? key);
        const down = values.map((value) => ({ type: "keyDown", value }));
        const up = values.toReversed().map((value) => ({ type: "keyUp", value }));
        await act("key", [...down, ...up]);
      },
      click: async (x, y) => {
        const move = { type: "pointerMove", x: Math.round(x), y: Math.round(y), duration: 0 };
        const buttons = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
        await act("pointer", [move, ...buttons], { parameters: { pointerType: "mouse" } });
      },
      shoot: async (path) => writeFileSync(path, await ask<string>("/screenshot"), "base64"),
      close: async () => {
        await send(`/${sessionId}`, undefined, undefined, "DELETE").catch(() => {});
        await end(driver);
      },
    };
  }

  return {
    name: "WebKit",
    get version() {
      return version;
    },
    visitor,
    close: async () => {
      for (const driver of drivers) await end(driver);
      await end(screen);
    },
  };
}

type Session = { sessionId: string; capabilities: { browserVersion: string } };

/** Sends commands of the WebDriver standard. `isWorthWaiting` repeats the first one until the driver listens. */
function commandsTo(base: string) {
  return async function send<T>(
    path: string,
    body?: object,
    isWorthWaiting?: () => boolean,
    method?: string,
  ): Promise<T> {
    const options = {
      method: method ?? (body ? "POST" : "GET"),
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(STEP_MS),
    };
    for (;;) {
      try {
        const response = await fetch(base + path, options);
        const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
        if (!response.ok) throw new Error(`WebKit: ${path}: ${value?.error}: ${value?.message}`);
        return value;
      } catch (error) {
        if (!(error instanceof TypeError) || !isWorthWaiting?.()) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
}

const isOver = (child: ChildProcess) => child.exitCode !== null;

/** A virtual screen that chooses its number, and reports it when it is ready. */
async function startScreen(): Promise<[ChildProcess, string]> {
  const screen = start(DISPLAY_SERVER, ["-displayfd", "3", "-screen", "0", "1280x900x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const numbers = screen.stdio[3];
  if (!numbers) throw new Error("Xvfb has no pipe");
  const [number] = await once(numbers, "data");
  return [screen, `:${String(number).trim()}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address ? address.port : 0;
}
