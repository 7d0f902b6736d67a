import { mails } from "../../../drizzle/schema";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../queue";

/**
 * Emails to participants and members. A round sends twenty, four at a time, and each may take ten seconds. Recording
 * the outcomes may take as long as D1 is unresponsive.
 */
export const emails: Outbox = {
  name: "mails",
  title: "Emails",
  table: mails,
  age: { column: mails.date_added, at: (moment) => moment.getTime() },
  queue: (env) => env.MAILS,
  ids: "mail_ids",
  idsPerMessage: 20,
  leaseMs: 180_000,
  countsFirst: true,
};

/** Tells the queue that these emails are due. Call it after the commit. */
export const hintMails = (env: Env, ids: number[]) => hint(env, emails, ids);
