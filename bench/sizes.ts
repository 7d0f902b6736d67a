import { type Campaign, newCampaign, populate } from "./campaign.ts";
import type { Loader, Request } from "./load.ts";
import { compared, figuresOf, type Measured } from "./report.ts";
import { interleaved, type Options } from "./rounds.ts";
import { startProduct } from "./targets.ts";

const FEW = 1_000;
const MANY = 100_000;

/** Stats and lists of a campaign, compared with one that has a hundred times as many participants. */
export async function benchSizes(loader: Loader, options: Options, report: (measured: Measured) => void) {
  const product = await startProduct();
  const small = await newCampaign(product, "small");
  const large = await newCampaign(product, "large");
  await populate(product, small, FEW);
  await populate(product, large, MANY);
  const paths = {
    "brand stats": ({ brandId }: Campaign) => `/brands/${brandId}/stats`,
    "campaign stats": ({ id }: Campaign) => `/campaigns/${id}/stats`,
    "participants, first page": ({ id }: Campaign) => `/participants?campaign_id=${id}`,
    "participants of the account, first page": () => "/participants",
    "leaderboard, first page": ({ id }: Campaign) => `/campaigns/${id}/leaderboard`,
  };
  for (const [what, path] of Object.entries(paths).filter(([what]) => options.wants(what))) {
    const request = (campaign: Campaign): Request & { pid: number } => ({
      url: `${product.url}/api/v1${path(campaign)}`,
      method: "GET",
      headers: campaign.headers,
      pid: product.pid,
    });
    const { few, many } = await interleaved(loader, { few: request(small), many: request(large) }, 1, options);
    report({
      what: `${what}, of ${MANY}`,
      at_once: 1,
      figures: { ...figuresOf(many), ...figuresOf(few, `of ${FEW}, `) },
      comparisons: [compared("p50", many, `of ${FEW}`, few, { bound: 1.2, at: "most" })],
    });
  }
  await product.stop();
}
