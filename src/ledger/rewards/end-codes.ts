import type { Group } from "../batch/statement";
import { fence, lastCoupon } from "../batch/tape";
import { countEnded, isLeft, lookAgain, markEnded } from "../events/ending-codes";
import { outgoing } from "../events/outgoing";
import { alertEnding, alertExhausted, alertLow, noteAlerts } from "../events/publish";
import { fillWaiting } from "./coupons";

/** Removes the campaign's expired codes from its counts. `id` is the prefix of the IDs of the events it causes. */
export type EndCodesItem = { kind: "endCodes"; id: string; at: number; origin: string };

export const endCodesGroup: Group = {
  fence,
  countEnded,
  markEnded,
  // Rewards wait if too many expired codes came before the ones that can be given.
  ...fillWaiting,
  alertLow,
  alertEnding,
  alertExhausted,
  noteAlerts,
  lookAgain,
  ...outgoing,
  isLeft,
  lastCoupon,
};
