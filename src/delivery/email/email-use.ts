import { emails } from "../../outbox/emails/email-outbox";
import type { Use } from "../../outbox/use";
import { giveUpUnknown } from "./email-queue-store";
import { sendMails } from "./email-round";
import { skipOld } from "./failed-email-store";

export const emailUse: Use = {
  outbox: emails,
  rowsPerRound: 20,
  roundsPerBatch: 5,
  round: sendMails,
  giveUp: giveUpUnknown,
  skipOld,
};
