import { type Campaign, newCampaign, someCodes } from "./campaign.ts";
import type { Loader, Request } from "./load.ts";
import { type Comparison, compared, figuresOf, type Measured } from "./report.ts";
import { interleaved, type Options, type Round } from "./rounds.ts";
import { startFloor, startPlain, startProduct, startUngrouped, type Target } from "./targets.ts";

const REFERRERS = 50;
const COUPONS = 100_000;
const PLAIN = "plain node:http and SQLite";

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

/** The floors do the same in all three cases: one participant, one event, one counter. */
const least = ({ url }: Pick<Target, "url">): Request => ({
  url: `${url}/signups`,
  method: "POST",
  headers: { "Content-Type": "application/json" },
  bodies: [JSON.stringify(person)],
});

/** Sets up the case's campaign. */
async function opened(target: Target, { fields, coupons, isReferral }: Case): Promise<Request> {
  const campaign = await newCampaign(target, "viral", fields);
  if (coupons > 0) await campaign.api.post(`/campaigns/${campaign.id}/coupons`, { codes: someCodes(coupons) });
  if (isReferral) return referralsTo(target, campaign);
  const bodies = [JSON.stringify({ campaign_id: campaign.id, ...person })];
  return { url: `${target.url}/api/v1/signups`, method: "POST", headers: campaign.headers, bodies };
}

/** Signups by fifty referrers' codes in turn. */
export async function referralsTo(target: Target, { id, api, headers }: Campaign): Promise<Request> {
  const bodies: string[] = [];
  for (let i = 0; i < REFERRERS; i++) {
    const referrer = { campaign_id: id, email: `referrer-${i}@example.com`, name: "Referrer" };
    const { referral_code } = await api.post<{ referral_code: string }>("/signups", referrer);
    bodies.push(JSON.stringify({ referral_code, ...person }));
  }
  return { url: `${target.url}/api/v1/signups/referral`, method: "POST", headers, bodies };
}

/**
 * Measures each case at each number of connections: the bare batch, the product, and the product without groups, each
 * on an empty database. Basic signups are also compared with a plain server; the other cases would send it the same
 * requests.
 */
export async function benchSignups(loader: Loader, options: Options, report: (measured: Measured) => void) {
  for (const one of cases.filter(({ name }) => options.wants(name)))
    for (const connections of options.connections) {
      const floor = await startFloor();
      const product = await startProduct();
      const ungrouped = await startUngrouped();
      const plain = one.isReferral ? undefined : await startPlain();
      const requests = {
        bare: { ...least(floor), pid: floor.pid },
        ours: { ...(await opened(product, one)), pid: product.pid },
        ungrouped: { ...(await opened(ungrouped, one)), pid: ungrouped.pid },
      };
      const loads: Loads = plain
        ? await interleaved(loader, { ...requests, plain: { ...least(plain), pid: plain.pid } }, connections, options)
        : await interleaved(loader, requests, connections, options);
      report({
        what: one.name,
        at_once: connections,
        figures: {
          ...figuresOf(loads.ours),
          ...figuresOf(loads.bare, "bare batch, "),
          ...figuresOf(loads.ungrouped, "one per batch, "),
          ...(loads.plain && figuresOf(loads.plain, `${PLAIN}, `)),
        },
        comparisons: comparisonsOf(one, connections, loads),
      });
      await Promise.all([floor, product, ungrouped, plain].map((target) => target?.stop()));
    }
}

type Loads = Record<"bare" | "ours" | "ungrouped", Round[]> & { plain?: Round[] };

/** With one connection, the median response time counts. With more, throughput does. */
function comparisonsOf(one: Case, connections: number, { bare, ours, ungrouped, plain }: Loads): Comparison[] {
  const isAtMark = connections === 64;
  if (connections === 1)
    return [
      compared("p50", ours, "bare batch", bare, one.isReferral ? undefined : { bound: 1.5, at: "most" }),
      ...(plain ? [compared("p50", ours, PLAIN, plain)] : []),
    ];
  return [
    compared("rps", ours, "bare batch", bare, isAtMark && !one.isReferral ? { bound: 1.8, at: "least" } : undefined),
    compared("rps", ours, "one per batch", ungrouped, isAtMark ? { bound: 3, at: "least" } : undefined),
    ...(plain ? [compared("rps", ours, PLAIN, plain)] : []),
  ];
}
