import { DAY_MS, utcDay } from "../../lib/day";
import type { Db, Statement } from "../../lib/db";
import * as store from "./quarantine-store";

/** The days that count. Mailbox providers judge senders over a similar period. */
const WINDOW_MS = 7 * DAY_MS;

/**
 * The limits for pausing a member's campaign email: the shares of recent emails that bounced or were reported as spam.
 * Gmail asks for complaints below 0.1%, and providers ask for bounces below 5%. The minimums keep a single event from
 * deciding.
 */
const LIMITS = { mails: 50, complaints: 2, complaintShare: 0.001, bounces: 3, bounceShare: 0.05 };

/**
 * Belongs in the transaction that counts these emails' bounces and complaints. Pauses the senders if there are too
 * many.
 */
export const pauseBadSenders = (db: Db, providerIds: string[], now: Date): Statement =>
  store.pauseSenders(db, providerIds, utcDay(now.getTime() - WINDOW_MS), now, LIMITS);

/** Resumes a member's sending. Earlier bounces and complaints no longer count. */
export const letSend = store.letSend;
