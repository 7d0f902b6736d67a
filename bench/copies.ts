import { newCampaign } from "./campaign.ts";
import type { Loader } from "./load.ts";
import { compared, figuresOf, type Measured } from "./report.ts";
import { interleaved, type Options } from "./rounds.ts";
import { startFloor, startProduct } from "./targets.ts";

/** Requests of visitors' browsers, compared with a Worker that only responds with the same text. */
export async function benchCopies(loader: Loader, options: Options, report: (measured: Measured) => void) {
  const paths = {
    "lander JSON, cached": (id: number) => `/api/v1/lander?campaign_id=${id}`,
    "widget configuration, cached": (id: number) => `/api/widget/config?campaign_id=${id}`,
  };
  for (const [what, path] of Object.entries(paths).filter(([what]) => options.wants(what)))
    for (const connections of options.connections) {
      const product = await startProduct();
      const { id } = await newCampaign(product, "seen", { publish: "public" });
      const url = product.url + path(id);
      const floor = await startFloor({ constant: await (await fetch(url)).text() });
      const { ours, constant } = await interleaved(
        loader,
        {
          ours: { url, method: "GET", headers: {}, pid: product.pid },
          constant: { url: `${floor.url}/constant`, method: "GET", headers: {}, pid: floor.pid },
        },
        connections,
        options,
      );
      const wanted = connections === 64 ? ({ bound: 0.9, at: "least" } as const) : undefined;
      report({
        what,
        at_once: connections,
        figures: { ...figuresOf(ours), ...figuresOf(constant, "constant, ") },
        comparisons: [compared("rps", ours, "constant", constant, wanted)],
      });
      await product.stop();
      await floor.stop();
    }
}
