import { type Campaign, newCampaign, populate } from "./campaign.ts";
import type { Loader, Request } from "./load.ts";
import { over, type Row, ratio } from "./report.ts";
import { interleaved, type Options, type Round } from "./rounds.ts";
import { startFloor, startProduct } from "./targets.ts";

const FEW = 1_000;
const MANY = 100_000;

/** What visitors' browsers ask for, beside a Worker that answers the very same text and does nothing else. */
export async function benchCopies(loader: Loader, options: Options, report: (row: Row) => void) {
  const paths = {
    "lander JSON, cached": (id: number) => `/api/v1/lander?campaign_id=${id}`,
    "widget configuration, cached": (id: number) => `/api/widget/config?campaign_id=${id}`,
  };
  for (const [name, path] of Object.entries(paths))
    for (const connections of options.connections) {
      const product = await startProduct();
      const { id } = await newCampaign(product, "seen", { publish: "public" });
      const url = product.url + path(id);
      const floor = await startFloor(await (await fetch(url)).text());
      const { ours, constant } = await interleaved(
        loader,
        {
          ours: { url, method: "GET", headers: {}, pid: product.pid },
          constant: { url: `${floor.url}/constant`, method: "GET", headers: {}, pid: floor.pid },
        },
        connections,
        options,
      );
      const what = "throughput to a constant's";
      report({
        name: `${name}, ${connections} at once`,
        figures: { ...figuresOf("", ours), ...figuresOf("constant, ", constant) },
        targets: connections === 64 ? [{ what, ratio: ratio(ours, constant, "rps"), bound: 0.9, at: "least" }] : [],
      });
      await product.stop();
      await floor.stop();
    }
}

/** Stats and lists of a campaign with a hundred times the people of another. */
export async function benchSizes(loader: Loader, options: Options, report: (row: Row) => void) {
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
  for (const [name, path] of Object.entries(paths)) {
    const request = (campaign: Campaign): Request & { pid: number } => ({
      url: `${product.url}/api/v1${path(campaign)}`,
      method: "GET",
      headers: campaign.headers,
      pid: product.pid,
    });
    const { few, many } = await interleaved(loader, { few: request(small), many: request(large) }, 1, options);
    report({
      name: `${name}, of ${MANY}`,
      figures: { ...figuresOf("", many), ...figuresOf(`of ${FEW}, `, few) },
      targets: [{ what: `latency to that of ${FEW}`, ratio: ratio(many, few, "p50"), bound: 1.2, at: "most" }],
    });
  }
  await product.stop();
}

const figuresOf = (of: string, rounds: Round[]) => ({
  [`${of}per second`]: over(rounds, "rps"),
  [`${of}p50 ms`]: over(rounds, "p50"),
  [`${of}p99 ms`]: over(rounds, "p99"),
  [`${of}CPU ms`]: over(rounds, "cpu"),
});
