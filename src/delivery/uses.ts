import type { Use } from "../outbox/use";
import { inboxUse } from "../participants/inputs/inbox-round";
import { transferUse } from "../participants/transfers/transfer-round";
import { emailUse } from "./email/email-use";
import { vetoUse } from "./vetoes/veto-round";
import { webhookUse } from "./webhooks/webhook-use";

/** The uses of queue messages. */
export const uses: Use[] = [webhookUse, emailUse, inboxUse, transferUse, vetoUse];
