import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { unpackedChromium } from "./chromium.ts";

/** A page, and what went wrong on it. */
export type Visit = { page: Page; problems: string[] };

/** Far longer than anything takes that a test waits for, on a machine that is slow and busy. */
export const PATIENCE_MS = 120_000;

/** How many times slower than the machine a page's processor is. Slow pages bring to light what a test asks too early. */
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
 * Chromium as people have it: the arguments that its packagers recommend for servers switch off the very policies to be tested.
 * Another Chromium or Chrome: CHROMIUM=/path/to/it.
 */
const options = () => ({
  executablePath: process.env.CHROMIUM ?? unpackedChromium(),
  args: ["--no-sandbox", "--font-render-hinting=none"],
  headless: true,
});

/** A browser that other processes open tabs in. */
export const serveBrowser = async () => chromium.launchServer(options());

/** A handler of a request that is still under way when its tab closes ends in an error outside of every test, which fails the file. */
function leaveRequestsBehind(context: BrowserContext) {
  const close = context.close.bind(context);
  context.close = async (options) => {
    const routed = [context, ...context.pages()];
    await Promise.all(routed.map((owner) => owner.unrouteAll({ behavior: "ignoreErrors" })));
    await close(options);
  };
}

/** The browser that runs for all files, or one of its own that ends with its file. */
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

/** A new tab. Whatever the browser complains about is a problem: errors, warnings, violations of a policy, in frames, too. */
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

/** Kept in the folder SHOTS, when it is set. */
export async function shoot(page: Page, name: string, options: { fullPage?: boolean } = {}) {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), ...options });
}
