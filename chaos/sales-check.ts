import type { SalesHistory } from "./sales.ts";
import type { ShopTables } from "./sales-tables.ts";
import { type Shop, shopRules } from "./shop.ts";
import { countBy, missing, repeated, type Verdict, verdict } from "./verdict.ts";

type Due = { rule: number; to: number; conversion: number; granted: number; left: number };

/** Compares the shop's rows with its clients' history, and with the rewards that the rules give for the sales, in their order. */
export function checkSales(shop: Shop, { sales, refunds }: SalesHistory, tables: ShopTables): Verdict[] {
  const { conversions, rewards, credits, events, stats } = tables;
  const byOrder = new Map(conversions.map((k) => [k.external_id, k]));
  const keyOf = (order: string, refund: string, amount: number | null) => `${order} ${refund} ${amount}`;
  const kept = new Set(tables.refunds.map((r) => keyOf(r.external_id, r.refund_id, r.amount)));
  const sent = (all: typeof refunds) => all.map((r) => keyOf(r.order, r.refund, r.amount));
  const created = countBy(
    events.filter(({ type }) => type === "conversion.created"),
    ({ id }) => id,
  );
  const due = dueOf(shop, tables);
  const nameOf = (rule: number, to: number, conversion: number) => `${rule} to ${to} for ${conversion}`;
  const rewardOf = new Map(rewards.map((w) => [nameOf(w.rule_id, w.participant_id, w.conversion_id), w]));
  const earned = new Map(credits.filter(({ reason }) => reason === "earned").map((c) => [c.reward_id, c.amount]));
  const summed = new Map<number, number>();
  for (const { reward_id, amount } of credits) summed.set(reward_id, (summed.get(reward_id) ?? 0) + (amount ?? 0));
  const isWrong = ({ rule, to, conversion, granted, left }: Due) => {
    const reward = rewardOf.get(nameOf(rule, to, conversion));
    if (!reward || earned.get(reward.id) !== granted) return true;
    if (reward.date_expired === null && summed.get(reward.id) !== left) return true;
    if (reward.date_expired !== null) return expiredWrongly(reward, left, summed.get(reward.id) ?? 0);
    if (reward.status === "revoked") return left !== 0;
    return reward.amount - (reward.owed_back ?? 0) !== left || (left === 0 && reward.status === "pending");
  };
  const isHeld = ({ held_until, needs_approval }: (typeof rewards)[number]) =>
    held_until !== null || needs_approval !== null;
  const isPending = ({ status }: { status: string }) => status === "pending";
  const hasExpired = ({ date_expired }: Reward) => date_expired !== null;
  const isGiven = ({ status }: { status: string }) => status === "fulfilled";

  return [
    verdict(
      "acknowledged sales that were lost, or have another buyer, amount, or outcome",
      sales.filter((s) => {
        const row = byOrder.get(s.order);
        if (!row) return s.outcome === "ok";
        const { participant_id, amount, outcome } = row;
        return participant_id !== s.buyer || amount !== s.amount || (s.told !== null && s.told !== outcome);
      }),
    ),
    verdict(
      "sales that nobody made",
      missing(
        byOrder.keys(),
        new Set(sales.filter((s) => s.isBought && s.outcome !== "failed").map(({ order }) => order)),
      ),
    ),
    verdict("orders with two sales", repeated(conversions.map(({ external_id }) => external_id))),
    verdict(
      "sales without exactly one event",
      conversions.filter(({ event }) => created.get(event) !== 1),
    ),
    verdict("acknowledged refunds that were lost", missing(sent(refunds.filter((r) => r.outcome === "ok")), kept)),
    verdict("refunds that nobody made", missing(kept, new Set(sent(refunds.filter((r) => r.outcome !== "failed"))))),
    verdict("rewards of sales that are missing, or have the wrong amount or status", due.filter(isWrong)),
    verdict(
      "rewards of sales that nobody earned",
      missing(rewardOf.keys(), new Set(due.map((d) => nameOf(d.rule, d.to, d.conversion)))),
    ),
    verdict("rules that spent something else than they gave", wrongSpending(shop, tables, due)),
    verdict("rewards or sales of the shop counted wrong", [
      ...(stats.rewards_held === rewards.filter(isHeld).length ? [] : [`${stats.rewards_held} held`]),
      ...(stats.rewards_pending === rewards.filter(isPending).length ? [] : [`${stats.rewards_pending} pending`]),
      ...(stats.rewards_fulfilled === rewards.filter(isGiven).length ? [] : [`${stats.rewards_fulfilled} fulfilled`]),
      ...(stats.rewards_expired === rewards.filter((one) => hasExpired(one) && !isGiven(one)).length
        ? []
        : [`${stats.rewards_expired} expired`]),
      ...(stats.credit_expired === rewards.filter((one) => hasExpired(one) && isGiven(one)).length
        ? []
        : [`${stats.credit_expired} expired credit`]),
      ...(stats.total_conversions === conversions.length ? [] : [`${stats.total_conversions} sales`]),
    ]),
  ];
}

type Reward = ShopTables["rewards"][number];

/** The amount left: nothing of cash, and at most the unrefunded part of redeemed store credit. */
const expiredWrongly = ({ status, amount, owed_back }: Reward, left: number, summed: number) =>
  status === "revoked" ? summed !== 0 : summed !== amount - (owed_back ?? 0) || summed < 0 || summed > left;

/** The rewards that the rules give for the sales. A budget's last percentage gets the rest of it. */
function dueOf({ rules }: Shop, { conversions, refunds }: ShopTables): Due[] {
  const spent = rules.map(() => 0);
  const had = new Map<string, number>();
  const refundsOf = new Map<string, (number | null)[]>();
  for (const { external_id, amount } of refunds)
    refundsOf.set(external_id, [...(refundsOf.get(external_id) ?? []), amount]);
  return conversions.flatMap((sale) => {
    const parts = (refundsOf.get(sale.external_id) ?? []).map((part) => part ?? sale.amount);
    const refunded = Math.min(
      sale.amount,
      parts.reduce((sum, part) => sum + part, 0),
    );
    return shopRules.flatMap((rule, n): Due[] => {
      const id = rules[n] ?? 0;
      const to = rule.role === "referrer" ? sale.referrer_id : sale.participant_id;
      const { percent = 0, amount } = rule.reward;
      const month = new Date(sale.date_added).toISOString().slice(0, 7);
      const counts = [`${id} ${to}`, `${id} ${to} ${month}`] as const;
      const [count, inMonth] = counts.map((key) => had.get(key) ?? 0) as [number, number];
      if (count >= (rule.max_per_participant ?? Infinity) || inMonth >= (rule.max_per_month ?? Infinity)) return [];
      const worth = amount ?? Math.round((sale.amount * percent) / 100);
      const granted = Math.min(worth, (rule.budget ?? Infinity) - (spent[n] ?? 0));
      if (granted === 0) return [];
      spent[n] = (spent[n] ?? 0) + granted;
      for (const key of counts) had.set(key, (had.get(key) ?? 0) + 1);
      const left = granted - Math.round((granted * refunded) / sale.amount);
      return [{ rule: id, to, conversion: sale.id, granted, left }];
    });
  });
}

function wrongSpending({ rules }: Shop, { spent }: ShopTables, due: Due[]) {
  const kept = new Map(spent.map((one) => [one.rule, one.spent]));
  return rules.flatMap((rule) => {
    const given = due.reduce((sum, one) => sum + (one.rule === rule ? one.granted : 0), 0);
    return (kept.get(rule) ?? 0) === given ? [] : [{ rule, given, spent: kept.get(rule) ?? 0 }];
  });
}
