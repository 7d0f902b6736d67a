import type { RewardRow } from "../../drizzle/schema";
import type { Raw } from "../lib/columns";
import type { Meter } from "../lib/db";
import { changed, type Results, rows } from "./batch/results";
import type { Group } from "./batch/statement";
import { type FlushItem, flushGroup } from "./counts/impressions";
import type { ConversionItem } from "./records/conversion-item";
import { readReward } from "./records/earned-reward";
import type { SignUpItem } from "./records/item";
import type { RefundItem } from "./records/refund-item";
import { type SuspectItem, suspectGroup } from "./reviews/suspects";
import {
  type DropItem,
  dropGroup,
  type TakeBackItem,
  takeBackGroup,
  type UploadItem,
  uploadGroup,
} from "./rewards/coupons";
import { type EndCodesItem, endCodesGroup } from "./rewards/end-codes";
import { type ExpireItem, expireGroup } from "./rewards/expire";
import { type FreeItem, freeGroup } from "./rewards/free";
import { type GiftItem, giftGroup } from "./rewards/gift";
import { type GoalItem, goalGroup } from "./rewards/goals";
import { type PayItem, payGroup, type UnpayItem, unpayGroup } from "./rewards/payouts";
import { type ReleaseItem, releaseGroup } from "./rewards/release";
import { type RewardItem, rewardGroup } from "./rewards/rewards";
import { type Converted, conversionGroup, conversionOutcome } from "./sales/conversions";
import { type Redeemed, type RedeemItem, redeemGroup, redeemOutcome } from "./sales/redemptions";
import { type Refunded, refundGroup, refundOutcome } from "./sales/refunds";
import { type AdmitItem, type Admitted, admitGroup } from "./signups/admit";
import { type ClickItem, clickGroup } from "./signups/clicks";
import { type Erased, type EraseItem, erasedOf, eraseGroup } from "./signups/erase";
import { type Outcome, type SignedUp, signUpOutcome } from "./signups/outcome";
import { type ReferItem, referGroup, referOutcome } from "./signups/refer";
import { type ShareItem, shareGroup } from "./signups/shares";
import { basicGroup, plainGroup, referralGroup } from "./signups/signups";
import { isRefused, type StatusItem, statusGroup } from "./signups/statuses";
import { type UndoItem, undoGroup } from "./signups/undo";

export type Item =
  | SignUpItem
  | ClickItem
  | ShareItem
  | StatusItem
  | GoalItem
  | ConversionItem
  | RefundItem
  | ReleaseItem
  | ExpireItem
  | EndCodesItem
  | UploadItem
  | DropItem
  | TakeBackItem
  | RewardItem
  | GiftItem
  | ReferItem
  | PayItem
  | RedeemItem
  | UnpayItem
  | EraseItem
  | UndoItem
  | FlushItem
  | AdmitItem
  | SuspectItem
  | FreeItem;
type Kind = Item["kind"];

export type Value =
  | SignedUp
  | Converted
  | Refunded
  | Redeemed
  | RewardRow
  | { added: number; filled: number; prolonged: number }
  | { is_left: boolean }
  | { dropped: number }
  | Erased
  | { removed: number }
  | { refused: number }
  | { campaigns: number }
  | { paid: number[] }
  | Admitted
  | null;
export type Done = { outcome: Outcome<Value>; bookmark: string | null; meter: Meter };

/**
 * A kind of item's statements, and how to read its items' outcomes from the results. `deliveries`, `mails`, and
 * `lastCoupon` are read the same way for all kinds.
 */
export type Plan = { statements: Group; outcomes: (results: Results) => Outcome<Value>[] };

/** Kinds whose statements handle a single item. All other kinds take any number. */
const ALONE = new Set<Kind>([
  "upload",
  "drop",
  "takeBack",
  "endCodes",
  "reward",
  "gift",
  "refer",
  "pay",
  "unpay",
  "redeem",
  "erase",
  "undo",
  "flush",
  "admit",
  "free",
]);
/** A signup with a checkout code is alone, so nobody in its group can take the code first. */
export const isAlone = (item: Item) => ALONE.has(item.kind) || (item.kind === "signup" && !!item.checkout_key);

/** The approximate size of an item in its group, in bytes. */
export const sizeOf = (item: Item) =>
  item.kind === "signup" || item.kind === "conversion" ? 600 + (item.metadata?.length ?? 0) * 2 : 200;

const ok = (value: Value): Outcome<Value> => ({ ok: true, value });

/**
 * What a ledger knows about its campaign: the highest coupon ID given, the database's latest mark, the commit time, and
 * whether recent signups had no consequences.
 */
export type Known = { campaignId: number; givenUpTo: number; mark: number; now: number; isPlain: boolean };

/** The statements for one kind's items in one round. */
export function planOf(kind: Kind, items: Item[], known: Known): Plan {
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
      return planOfEach(
        conversionGroup,
        items.filter((item) => item.kind === "conversion"),
        conversionOutcome,
      );
    case "refund":
      return planOfEach(
        refundGroup,
        items.filter((item) => item.kind === "refund"),
        refundOutcome,
      );
    case "release":
      return {
        statements: releaseGroup,
        outcomes: (r) => rows(r.rewards).map((row) => ok(row.id === null ? null : readReward(row))),
      };
    case "expire":
      return { statements: expireGroup, outcomes: done };
    case "goal":
      return { statements: goalGroup, outcomes: done };
    case "suspect":
      return { statements: suspectGroup, outcomes: done };
    case "free":
      return { statements: freeGroup, outcomes: done };
    case "upload":
      return {
        statements: uploadGroup,
        outcomes: (r) => [
          ok({ added: changed(r.insertCodes), filled: rows(r.fulfil).length, prolonged: rows(r.prolong).length }),
        ],
      };
    case "drop":
      return { statements: dropGroup, outcomes: droppedBy };
    case "takeBack":
      return { statements: takeBackGroup, outcomes: droppedBy };
    case "endCodes":
      return { statements: endCodesGroup, outcomes: (r) => [ok({ is_left: rows(r.isLeft)[0]?.is_left === 1 })] };
    case "reward":
      return { statements: rewardGroup, outcomes: (r) => [ok(rows(r.reward).map(readReward)[0] ?? null)] };
    case "gift":
      return { statements: giftGroup, outcomes: (r) => [ok(rows(r.reward).map(readReward)[0] ?? null)] };
    case "refer":
      return {
        statements: referGroup,
        outcomes: (r) => items.flatMap((item) => (item.kind === "refer" ? referOutcome(item, rows(r.outcome)[0]) : [])),
      };
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
      return { statements: eraseGroup, outcomes: (r) => [ok(erasedOf(rows(r.erase)))] };
    case "undo":
      return { statements: undoGroup, outcomes: (r) => [ok({ removed: changed(r.mark) })] };
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

const droppedBy = (r: Results) => [ok({ dropped: changed(r.drop) + changed(r.dropExpired) })];

function signUpPlan(items: SignUpItem[], known: Known): Plan {
  const isBasic = items.every((item) => item.referrer === null && !item.checkout_key);
  const basic = known.isPlain ? plainGroup : basicGroup;
  return planOfEach(isBasic ? basic : referralGroup, items, (item, row, rewards) =>
    signUpOutcome(item, known, row, rewards),
  );
}

/** A plan for statements that return one row of outcomes per item, and the rewards that each item earned. */
const planOfEach = <T>(
  statements: Group,
  items: T[],
  outcomeOf: (item: T, row: Raw | undefined, rewards: Raw[]) => Outcome<Value>,
): Plan => ({
  statements,
  outcomes: (results) => {
    const answers = rows(results.outcomes);
    const rewards = Map.groupBy(rows(results.earnedRewards), (reward) => reward.n);
    return items.map((item, n) => outcomeOf(item, answers[n], rewards.get(n) ?? []));
  },
});
