import type { Raw } from "../lib/columns";
import { changed, type Results, rows } from "./batch/results";
import { bind } from "./batch/statement";
import { type Item, type Known, type Plan, planOf, type Value } from "./plan";
import type { Outcome } from "./signups/outcome";
import { basicGroup, consequences } from "./signups/signups";

/**
 * One transaction's statements for all items, kind by kind, and how to read their results. Outcomes are in the items'
 * order.
 */
export function commitGroup(db: D1DatabaseSession, items: Item[], known: Known) {
  const parts = [...new Set(items.map((item) => item.kind))].flatMap((kind) =>
    rounds(items.filter((item) => item.kind === kind)).map((own) => ({
      own,
      plan: planOf(kind, own, known),
    })),
  );
  const statements = parts.flatMap(({ own, plan }) => {
    const values = [JSON.stringify(own), known.campaignId, known.givenUpTo, known.mark, known.now] as const;
    return Object.values(plan.statements).map((sql) => bind(db, sql, values));
  });
  return { statements, read: (results: D1Result<Raw>[]) => readAll(items, parts, results) };
}

/** The participant or reward that statements of the item's kind handle only once per round. */
const onceOf = (item: Item) =>
  item.kind === "status" ? item.participant_id : item.kind === "release" ? item.reward_id : undefined;

/** Several status changes of one participant, or releases of one reward, go into successive rounds. */
function rounds(items: Item[]): Item[][] {
  const all: Item[][] = [];
  const times = new Map<number, number>();
  for (const item of items) {
    const once = onceOf(item);
    const round = once === undefined ? 0 : (times.get(once) ?? 0);
    if (once !== undefined) times.set(once, round + 1);
    all[round] ??= [];
    all[round].push(item);
  }
  return all;
}

function readAll(items: Item[], parts: { own: Item[]; plan: Plan }[], all: D1Result<Raw>[]) {
  const byItem = new Map<Item, Outcome<Value>>();
  const delivery_ids: number[] = [];
  const mail_ids: number[] = [];
  const asked_ids: number[] = [];
  let last_coupon_id = 0;
  let mark = 0;
  let next = 0;
  let were_plain = false;
  for (const { own, plan } of parts) {
    const results: Results = Object.fromEntries(Object.keys(plan.statements).map((name) => [name, all[next++]]));
    for (const [i, outcome] of plan.outcomes(results).entries()) {
      const item = own[i];
      if (item) byItem.set(item, outcome);
    }
    delivery_ids.push(...rows(results.deliveries).map((row) => Number(row.id)));
    mail_ids.push(...[...rows(results.entryMails), ...rows(results.mails)].map((row) => Number(row.id)));
    asked_ids.push(...rows(results.earnedRewards).flatMap((row) => (row.in_veto === 1 ? Number(row.id) : [])));
    if (plan.statements === basicGroup)
      were_plain = changed(results.totals) > 0 && consequences.every((name) => changed(results[name]) === 0);
    last_coupon_id = Math.max(last_coupon_id, Number(rows(results.lastCoupon)[0]?.last_coupon_id ?? 0));
    mark = Math.max(mark, Number(rows(results.outcomes)[0]?.mark ?? 0));
  }
  return {
    outcomes: items.flatMap((item) => byItem.get(item) ?? []),
    delivery_ids,
    mail_ids,
    asked_ids,
    last_coupon_id,
    mark,
    were_plain,
  };
}
