import { DAY_MS, utcDay } from "../../lib/day";
import type { Db, Statement } from "../../lib/db";
import * as store from "./quarantine-store";

/** The days that count. Mail providers judge a sender by about as many. */
const WINDOW_MS = 7 * DAY_MS;

/**
 * When campaign email of a member is paused: too large a share of the last days' emails bounced or was reported as
 * spam. Gmail asks for complaints below 0.1%, and providers for bounces below 5%. A single one decides nothing.
 */
const LIMITS = { mails: 50, complaints: 2, complaintShare: 0.001, bounces: 3, bounceShare: 0.05 };

/** For the transaction that counts bounces and complaints of these emails: pauses their senders if there are too many. */
export const pauseBadSenders = (db: Db, providerIds: string[], now: Date): Statement =>
  store.pauseSenders(db, providerIds, utcDay(now.getTime() - WINDOW_MS), now, LIMITS);

/** Lets a member send again. Earlier bounces and complaints no longer count. */
export const letSend = store.letSend;
