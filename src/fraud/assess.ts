import { circleSignals } from "./circle-signals.ts";
import { crowdSignals } from "./crowd-signals.ts";
import { type Factors, weighed } from "./feedback.ts";
import { habitSignals } from "./habit-signals.ts";
import type { Circle, Crowd, Trade } from "./memory.ts";
import { ENGINE_VERSION, type Found, scoreOf } from "./reasons.ts";
import { saleSignals } from "./sale-signals.ts";
import type { Arrival } from "./sight.ts";

/** `watch` opens reviews and holds nothing. */
export const fraudModes = ["off", "watch", "hold", "strict"] as const;
export type FraudMode = (typeof fraudModes)[number];

/** Scores at or above these open a review. */
export const THRESHOLDS: Record<FraudMode, number> = { off: 2, watch: 0.5, hold: 0.5, strict: 0.35 };
/** Reasons of at least this weight also apply to earlier friends. */
const SHARED_WEIGHT = 0.15;

export type Assessment = {
  version: number;
  /** From 0 to 1. */
  score: number;
  /** Sorted by weight, heaviest first. */
  reasons: Found[];
  is_suspect: boolean;
  /** Earlier participants or sales that the reasons also apply to. */
  also: number[];
};

/** What the member's lists say about an arrival. A block overrides everything; an allow overrides the score. */
export type Listed = "allow" | "block" | null;

export function verdictOf(found: Found[], mode: FraudMode, listed: Listed = null, factors: Factors = {}): Assessment {
  const learned = found.map((reason) => withFactor(reason, factors[reason.code]));
  const reasons = (
    listed === "block" ? [{ code: "on_block_list" as const, weight: 1, with: [] }, ...learned] : learned
  ).sort((a, b) => b.weight - a.weight);
  const score = scoreOf(reasons);
  const is_suspect = listed !== "allow" && mode !== "off" && score >= THRESHOLDS[mode];
  const shared = reasons.filter(({ weight }) => weight >= SHARED_WEIGHT).flatMap((reason) => reason.with);
  return { version: ENGINE_VERSION, score, reasons, is_suspect, also: is_suspect ? [...new Set(shared)] : [] };
}

const withFactor = (reason: Found, factor = 1): Found =>
  factor === 1 ? reason : { ...reason, weight: weighed(reason.weight, factor), factor };

/**
 * Assesses an inviter's new friend. If the request shows nothing about the visitor, there is no evidence, except in
 * `strict` mode: a server that signs people up sends neither their IP address nor their browser.
 */
export function assessArrival(
  arrival: Arrival,
  inviter: number,
  circle: Circle,
  crowds: Crowd[],
  { mode = "hold", listed = null, factors = {} }: { mode?: FraudMode; listed?: Listed; factors?: Factors } = {},
): Assessment {
  if (!arrival.is_seen && mode !== "strict") return verdictOf([], mode, listed);
  const around = crowdSignals(arrival, inviter, crowds);
  return verdictOf(
    [...around.found, ...circleSignals(arrival, circle, around), ...habitSignals(arrival, circle)],
    mode,
    listed,
    factors,
  );
}

/** Assesses an inviter's sales, after a click, a sale, or a refund. */
export const assessSales = (
  trade: Trade,
  at: number,
  mode: FraudMode = "hold",
  listed: Listed = null,
  factors: Factors = {},
) => verdictOf(saleSignals(trade, at), mode, listed, factors);
