import { openBrowser } from "./browser.ts";
import { openHost } from "./host.ts";
import { openProduct } from "./product.ts";

export { shoot, visit } from "./browser.ts";
export { ANY_IMPACT, axe, noSidewaysScroll } from "./looks.ts";

export type World = Awaited<ReturnType<typeof openWorld>>;

type Own = {
  /** Settings of its own need a product of its own. */
  vars?: Record<string, string>;
  /** A browser has one clipboard for all who use it. */
  hasClipboard?: boolean;
};

/** The running product, a website of somebody else, and a browser, for a file of tests. */
export async function openWorld({ vars, hasClipboard }: Own = {}) {
  const product = await openProduct(vars);
  const [host, browser] = await Promise.all([openHost(), openBrowser(hasClipboard)]);
  return {
    product,
    host,
    browser,
    newCampaign: product.newCampaign,
    close: async () => {
      await browser.close();
      host.close();
      await product.stop();
    },
  };
}
