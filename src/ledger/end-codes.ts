import { fillWaiting } from "./coupons";
import { insertMails } from "./emails";
import { countEnded, isLeft, lookAgain, markEnded } from "./ending-codes";
import { alertEnding, alertExhausted, alertLow, insertDeliveries, noteAlerts } from "./publish";
import type { Group } from "./statement";
import { fence, lastCoupon } from "./tape";

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
  deliveries: insertDeliveries,
  mails: insertMails,
  isLeft,
  lastCoupon,
};
