import { existsSync } from "node:fs";
import { type KeyInput, launch } from "puppeteer-core";
import { type Engine, MissingEngine } from "./engine.ts";

const BINARY = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** Debian's Firefox ESR, over WebDriver BiDi. Another Firefox: FIREFOX=/path/to/it. */
export async function openFirefox(): Promise<Engine> {
  if (!existsSync(BINARY))
    throw new MissingEngine("Install it: apt-get install firefox-esr. Or set FIREFOX=/path/to/it.");
  const browser = await launch({
    browser: "firefox",
    executablePath: BINARY,
    headless: true,
    defaultViewport: { width: 1280, height: 800 },
  });
  return {
    name: "Firefox",
    version: (await browser.version()).replace("firefox/", ""),
    visitor: async () => {
      const person = await browser.createBrowserContext();
      const page = await person.newPage();
      const frame = () => page.frames().find((one) => one.url().includes("/widget/")) ?? page.mainFrame();
      return {
        goTo: async (url) => void (await page.goto(url)),
        show: () => page.bringToFront(),
        run: (work) => page.evaluate(work),
        runInFrame: (work) => frame().evaluate(work),
        press: async (keys) => {
          const [key = "", ...held] = (keys.length > 1 ? keys.split("+").reverse() : [keys]) as KeyInput[];
          for (const one of held) await page.keyboard.down(one);
          await page.keyboard.press(key as KeyInput);
          for (const one of held) await page.keyboard.up(one);
        },
        click: (x, y) => page.mouse.click(x, y),
        shoot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
        close: () => person.close(),
      };
    },
    close: () => browser.close(),
  };
}
