import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openDb } from "../../../src/lib/db";
import { expireRewards } from "../../../src/participants/rewards/expiry";
import { brokenPromises } from "../../support/invariants";
import { runs } from "../../support/seed";
import { cash, newShop } from "../../support/shop";

type Rule = {
  percent?: number;
  amount?: number;
  threshold: number;
  repeat: "once" | "every";
  max_per_participant: number | null;
  budget: number | null;
  expires_days: number | null;
};
type Act =
  | { do: "buy"; order: number; amount: number }
  | { do: "refund"; order: number; refund: number; amount: number | null }
  | { do: "change"; rule: number; to: Rule }
  | { do: "remove"; rule: number }
  | { do: "expire" };

/** `lasting`: it expires by its rule. `ended`: it expired with this final amount. */
type Granted = { amount: number; lasting: boolean; ended: number | null } | null;

/** The simplest model of the rules for one referrer whose friend buys. */
class Model {
  orders = new Map<number, { amount: number; granted: Granted[] }>();
  refunds = new Map<string, number | null>();
  counts: { reached: number; granted: number; spent: number }[];
  constructor(public rules: (Rule | null)[]) {
    this.counts = rules.map(() => ({ reached: 0, granted: 0, spent: 0 }));
  }

  buy(order: number, amount: number) {
    const known = this.orders.get(order);
    if (known) return known.amount === amount ? 200 : 409;
    this.orders.set(order, { amount, granted: this.rules.map((rule, n) => this.#grant(n, rule, amount)) });
    return 201;
  }

  #grant(n: number, rule: Rule | null, amount: number): Granted {
    const count = this.counts[n];
    if (!rule || !count) return null;
    count.reached++;
    const isOnce = rule.repeat === "once";
    if (isOnce ? count.reached < rule.threshold || count.granted > 0 : count.reached % rule.threshold !== 0)
      return null;
    if (rule.max_per_participant !== null && count.granted >= rule.max_per_participant) return null;
    const worth = rule.amount ?? Math.floor((amount * (rule.percent ?? 0) * 100 + 5000) / 10_000);
    const room = rule.budget === null ? worth : Math.max(0, rule.budget - count.spent);
    const given = worth <= room ? worth : rule.amount === undefined ? room : 0;
    if (given === 0) return null;
    count.granted++;
    count.spent += given;
    return { amount: given, lasting: rule.expires_days !== null, ended: null };
  }

  refund(order: number, refund: number, amount: number | null) {
    const key = `${order}/${refund}`;
    const known = this.refunds.get(key);
    if (known !== undefined) return known === amount ? 200 : 409;
    this.refunds.set(key, amount);
    return 201;
  }

  /** All expiring rewards with a remaining amount. */
  expire() {
    for (const { given, worth } of this.#worths()) if (given.lasting && worth > 0) given.ended ??= worth;
  }

  /** Each reward's amount, in the order of the sales and the rules. */
  worths() {
    return this.#worths().map(({ given, worth }) => given.ended ?? worth);
  }

  #worths() {
    return [...this.orders].flatMap(([order, { amount, granted }]) => {
      const refunds = [...this.refunds].flatMap(([key, part]) => (key.startsWith(`${order}/`) ? [part ?? amount] : []));
      const refunded = Math.min(
        amount,
        refunds.reduce((sum, part) => sum + part, 0),
      );
      const isGone = refunds.length > 0 && refunded >= amount;
      return granted.flatMap((given) =>
        given === null
          ? []
          : [
              {
                given,
                worth: isGone ? 0 : given.amount - (refunded && Math.round((given.amount * refunded) / amount)),
              },
            ],
      );
    });
  }
}

const optional = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: null });
const rule: fc.Arbitrary<Rule> = fc
  .record({
    reward: fc.oneof(
      fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ amount: fc.integer({ min: 1, max: 900 }) }),
    ),
    threshold: fc.integer({ min: 1, max: 3 }),
    repeat: fc.constantFrom("once" as const, "every" as const),
    max_per_participant: optional(4),
    budget: optional(3000),
    expires_days: optional(3),
  })
  .map(({ reward, ...rest }) => ({ ...reward, ...rest }));

const amount = fc.integer({ min: 0, max: 5000 });
const order = fc.nat(7);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("buy" as const), order, amount }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("refund" as const), order, refund: fc.nat(2), amount: optional(4000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("change" as const), rule: fc.nat(1), to: rule }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), rule: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("expire" as const) }) },
);

const bodyOf = ({ percent, amount, ...rest }: Rule) => ({ ...rest, reward: cash(percent ? { percent } : { amount }) });

it("sales, refunds, repeats, and rule changes match the model", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(rule, rule), fc.array(act, { minLength: 5, maxLength: 30 }), async (first, acts) => {
      const shop = await newShop(first.map(bodyOf));
      const { id, owner } = shop.campaign;
      const model = new Model([...first]);
      const path = (n: number) => `/api/v1/campaigns/${id}/rules/${shop.rules[n].id}`;
      for (const one of acts) {
        if (one.do === "buy") {
          const answer = await shop.buy({ participant_id: shop.grace.id }, one.amount, {
            conversion_id: `o-${one.order}`,
          });
          expect(answer.status, answer.text).toBe(model.buy(one.order, one.amount));
        } else if (one.do === "refund") {
          const body = {
            campaign_id: id,
            conversion_id: `o-${one.order}`,
            refund_id: `r-${one.refund}`,
            amount: one.amount,
          };
          const answer = await owner.post("/api/v1/refunds", body);
          expect(answer.status, answer.text).toBe(model.refund(one.order, one.refund, one.amount));
        } else if (one.do === "expire") {
          await env.DB.prepare("UPDATE rewards SET expires_at = 1 WHERE campaign_id = ? AND expires_at IS NOT NULL")
            .bind(id)
            .run();
          await expireRewards({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
          model.expire();
        } else if (model.rules[one.rule]) {
          const isChange = one.do === "change";
          const answer = isChange
            ? await owner.put(path(one.rule), bodyOf(one.to))
            : await owner.delete(path(one.rule));
          expect(answer.status, answer.text).toBe(200);
          model.rules[one.rule] = isChange ? one.to : null;
        }
      }
      const rewards = (await shop.campaign.rewards()) as { id: number; amount: number }[];
      expect(rewards.sort((a, b) => a.id - b.id).map((reward) => reward.amount)).toEqual(model.worths());
      const { rules } = (await owner.get(`/api/v1/campaigns/${id}/rules`)).data;
      const spent = rules.flatMap((one: { id: number; spent: number }) => {
        const n = shop.rules.findIndex((made) => made.id === one.id);
        return n < 0 ? [] : [[n, one.spent]];
      });
      expect(spent).toEqual(model.rules.flatMap((one, n) => (one ? [[n, model.counts[n]?.spent]] : [])));
      expect(await brokenPromises(id)).toEqual([]);
    }),
    { numRuns: runs(8) },
  );
});
