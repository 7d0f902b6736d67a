import { newCampaign, someCodes } from "./campaign.ts";
import type { Loader } from "./load.ts";
import { type Measured, median } from "./report.ts";
import type { Options } from "./rounds.ts";
import { startFloor, startProduct, type Target } from "./targets.ts";

const CODES = 100_000;
const WHAT = `upload of ${CODES} coupons in one call`;

/** The maximum number of codes in one call, compared with a bare Worker that inserts them in one batch. */
export async function benchCoupons(_loader: Loader, { rounds, wants }: Options, report: (measured: Measured) => void) {
  if (!wants(WHAT)) return;
  const product = await startProduct();
  const floor = await startFloor();
  const { api, brandId, headers } = await newCampaign(product, "generous");
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const body = JSON.stringify({ codes: someCodes(CODES, `ROUND-${round}`) });
    const { id } = await api.post<{ id: number }>("/campaigns", { brand_id: brandId, name: `Round ${round}` });
    const { took, data } = await post(product, `/api/v1/campaigns/${id}/coupons`, headers, body);
    if (data.added !== CODES) throw new Error(`${data.added} of ${CODES} codes were added.`);
    times.ours.push(took);
    times.bare.push((await post(floor, "/coupons", headers, body)).took);
  }
  const [ours, bare] = [median(times.ours) / 1000, median(times.bare) / 1000];
  const ratio = median(times.ours.map((took, round) => took / (times.bare[round] ?? Number.NaN)));
  report({
    what: WHAT,
    at_once: 1,
    figures: { s: ours, "bare batch, s": bare },
    comparisons: [{ figure: "s", ours, floor: { name: "bare batch", value: bare, ratio } }],
  });
  await product.stop();
  await floor.stop();
}

async function post({ url }: Target, path: string, headers: Record<string, string>, body: string) {
  const started = performance.now();
  const response = await fetch(url + path, { method: "POST", headers, body });
  const { success, data } = (await response.json()) as { success: boolean; data: { added: number } };
  if (!success) throw new Error(`${path} replied with ${response.status}.`);
  return { took: performance.now() - started, data };
}
