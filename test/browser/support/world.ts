import { openBrowser } from "./browser.ts";
import { openHost } from "./host.ts";
import { openProduct } from "./product.ts";

export { shoot, visit } from "./browser.ts";
export { ANY_IMPACT, axe, noSidewaysScroll } from "./looks.ts";

export type World = Awaited<ReturnType<typeof openWorld>>;

type Own = {
  /** Special settings need a separate product. */
  vars?: Record<string, string>;
  /** A browser has a single clipboard. */
  hasClipboard?: boolean;
};

/** The running product, a customer's website, and a browser, for a test file. */
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
