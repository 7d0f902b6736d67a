import { openBrowser } from "../support/browser.ts";
import type { Engine } from "./engine.ts";

/** The Chromium of the other browser tests. */
export async function openChromium(): Promise<Engine> {
  const browser = await openBrowser(true);
  return {
    name: "Chromium",
    version: browser.version,
    visitor: async () => {
      const person = await browser.person({ permissions: ["clipboard-read", "clipboard-write"] });
      const page = await person.newPage();
      const frame = () => page.frames().find((one) => one.url().includes("/widget/")) ?? page.mainFrame();
      return {
        goTo: async (url) => void (await page.goto(url)),
        show: () => page.bringToFront(),
        run: (work) => page.evaluate(work),
        runInFrame: (work) => frame().evaluate(work),
        press: (key) => page.keyboard.press(key.replace(/^Control\+v$/, "Control+V")),
        click: (x, y) => page.mouse.click(x, y),
        shoot: async (path) => void (await page.screenshot({ path })),
        close: () => person.close(),
      };
    },
    close: browser.close,
  };
}
