import { serveBrowser } from "./browser.ts";
import { startProduct } from "./running.ts";

/**
 * One running product and one browser for every file of a run, found by its environment. A file that runs without them starts its own.
 * `node --test --test-global-setup=test/browser/support/shared.ts test/browser/*.test.ts`
 */
export async function globalSetup() {
  await Promise.all([shareProduct(), shareBrowser()]);
}

/** The product alone, which is all that suites without a browser need. */
export async function shareProduct() {
  const { url, operatorToken, stop } = await startProduct();
  process.env.SHARED_PRODUCT = JSON.stringify({ url, operatorToken });
  closing.push(stop);
}

export async function shareBrowser() {
  const browser = await serveBrowser();
  process.env.SHARED_BROWSER = browser.wsEndpoint();
  closing.push(() => browser.close());
}

const closing: (() => Promise<void>)[] = [];

export const globalTeardown = () => Promise.all(closing.map((close) => close()));
