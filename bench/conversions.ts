import { newCampaign } from "./campaign.ts";
import type { Loader, Request } from "./load.ts";
import { compared, figuresOf, type Measured } from "./report.ts";
import { interleaved, type Options } from "./rounds.ts";
import { referralsTo } from "./signups.ts";
import { startProduct, type Target } from "./targets.ts";

const BUYERS = 50;
const WHAT = "conversion with a reward";

/** Purchases by fifty friends in turn. Each earns its buyer's referrer a tenth of the sale. */
async function purchases(target: Target): Promise<Request> {
  const { id, api, headers } = await newCampaign(target, "shop", { num_signups: 1_000_000 });
  await api.post(`/campaigns/${id}/rules`, { role: "referrer", reward: { reward_type: 5, percent: 10 } });
  const bodies: string[] = [];
  for (let i = 0; i < BUYERS; i++) {
    const referrer = { campaign_id: id, email: `referrer-${i}@example.com`, name: "Referrer" };
    const { referral_code } = await api.post<{ referral_code: string }>("/signups", referrer);
    const email = `buyer-${i}@example.com`;
    await api.post("/signups/referral", { referral_code, email, name: "Buyer" });
    bodies.push(JSON.stringify({ campaign_id: id, email, conversion_id: "order-#", amount: 4999 }));
  }
  return { url: `${target.url}/api/v1/conversions`, method: "POST", headers, bodies };
}

/** Measures conversions and referral signups alternately, on the same runtime and database. */
export async function benchConversions(loader: Loader, options: Options, report: (measured: Measured) => void) {
  if (!options.wants(WHAT)) return;
  for (const connections of options.connections) {
    const product = await startProduct();
    const signups = await referralsTo(product, await newCampaign(product, "viral", { num_signups: 1_000_000 }));
    const requests = {
      sales: { ...(await purchases(product)), pid: product.pid },
      signups: { ...signups, pid: product.pid },
    };
    const { sales, signups: beside } = await interleaved(loader, requests, connections, options);
    const wanted = connections === 64 ? ({ bound: 0.8, at: "least" } as const) : undefined;
    report({
      what: WHAT,
      at_once: connections,
      figures: { ...figuresOf(sales), ...figuresOf(beside, "referral signup, ") },
      comparisons: [compared(connections === 1 ? "p50" : "rps", sales, "referral signup", beside, wanted)],
    });
    await product.stop();
  }
}
