import { answer } from "./app";
import { runJobs } from "./cron";
import { consumeMails } from "./delivery/email/email-consumer";
import { consume } from "./delivery/webhooks/webhook-consumer";
import type { DeliveryHint, Env, MailHint } from "./lib/env";

export { CampaignLedger } from "./ledger/ledger";

export default {
  fetch: answer,
  queue: (batch, env, ctx) => (batch.queue === "referrals-mails" ? consumeMails(batch, env) : consume(batch, env, ctx)),
  scheduled: (_, env) => runJobs(env),
} satisfies ExportedHandler<Env, DeliveryHint | MailHint>;
