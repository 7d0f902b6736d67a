import { serveBrowser } from "./browser.ts";
import { startProduct } from "./running.ts";

/**
 * One running product and one browser for every file of a run, found by its environment. A file that runs without them starts its own.
 * `node --test --test-global-setup=test/browser/support/shared.ts test/browser/*.test.ts`
 */
export async function globalSetup() {
  const [product, browser] = await Promise.all([startProduct(), serveBrowser()]);
  process.env.SHARED_PRODUCT = JSON.stringify({ url: product.url, operatorToken: product.operatorToken });
  process.env.SHARED_BROWSER = browser.wsEndpoint();
  close = async () => {
    await browser.close();
    await product.stop();
  };
}

let close = async () => {};

export const globalTeardown = () => close();
