import type { Assessment } from "../../fraud/assess.ts";
import { FARMING, farmingWeights } from "../../fraud/farming.ts";
import type { Factors } from "../../fraud/feedback.ts";
import { scoreProven } from "../../fraud/proof.ts";
import { ENGINE_VERSION } from "../../fraud/reasons.ts";
import type { Noted } from "../../fraud/watch.ts";
import { newEventId } from "../../lib/crypto";
import type { SignUpItem } from "../records/item";
import { reviewOf } from "../records/review-id";
import type { Suspicion } from "./reviews";
import type { SuspectItem } from "./suspects";

const inThousandths = (n: number) => Math.round(n * 1000);
/** How many earlier friends are kept per reason, for the graph. */
const SHOWN_MAX = 20;

/** The engine's findings for the transaction. Null if it found nothing. */
function suspicionOf({ score, version, reasons }: Assessment, is_seen = true): Suspicion | null {
  if (reasons.length === 0) return null;
  const left = scoreProven(reasons);
  return {
    proven: left === null ? null : inThousandths(left),
    score: inThousandths(score),
    version,
    is_seen,
    reasons: reasons.map((reason) => ({
      code: reason.code,
      weight: inThousandths(reason.weight),
      ...(reason.factor !== undefined && { factor: reason.factor }),
      with: reason.with.filter((id) => id > 0).slice(-SHOWN_MAX),
    })),
  };
}

/** A signup's item with the engine's findings, and what the transaction should look for in other campaigns. */
export function withSuspicion(item: SignUpItem, noted: Noted | null, factors: Factors): SignUpItem {
  if (!noted || item.referrer === null) return item;
  const suspicion = suspicionOf(noted.assessment, noted.is_seen);
  return {
    ...item,
    ...(suspicion && { suspicion: JSON.stringify(suspicion) }),
    ...(noted.is_seen && { farming: JSON.stringify(farmingWeights(factors)) }),
  };
}

/**
 * What another campaign's ledger is asked to review: a friend there whose mailbox has since collected rewards in other
 * campaigns.
 */
export function farmersSuspect(participant: number, weight: number, { at, origin }: SignUpItem): SuspectItem {
  const reasons = [{ code: FARMING, weight, with: [] }];
  const suspicion = { score: weight, version: ENGINE_VERSION, is_seen: true, reasons, proven: null };
  const subjects = [{ participant, is_sales: false, suspicion }];
  return { kind: "suspect", id: newEventId(new Date(at)), at, origin, cause: null, subjects };
}

/**
 * The consequences of a friend's review: their referrer's rewards are held back, and earlier friends are reviewed for
 * the same reasons.
 */
export function friendsSuspect({ id, at, origin }: SignUpItem, { assessment }: Noted, friend: number): SuspectItem {
  const suspicion = assessment.is_suspect ? suspicionOf(assessment) : null;
  return {
    kind: "suspect",
    id: newEventId(new Date(at)),
    at,
    origin,
    cause: { id: reviewOf(friend), event: id },
    subjects: suspicion ? assessment.also.map((participant) => ({ participant, is_sales: false, suspicion })) : [],
  };
}

/** The review of a referrer's sales. */
export function salesSuspect(
  participant: number,
  assessment: Assessment,
  { at, origin }: { at: number; origin: string },
): SuspectItem {
  const suspicion = suspicionOf(assessment);
  const subjects = suspicion ? [{ participant, is_sales: true, suspicion }] : [];
  return { kind: "suspect", id: newEventId(new Date(at)), at, origin, cause: null, subjects };
}

/** The consequence of undoing a denial or approval: rewards that were released in the meantime are held back. */
export const heldAgain = (review: number, { at, origin }: { at: number; origin: string }): SuspectItem => ({
  kind: "suspect",
  id: newEventId(new Date(at)),
  at,
  origin,
  cause: { id: review, event: null },
  subjects: [],
});
