import { newCampaign, someCodes } from "./campaign.ts";
import type { Loader, Request } from "./load.ts";
import { over, type Target as Promised, type Row, ratio } from "./report.ts";
import { interleaved, type Options, type Round } from "./rounds.ts";
import { startFloor, startProduct, startUngrouped, type Target } from "./targets.ts";

const REFERRERS = 50;
const COUPONS = 100_000;

const person = { email: "person-#@example.com", name: "Some Person" };

type Case = { name: string; fields: Record<string, unknown>; coupons: number; isReferral: boolean };
const cases: Case[] = [
  { name: "signup, basic", fields: {}, coupons: 0, isReferral: false },
  { name: "signup, referral", fields: { num_signups: 1_000_000 }, coupons: 0, isReferral: true },
  {
    name: "signup, referral, reward and coupon for each",
    fields: { num_signups: 1, reward_invited: true },
    coupons: COUPONS,
    isReferral: true,
  },
];

/** The floor does the same for all three cases: one participant, one event, one counter. */
const bare = ({ url }: Target): Request => ({
  url: `${url}/signups`,
  method: "POST",
  headers: { "Content-Type": "application/json" },
  bodies: [JSON.stringify(person)],
});

/** Sets the case's campaign up; referrals go to fifty referrers in turn. */
async function opened(target: Target, { fields, coupons, isReferral }: Case): Promise<Request> {
  const { id, api, headers } = await newCampaign(target, "viral", fields);
  if (coupons > 0) await api.post(`/campaigns/${id}/coupons`, { codes: someCodes(coupons) });
  if (!isReferral) {
    const bodies = [JSON.stringify({ campaign_id: id, ...person })];
    return { url: `${target.url}/api/v1/signups`, method: "POST", headers, bodies };
  }
  const bodies: string[] = [];
  for (let i = 0; i < REFERRERS; i++) {
    const referrer = { campaign_id: id, email: `referrer-${i}@example.com`, name: "Referrer" };
    const { referral_code } = await api.post<{ referral_code: string }>("/signups", referrer);
    bodies.push(JSON.stringify({ referral_code, ...person }));
  }
  return { url: `${target.url}/api/v1/signups/referral`, method: "POST", headers, bodies };
}

/** Every case at every number of connections: the bare batch, the product, and the product without groups, each on an empty database. */
export async function benchSignups(loader: Loader, options: Options, report: (row: Row) => void) {
  for (const one of cases)
    for (const connections of options.connections) {
      const floor = await startFloor();
      const product = await startProduct();
      const ungrouped = await startUngrouped();
      const requests = {
        bare: { ...bare(floor), pid: floor.pid },
        ours: { ...(await opened(product, one)), pid: product.pid },
        ungrouped: { ...(await opened(ungrouped, one)), pid: ungrouped.pid },
      };
      const loads = await interleaved(loader, requests, connections, options);
      report({
        name: `${one.name}, ${connections} at once`,
        figures: figuresOf(loads),
        targets: promised(one, connections, loads),
      });
      await Promise.all([floor, product, ungrouped].map((target) => target.stop()));
    }
}

type Loads = Record<"bare" | "ours" | "ungrouped", Round[]>;

const figuresOf = ({ bare, ours, ungrouped }: Loads) => ({
  "per second": over(ours, "rps"),
  "p50 ms": over(ours, "p50"),
  "p95 ms": over(ours, "p95"),
  "p99 ms": over(ours, "p99"),
  "CPU ms": over(ours, "cpu"),
  "bare batch, per second": over(bare, "rps"),
  "bare batch, p50 ms": over(bare, "p50"),
  "bare batch, CPU ms": over(bare, "cpu"),
  "one per batch, per second": over(ungrouped, "rps"),
  "one per batch, p50 ms": over(ungrouped, "p50"),
  "one per batch, CPU ms": over(ungrouped, "cpu"),
});

function promised(one: Case, connections: number, { bare, ours, ungrouped }: Loads): Promised[] {
  if (connections === 1 && !one.isReferral)
    return [{ what: "latency to the bare batch's", ratio: ratio(ours, bare, "p50"), bound: 1.5, at: "most" }];
  if (connections !== 64) return [];
  return [
    { what: "throughput to one request per batch", ratio: ratio(ours, ungrouped, "rps"), bound: 3, at: "least" },
    ...(one.isReferral
      ? []
      : [{ what: "throughput to the bare batch", ratio: ratio(ours, bare, "rps"), bound: 1.8, at: "least" as const }]),
  ];
}
