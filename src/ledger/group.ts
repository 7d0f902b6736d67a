import type { RewardRow } from "../../drizzle/schema";
import type { Raw } from "../lib/columns";
import type { Meter } from "../lib/db";
import { type AdmitItem, type Admitted, admitGroup } from "./admit";
import { type ClickItem, clickGroup } from "./clicks";
import type { ConversionItem } from "./conversion-item";
import { type Converted, conversionGroup, conversionOutcome } from "./conversions";
import { dropGroup, type TakeBackItem, takeBackGroup, type UploadItem, uploadGroup } from "./coupons";
import { readReward } from "./earned-reward";
import { type EraseItem, eraseGroup } from "./erase";
import { type GoalItem, goalGroup } from "./goals";
import { type FlushItem, flushGroup } from "./impressions";
import type { SignUpItem } from "./item";
import { type Outcome, type SignedUp, signUpOutcome } from "./outcome";
import { type PayItem, payGroup, type UnpayItem, unpayGroup } from "./payouts";
import { type Redeemed, type RedeemItem, redeemGroup, redeemOutcome } from "./redemptions";
import type { RefundItem } from "./refund-item";
import { type Refunded, refundGroup, refundOutcome } from "./refunds";
import { type ReleaseItem, releaseGroup } from "./release";
import { type RewardItem, rewardGroup } from "./rewards";
import { type ShareItem, shareGroup } from "./shares";
import { basicGroup, consequences, plainGroup, referralGroup } from "./signups";
import { bind, type Group } from "./statement";
import { isRefused, type StatusItem, statusGroup } from "./statuses";
import { type UndoItem, undoGroup } from "./undo";

type DropItem = { kind: "drop"; id: string };
export type Item =
  | SignUpItem
  | ClickItem
  | ShareItem
  | StatusItem
  | GoalItem
  | ConversionItem
  | RefundItem
  | ReleaseItem
  | UploadItem
  | DropItem
  | TakeBackItem
  | RewardItem
  | PayItem
  | RedeemItem
  | UnpayItem
  | EraseItem
  | UndoItem
  | FlushItem
  | AdmitItem;
type Kind = Item["kind"];

type Value =
  | SignedUp
  | Converted
  | Refunded
  | Redeemed
  | RewardRow
  | { added: number; filled: number }
  | { dropped: number }
  | { erased: boolean }
  | { removed: number }
  | { refused: number }
  | { campaigns: number }
  | { paid: number[] }
  | Admitted
  | null;
export type Done = { outcome: Outcome<Value>; bookmark: string | null; meter: Meter };

/** A group's results by statement name. */
type Results = Record<string, D1Result<Raw> | undefined>;
/**
 * The statements for a kind of item, and how to read its items' outcomes from their results. `deliveries`, `mails`, and
 * `lastCoupon` are read in the same way for all kinds.
 */
type Plan = { statements: Group; outcomes: (results: Results) => Outcome<Value>[] };

/** Their statements handle a single item. All other kinds take any number. */
const ALONE = new Set<Kind>([
  "upload",
  "drop",
  "takeBack",
  "reward",
  "pay",
  "unpay",
  "redeem",
  "erase",
  "undo",
  "flush",
  "admit",
]);
/** A signup with a checkout code is alone, because nobody in its group can have taken the code then. */
export const isAlone = (item: Item) => ALONE.has(item.kind) || (item.kind === "signup" && !!item.checkout_key);

const ok = (value: Value): Outcome<Value> => ({ ok: true, value });
const rows = (result: Results[string]) => result?.results ?? [];
const changed = (result: Results[string]) => result?.meta.changes ?? 0;

/**
 * What a ledger knows about its campaign: the highest coupon ID that it gave, the database's latest mark, and whether
 * recent signups had no consequences.
 */
type Known = { campaignId: number; givenUpTo: number; mark: number; isPlain: boolean };

/**
 * The statements of one transaction for all items, kind by kind, and how to read their results. Outcomes are in the
 * order of the items.
 */
export function commitGroup(db: D1DatabaseSession, items: Item[], known: Known) {
  const parts = [...new Set(items.map((item) => item.kind))].flatMap((kind) =>
    rounds(items.filter((item) => item.kind === kind)).map((own) => ({
      own,
      plan: planOf(kind, own, known),
    })),
  );
  const statements = parts.flatMap(({ own, plan }) => {
    const values = [JSON.stringify(own), known.campaignId, known.givenUpTo, known.mark] as const;
    return Object.values(plan.statements).map((sql) => bind(db, sql, values));
  });
  return { statements, read: (results: D1Result<Raw>[]) => readAll(items, parts, results) };
}

/** The statements handle a participant once, so several statuses of one participant go into successive rounds. */
function rounds(items: Item[]): Item[][] {
  const all: Item[][] = [];
  const times = new Map<number, number>();
  for (const item of items) {
    const round = item.kind === "status" ? (times.get(item.participant_id) ?? 0) : 0;
    if (item.kind === "status") times.set(item.participant_id, round + 1);
    all[round] ??= [];
    all[round].push(item);
  }
  return all;
}

function readAll(items: Item[], parts: { own: Item[]; plan: Plan }[], all: D1Result<Raw>[]) {
  const byItem = new Map<Item, Outcome<Value>>();
  const delivery_ids: number[] = [];
  const mail_ids: number[] = [];
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
    if (plan.statements === basicGroup)
      were_plain = changed(results.totals) > 0 && consequences.every((name) => changed(results[name]) === 0);
    last_coupon_id = Math.max(last_coupon_id, Number(rows(results.lastCoupon)[0]?.last_coupon_id ?? 0));
    mark = Math.max(mark, Number(rows(results.outcomes)[0]?.mark ?? 0));
  }
  return {
    outcomes: items.flatMap((item) => byItem.get(item) ?? []),
    delivery_ids,
    mail_ids,
    last_coupon_id,
    mark,
    were_plain,
  };
}

function planOf(kind: Kind, items: Item[], known: Known): Plan {
  const done = () => items.map(() => ok(null));
  switch (kind) {
    case "signup":
      return signUpPlan(
        items.filter((item) => item.kind === "signup"),
        known,
      );
    case "click":
      return { statements: clickGroup, outcomes: done };
    case "share":
      return { statements: shareGroup, outcomes: done };
    case "status":
      return {
        statements: statusGroup,
        outcomes: (r) =>
          items.flatMap((item, n) =>
            item.kind === "status" ? ok({ refused: isRefused(item, rows(r.statuses)[n]?.status) ? 1 : 0 }) : [],
          ),
      };
    case "conversion":
      return conversionPlan(items.filter((item) => item.kind === "conversion"));
    case "refund":
      return refundPlan(items.filter((item) => item.kind === "refund"));
    case "release":
      return {
        statements: releaseGroup,
        outcomes: (r) => rows(r.rewards).map((row) => ok(row.id === null ? null : readReward(row))),
      };
    case "goal":
      return { statements: goalGroup, outcomes: done };
    case "upload":
      return {
        statements: uploadGroup,
        outcomes: (r) => [ok({ added: changed(r.insertCodes), filled: changed(r.fulfil) })],
      };
    case "drop":
      return { statements: dropGroup, outcomes: (r) => [ok({ dropped: changed(r.drop) })] };
    case "takeBack":
      return { statements: takeBackGroup, outcomes: (r) => [ok({ dropped: changed(r.drop) })] };
    case "reward":
      return { statements: rewardGroup, outcomes: (r) => [ok(rows(r.reward).map(readReward)[0] ?? null)] };
    case "pay":
      return { statements: payGroup, outcomes: (r) => [ok({ paid: rows(r.paid).map(({ id }) => Number(id)) })] };
    case "unpay":
      return { statements: unpayGroup, outcomes: done };
    case "redeem":
      return {
        statements: redeemGroup,
        outcomes: (r) =>
          items.flatMap((item) => (item.kind === "redeem" ? redeemOutcome(item, rows(r.outcome)[0]) : [])),
      };
    case "erase":
      return { statements: eraseGroup, outcomes: (r) => [ok({ erased: changed(r.erase) > 0 })] };
    case "undo":
      return { statements: undoGroup, outcomes: (r) => [ok({ removed: changed(r.remove) })] };
    case "admit":
      return {
        statements: admitGroup,
        outcomes: (r) => {
          const [row] = rows(r.release);
          return [ok(row ? { admitted: Number(row.admitted), is_finished: row.date_finished !== null } : null)];
        },
      };
    case "flush":
      return {
        statements: flushGroup,
        outcomes: (r) => [ok({ campaigns: Number(rows(r.campaigns)[0]?.campaigns ?? 0) })],
      };
  }
}

function signUpPlan(items: SignUpItem[], known: Known): Plan {
  const isBasic = items.every((item) => item.referrer === null && !item.checkout_key);
  const basic = known.isPlain ? plainGroup : basicGroup;
  return {
    statements: isBasic ? basic : referralGroup,
    outcomes: (results) => {
      const answers = rows(results.outcomes);
      const rewards = Map.groupBy(rows(results.earnedRewards), (reward) => reward.n);
      return items.map((item, n) => signUpOutcome(item, known, answers[n], rewards.get(n) ?? []));
    },
  };
}

function conversionPlan(items: ConversionItem[]): Plan {
  return {
    statements: conversionGroup,
    outcomes: (results) => {
      const answers = rows(results.outcomes);
      const rewards = Map.groupBy(rows(results.earnedRewards), (reward) => reward.n);
      return items.map((item, n) => conversionOutcome(item, answers[n], rewards.get(n) ?? []));
    },
  };
}

function refundPlan(items: RefundItem[]): Plan {
  return {
    statements: refundGroup,
    outcomes: (results) => {
      const answers = rows(results.outcomes);
      const rewards = Map.groupBy(rows(results.earnedRewards), (reward) => reward.n);
      return items.map((item, n) => refundOutcome(item, answers[n], rewards.get(n) ?? []));
    },
  };
}
