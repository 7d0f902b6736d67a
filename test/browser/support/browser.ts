import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { unpackedChromium } from "./chromium.ts";

/** A page, and its problems. */
export type Visit = { page: Page; problems: string[] };

/** Far longer than any wait of a test takes, even on a slow and busy machine. */
export const PATIENCE_MS = 120_000;

/** How many times slower than the machine a page's processor is. Slow pages reveal tests that check too early. */
const SLOWDOWN = Number(process.env.SLOWDOWN ?? 1);

/** @see https://chromedevtools.github.io/devtools-protocol/tot/Emulation/#method-setCPUThrottlingRate */
async function slow(page: Page) {
  try {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  } catch {
    // It was closed before it could be slowed down.
  }
}

/**
 * A normal Chromium: the arguments recommended for servers turn off the policies under test.
 * Another Chromium or Chrome: CHROMIUM=/path/to/it.
 */
const options = () => ({
  executablePath: process.env.CHROMIUM ?? unpackedChromium(),
  args: ["--no-sandbox", "--font-render-hinting=none"],
  headless: true,
});

/** A browser that other processes open tabs in. */
export const serveBrowser = async () => chromium.launchServer(options());

/** If a tab closes during a request, the request's handler throws outside of any test, which fails the file. */
function leaveRequestsBehind(context: BrowserContext) {
  const close = context.close.bind(context);
  context.close = async (options) => {
    const routed = [context, ...context.pages()];
    await Promise.all(routed.map((owner) => owner.unrouteAll({ behavior: "ignoreErrors" })));
    await close(options);
  };
}

/** The browser shared by all files, or the file's own. */
export async function openBrowser(isOwn = false) {
  const shared = isOwn ? undefined : process.env.SHARED_BROWSER;
  const browser = shared ? await chromium.connect(shared) : await chromium.launch(options());
  return {
    version: browser.version(),
    /** A browser profile of its own. */
    person: async (own: BrowserContextOptions = {}): Promise<BrowserContext> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US", ...own });
      context.setDefaultTimeout(PATIENCE_MS);
      leaveRequestsBehind(context);
      if (SLOWDOWN > 1) context.on("page", slow);
      return context;
    },
    close: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await browser.close();
    },
  };
}

/** A new tab. Every browser message is a problem: errors, warnings, and policy violations, in frames, too. */
export async function visit(person: BrowserContext, url: string): Promise<Visit> {
  const page = await person.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  await page.goto(url);
  return { page, problems };
}

/** Saved in the folder SHOTS, if it is set. */
export async function shoot(page: Page, name: string, options: { fullPage?: boolean } = {}) {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), ...options });
}
