import { insertMails } from "./emails";
import { insertDeliveries } from "./publish";

/**
 * What a group's events cause elsewhere, for groups that email nobody. An integration that reacts to events adds its
 * statement here, and to the steps of a plain signup (`basicSteps`), with its condition. Its IDs are read in `group.ts`,
 * for the hint after the commit.
 */
export const toPrograms = { deliveries: insertDeliveries };
/** The same, with emails to participants. */
export const outgoing = { ...toPrograms, mails: insertMails };
